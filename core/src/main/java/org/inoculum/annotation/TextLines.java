package org.inoculum.annotation;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import org.inoculum.UserException;
import org.jspecify.annotations.Nullable;

/** The lines of a text file, one at a time and none of them endless. */
final class TextLines implements AutoCloseable {
  private final Path file;
  private final BufferedReader reader;
  private int number;

  TextLines(Path file, long limit) {
    this.file = file;
    this.reader = AnnotationFiles.reader(file, limit);
  }

  /** The next line without its end and without a byte order mark; null after the last. */
  @Nullable String next() {
    StringBuilder line = new StringBuilder();
    try {
      int c = reader.read();
      if (c < 0) {
        return null;
      }
      number++;
      for (; c >= 0 && c != '\n'; c = reader.read()) {
        if (line.length() == BoxLimits.LINE) {
          throw UserException.badData(
              file + ", line " + number + ": more than " + BoxLimits.LINE + " characters");
        }
        line.append((char) c);
      }
    } catch (IOException e) {
      throw AnnotationFiles.cannotRead(file, e);
    }
    if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
      line.setLength(line.length() - 1);
    }
    return number == 1 && line.indexOf("\uFEFF") == 0 ? line.substring(1) : line.toString();
  }

  /** Where the last line stands, with the file. */
  String place() {
    return file + ", " + line();
  }

  /** Where the last line stands in the file. */
  String line() {
    return "line " + number;
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw AnnotationFiles.cannotRead(file, e);
    }
  }
}
