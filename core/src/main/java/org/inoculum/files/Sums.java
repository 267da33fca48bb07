package org.inoculum.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.inoculum.UserException;

/** A file with the SHA-256 of files beside it, which {@code sha256sum --check} reads as well. */
public final class Sums {
  private static final int LARGEST = 1 << 16;
  private static final int DIGITS = 64;
  private static final String GAP = "  ";

  private Sums() {}

  /**
   * The text of such a file.
   *
   * @param sha256 by the file's name
   */
  public static String text(Map<String, String> sha256) {
    StringBuilder text = new StringBuilder();
    sha256.forEach((name, sum) -> text.append(sum).append(GAP).append(name).append('\n'));
    return text.toString();
  }

  /**
   * Compares a file with what is said of it.
   *
   * @param sums the file of sums, beside it
   * @throws UserException of kind BAD_DATA, naming the path, if a byte of it has changed, or the
   *     file of sums is missing or does not have it
   */
  public static void require(Path sums, Path file) {
    String name = String.valueOf(file.getFileName());
    try {
      String expected = read(sums).get(name);
      if (expected == null) {
        throw UserException.badData(sums + " is damaged: it lacks the SHA-256 of " + name);
      }
      if (!Sha256.ofFile(file).equals(expected)) {
        throw UserException.badData(
            file + " is damaged: its SHA-256 is not the one in " + sums.getFileName());
      }
    } catch (IOException e) {
      throw UserException.badData(file + " cannot be checked: cannot read " + e.getMessage(), e);
    }
  }

  private static Map<String, String> read(Path sums) throws IOException {
    Map<String, String> found = new HashMap<>();
    String text = new String(StoredFile.bytes(sums, LARGEST), StandardCharsets.UTF_8);
    for (String line : text.lines().toList()) {
      if (line.length() > DIGITS && line.startsWith(GAP, DIGITS)) {
        found.put(line.substring(DIGITS + GAP.length()), line.substring(0, DIGITS));
      }
    }
    return found;
  }
}
