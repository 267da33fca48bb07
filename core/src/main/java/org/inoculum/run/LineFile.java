package org.inoculum.run;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.inoculum.UserException;

/** A file that lines are appended to, which a crash may tear in its last line. */
final class LineFile {
  private LineFile() {}

  /**
   * How many bytes the whole lines at its beginning take of which all are wanted; a last line
   * without its line break is not whole. 0 where the file is missing.
   */
  static long lengthUpTo(Path file, Predicate<String> wanted) {
    if (!Files.exists(file)) {
      return 0;
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      long length = 0;
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next != '\n') {
          line.write(next);
        } else if (wanted.test(line.toString(StandardCharsets.UTF_8))) {
          length += line.size() + 1;
          line.reset();
        } else {
          return length;
        }
      }
      return length;
    } catch (IOException e) {
      throw UserException.badData("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
