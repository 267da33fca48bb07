package org.inoculum.generate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.inoculum.files.Sha256;

/** Every file of a synthetic data set with its SHA-256, without when the set was made. */
public final class SetContents {
  private SetContents() {}

  public static Map<String, String> of(Path root) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    for (Path file : files(root)) {
      byte[] content = Files.readAllBytes(file);
      if (file.endsWith("generation.json")) {
        String text = new String(content, StandardCharsets.UTF_8);
        content = text.replaceAll("\"created\".*", "").getBytes(StandardCharsets.UTF_8);
      }
      contents.put(root.relativize(file).toString(), Sha256.of(content));
    }
    return contents;
  }

  static List<Path> files(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
