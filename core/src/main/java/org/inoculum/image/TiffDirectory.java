package org.inoculum.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One directory of a TIFF (TIFF 6.0, section 2; BigTIFF where entries are of 20 bytes): tag to
 * values. Nothing is read or allocated for a tag before it is asked for.
 */
final class TiffDirectory {
  private static final int MOST_ENTRIES = 4096;

  private final TiffBytes bytes;
  private final boolean big;
  private final Map<Integer, Long> entries = new LinkedHashMap<>();

  /** Reads the list of tags at an offset. */
  TiffDirectory(TiffBytes bytes, boolean big, long offset) throws IOException {
    this.bytes = bytes;
    this.big = big;
    long count = entryCount(bytes, big, offset);
    for (long i = 0; i < count; i++) {
      long entry = offset + (big ? 8 : 2) + i * (big ? 20 : 12);
      entries.putIfAbsent((int) bytes.unsigned(entry, 2), entry);
    }
  }

  /** Bytes of the directory at an offset, up to where it names the next one. */
  static long length(TiffBytes bytes, boolean big, long offset) throws IOException {
    return (big ? 8 : 2) + entryCount(bytes, big, offset) * (big ? 20 : 12);
  }

  private static long entryCount(TiffBytes bytes, boolean big, long offset) throws IOException {
    long count = bytes.unsigned(offset, big ? 8 : 2);
    if (count < 1 || count > MOST_ENTRIES) {
      throw new IOException(
          "a directory of " + count + " tags; 1 to " + MOST_ENTRIES + " were expected");
    }
    return count;
  }

  boolean has(int tag) {
    return entries.containsKey(tag);
  }

  /** The tag's first number, or another one where the tag is missing. */
  long number(int tag, long otherwise) throws IOException {
    return has(tag) ? numbers(tag, 1)[0] : otherwise;
  }

  /** The tag's only or first number, which must be there. */
  long required(int tag, String name) throws IOException {
    if (!has(tag)) {
      throw new IOException("the tag " + name + " is missing");
    }
    return number(tag, 0);
  }

  /** The tag's first {@code wanted} unsigned numbers; an error where it has fewer. */
  long[] numbers(int tag, int wanted) throws IOException {
    int size = size(tag);
    long start = checked(tag, wanted);
    int type = type(tag);
    if (type != 1 && type != 3 && type != 4 && type != 7 && type != 13 && type < 16) {
      throw new IOException("tag " + tag + " is of type " + type + "; a number was expected");
    }
    long[] numbers = new long[wanted];
    for (int i = 0; i < wanted; i++) {
      numbers[i] = bytes.unsigned(start + (long) i * size, size);
    }
    return numbers;
  }

  /** How many values the tag has; 0 where it is missing. */
  long count(int tag) throws IOException {
    Long entry = entries.get(tag);
    return entry == null ? 0 : bytes.unsigned(entry + 4, big ? 8 : 4);
  }

  /** The quotient of a tag of type RATIONAL; NaN where there is none. */
  double quotient(int tag) throws IOException {
    if (!has(tag) || type(tag) != 5) {
      return Double.NaN;
    }
    long at = checked(tag, 1);
    return (double) bytes.unsigned(at, 4) / bytes.unsigned(at + 4, 4);
  }

  /** A text in UTF-8 up to its first zero; null where the tag is missing. */
  @Nullable String text(int tag) throws IOException {
    if (!has(tag)) {
      return null;
    }
    byte[] raw = raw(tag);
    int length = 0;
    while (length < raw.length && raw[length] != 0) {
      length++;
    }
    return new String(raw, 0, length, StandardCharsets.UTF_8);
  }

  /** All bytes of a tag. */
  byte[] raw(int tag) throws IOException {
    long start = checked(tag, 0);
    int length = (int) (count(tag) * size(tag)); // inside of the file, so that it fits
    return java.util.Arrays.copyOfRange(bytes.content(), (int) start, (int) start + length);
  }

  private int type(int tag) throws IOException {
    return (int) bytes.unsigned(entry(tag) + 2, 2);
  }

  private long entry(int tag) throws IOException {
    Long entry = entries.get(tag);
    if (entry == null) {
      throw new IOException("the tag " + tag + " is missing");
    }
    return entry;
  }

  /** Where the tag's values start, once it is known that all of them lie in the file. */
  private long checked(int tag, int wanted) throws IOException {
    long count = count(tag);
    if (count < wanted) {
      throw new IOException(
          "tag " + tag + " has " + count + " values; " + wanted + " were expected");
    }
    int size = size(tag);
    if (count > bytes.content().length / size) {
      throw new IOException(
          "tag " + tag + " claims " + count + " values, more than the file holds");
    }
    long value = entry(tag) + (big ? 12 : 8);
    long inline = big ? 8 : 4;
    long start = count * size <= inline ? value : bytes.unsigned(value, (int) inline);
    bytes.checkInside(start, count * size);
    return start;
  }

  private int size(int tag) throws IOException {
    return switch (type(tag)) {
      case 1, 2, 6, 7 -> 1;
      case 3, 8 -> 2;
      case 4, 9, 11, 13 -> 4;
      case 5, 10, 12, 16, 17, 18 -> 8;
      default -> throw new IOException("tag " + tag + " is of the unknown type " + type(tag));
    };
  }
}
