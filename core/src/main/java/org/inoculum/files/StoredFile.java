package org.inoculum.files;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.inoculum.UserException;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of runs and of data sets, in whose place anything may lie by now: only regular files,
 * since a pipe or a device would never end, and never more than fits.
 */
public final class StoredFile {
  /** The longest document: a data set of a million files has one of a fifth of it. */
  public static final long DOCUMENT = 1L << 29;

  /** The largest file that is held in memory: what an array holds. */
  public static final long ARRAY = Integer.MAX_VALUE - 16L;

  /** The longest line: the lines of a million images are short ones. */
  private static final int LINE = 1 << 24;

  private StoredFile() {}

  /**
   * Opens a file.
   *
   * @throws UserException of kind BAD_DATA if it is no regular file
   */
  public static InputStream open(Path file) throws IOException {
    require(file);
    return Files.newInputStream(file);
  }

  private static long require(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw UserException.badData(
          file
              + (attributes.isDirectory()
                  ? " is a folder, and a file was expected"
                  : " is a pipe or a device, and a file was expected"));
    }
    return attributes.size();
  }

  /**
   * A whole file.
   *
   * @param most bytes that it may have, at most {@link #ARRAY}
   * @throws UserException of kind BAD_DATA if it is no regular file, or larger
   */
  public static byte[] bytes(Path file, long most) throws IOException {
    long size = require(file);
    if (size <= most) {
      try (InputStream in = Files.newInputStream(file)) {
        byte[] content = in.readNBytes((int) Math.min(most + 1, ARRAY));
        if (content.length <= most) {
          return content;
        }
        size = content.length;
      }
    }
    throw UserException.badData(
        file + " has " + size + " bytes, and such a file has at most " + most);
  }

  /** A whole text in UTF-8 of at most {@link #DOCUMENT} bytes. */
  public static String text(Path file) throws IOException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(bytes(file, DOCUMENT)))
        .toString();
  }

  /** Opens a text in UTF-8 of any length, to be read line by line. */
  public static Lines lines(Path file) throws IOException {
    return new Lines(
        file,
        new BufferedReader(
            new InputStreamReader(open(file), StandardCharsets.UTF_8.newDecoder()), 1 << 16));
  }

  /** The lines of a file, one after the other. */
  public static final class Lines implements Closeable {
    private final Path file;
    private final BufferedReader reader;

    private Lines(Path file, BufferedReader reader) {
      this.file = file;
      this.reader = reader;
    }

    /**
     * The next line without its line break; null at the end.
     *
     * @throws UserException of kind BAD_DATA if it is longer than any line
     */
    public @Nullable String next() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = reader.read(); c != '\n'; c = reader.read()) {
        if (c < 0) {
          return line.isEmpty() ? null : line.toString();
        }
        if (line.length() == LINE) {
          throw UserException.badData(file + " has a line of more than " + LINE + " characters");
        }
        line.append((char) c);
      }
      int length = line.length();
      if (length > 0 && line.charAt(length - 1) == '\r') {
        line.setLength(length - 1);
      }
      return line.toString();
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
