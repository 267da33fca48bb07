package org.inoculum.dashboard;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.inoculum.UserException;
import org.inoculum.files.Json;

/**
 * The answer of a route.
 *
 * @param type of the content, in MIME's words
 * @param length in bytes
 * @param content is read once
 * @param headers beside those that every answer has
 */
record Answer(String type, long length, InputStream content, Map<String, String> headers) {
  static final String PNG = "image/png";

  static Answer json(Object value) {
    return jsonText(Json.line(value));
  }

  /** What is JSON already. */
  static Answer jsonText(String text) {
    return bytes("application/json", text.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  static Answer bytes(String type, byte[] content, Map<String, String> headers) {
    return new Answer(type, content.length, new ByteArrayInputStream(content), headers);
  }

  /** A sample grid from a run, which is read as it is sent. */
  static Answer sampleGrid(Path file) {
    try {
      return new Answer(
          PNG, Files.size(file), Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS), Map.of());
    } catch (IOException e) {
      throw UserException.badData("cannot read " + file.getFileName() + ": " + e.getMessage(), e);
    }
  }
}
