package org.inoculum.data;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.inoculum.UserException;
import org.inoculum.files.Sha256;
import org.inoculum.image.DecodingLimits;

/**
 * A file of unsigned bytes in the idx format of MNIST: two zero bytes, 8 (unsigned byte), the
 * number of dimensions, each dimension as a big-endian 32-bit number, then exactly as many bytes as
 * their product. A name ending in .gz is unpacked, but never further than the header says.
 */
final class IdxFile {
  private static final int UNSIGNED_BYTES = 0x0800;

  private final int[] dimensions;
  private final byte[] values;
  private final String sha256;

  private IdxFile(int[] dimensions, byte[] values, String sha256) {
    this.dimensions = dimensions;
    this.values = values;
    this.sha256 = sha256;
  }

  /** Reads and checks a file of the given number of dimensions. */
  static IdxFile read(Path file, int dimensionCount, DecodingLimits limits) {
    try {
      long stored = Files.size(file);
      if (stored > limits.maxFileBytes()) {
        throw tooLong(file, stored, limits);
      }
      byte[] content = Files.readAllBytes(file);
      boolean packed = String.valueOf(file.getFileName()).endsWith(".gz");
      try (InputStream bytes = new ByteArrayInputStream(content);
          InputStream unpacked = packed ? new GZIPInputStream(bytes, 1 << 16) : bytes;
          DataInputStream in = new DataInputStream(unpacked)) {
        int[] dimensions = dimensions(file, in, dimensionCount);
        long count = 1;
        for (int dimension : dimensions) {
          count = count > limits.maxFileBytes() ? count : count * dimension;
        }
        if (count > Math.min(limits.maxFileBytes(), Integer.MAX_VALUE - 8)) {
          throw tooLong(file, count, limits);
        }
        // Grows with what is really there, not with what the header promises.
        byte[] values = in.readNBytes((int) count);
        if (values.length < count) {
          throw UserException.badData(
              file
                  + (": the header promises " + count + " bytes of data, but there are only ")
                  + values.length);
        }
        if (in.read() >= 0) {
          throw UserException.badData(
              file + ": there is more data than the " + count + " bytes that the header promises");
        }
        return new IdxFile(dimensions, values, Sha256.of(content));
      }
    } catch (AccessDeniedException e) {
      throw UserException.badData(file + ": no permission to read it", e);
    } catch (EOFException e) {
      throw UserException.badData(file + ": the file ends too early", e);
    } catch (IOException e) {
      throw UserException.badData(file + ": cannot be read: " + e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      throw UserException.badData(file + ": not enough memory to read it; allow more with -Xmx", e);
    }
  }

  /** The length of a dimension, from 0. */
  int dimension(int index) {
    return dimensions[index];
  }

  /** The value at a position, 0..255. */
  int value(int position) {
    return values[position] & 0xFF;
  }

  /** A copy of the bytes from one position to another. */
  byte[] range(int from, int to) {
    return Arrays.copyOfRange(values, from, to);
  }

  /** Of the file as it lies on the disk. */
  String sha256() {
    return sha256;
  }

  private static int[] dimensions(Path file, DataInputStream in, int expected) throws IOException {
    int magic = in.readInt();
    if (magic != (UNSIGNED_BYTES | expected)) {
      throw UserException.badData(
          String.format(
              java.util.Locale.ROOT,
              "%s: not an idx file of %d dimensions of bytes: starts with %08x, expected %08x",
              file,
              expected,
              magic,
              UNSIGNED_BYTES | expected));
    }
    int[] dimensions = new int[expected];
    for (int i = 0; i < expected; i++) {
      dimensions[i] = in.readInt();
      if (dimensions[i] < 0) {
        throw UserException.badData(
            file + ": dimension " + i + " is " + (dimensions[i] & 0xFFFFFFFFL) + ", too long");
      }
    }
    return dimensions;
  }

  private static UserException tooLong(Path file, long bytes, DecodingLimits limits) {
    return UserException.badData(
        file + ": " + bytes + " bytes are over the limit of " + limits.maxFileBytes());
  }
}
