package org.inoculum.run;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import org.inoculum.UserException;
import org.inoculum.files.Json;
import org.inoculum.files.Storage;
import org.inoculum.files.StoredFile;

/** A file that lines are appended to, which a crash may tear in its last line. */
final class LineFile {
  private LineFile() {}

  /** Cuts off the lines of iterations later than this one, and a torn one. */
  static void cutAfter(Path file, long iteration) {
    Storage.truncate(file, lengthUpTo(file, line -> iteration(line, file) <= iteration));
  }

  /** Cuts off a torn last line. */
  static void repair(Path file) {
    Storage.truncate(file, lengthUpTo(file, line -> true));
  }

  /**
   * The iteration that a line of JSON tells of; beyond all others where it tells of none, as after
   * a power cut.
   */
  private static long iteration(String line, Path file) {
    try {
      return Json.parse(line, Map.class, file.toString()).get("iteration") instanceof Number number
          ? number.longValue()
          : Long.MAX_VALUE;
    } catch (UserException e) {
      return Long.MAX_VALUE;
    }
  }

  /**
   * How many bytes the whole lines at its beginning take of which all are wanted; a last line
   * without its line break is not whole. 0 where the file is missing.
   */
  private static long lengthUpTo(Path file, Predicate<String> wanted) {
    if (!Files.exists(file)) {
      return 0;
    }
    try (InputStream in = new BufferedInputStream(StoredFile.open(file))) {
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
