package org.inoculum.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.Deflater;

/** Writes TIFF files of every layout that is read, so that a test knows what is in them. */
final class TiffFixture {
  final int width;
  final int height;
  int samples = 1;
  int bits = 8;
  int format = 1;
  int photometric = 1;
  int compression = 1;
  int predictor = 1;
  int extra = -1;
  int orientation = 1;
  int rows = 3;

  /** Side of a tile, a multiple of 8; 0 for strips. */
  int tile;

  boolean planar;
  boolean big;
  boolean little = true;
  boolean onePiece;
  String description = "";
  long[] colourMap = {};

  /** Of each page the stored bits of (height, width, samples). */
  final List<long[]> pages = new ArrayList<>();

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  TiffFixture(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /** A page of a pattern that uses every bit. */
  TiffFixture page(int seed) {
    long[] values = new long[width * height * samples];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 2_654_435_761L + seed * 97L) >>> 7 & mask();
    }
    pages.add(values);
    return this;
  }

  long mask() {
    return bits == 64 ? -1 : (1L << bits) - 1;
  }

  byte[] bytes() {
    file.reset();
    file.writeBytes((little ? "II" : "MM").getBytes(StandardCharsets.US_ASCII));
    number(big ? 43 : 42, 2);
    if (big) {
      number(8, 2);
      number(0, 2);
    }
    List<List<byte[]>> segments = new ArrayList<>();
    for (long[] page : pages) {
      segments.add(segments(page));
    }
    int start = big ? 16 : 8;
    int at = start;
    List<long[]> offsets = new ArrayList<>();
    for (List<byte[]> page : segments) {
      long[] places = new long[page.size()];
      for (int i = 0; i < places.length; i++) {
        places[i] = at;
        at += page.get(i).length;
      }
      offsets.add(places);
    }
    number(at, big ? 8 : 4);
    segments.forEach(page -> page.forEach(file::writeBytes));
    int directories = onePiece ? 1 : pages.size();
    for (int p = 0; p < directories; p++) {
      directory(segments.get(p), offsets.get(p), p == directories - 1);
    }
    return file.toByteArray();
  }

  private void directory(List<byte[]> segments, long[] offsets, boolean last) {
    TreeMap<Integer, byte[]> values = new TreeMap<>();
    TreeMap<Integer, int[]> types = new TreeMap<>();
    put(values, types, 256, 4, width);
    put(values, types, 257, 4, height);
    long[] depths = new long[samples];
    java.util.Arrays.fill(depths, bits);
    put(values, types, 258, 3, depths);
    put(values, types, 259, 3, compression);
    put(values, types, 262, 3, photometric);
    put(values, types, 274, 3, orientation);
    put(values, types, 277, 3, samples);
    put(values, types, 284, 3, planar ? 2 : 1);
    put(values, types, 317, 3, predictor);
    put(values, types, 339, 3, format);
    if (extra >= 0) {
      put(values, types, 338, 3, extra);
    }
    if (colourMap.length > 0) {
      put(values, types, 320, 3, colourMap);
    }
    if (!description.isEmpty()) {
      values.put(270, (description + "\0").getBytes(StandardCharsets.UTF_8));
      types.put(270, new int[] {2, description.getBytes(StandardCharsets.UTF_8).length + 1});
    }
    if (tile > 0) {
      put(values, types, 322, 4, tile);
      put(values, types, 323, 4, tile);
    } else {
      put(values, types, 278, 4, rows);
    }
    put(values, types, tile > 0 ? 324 : 273, big ? 16 : 4, offsets);
    long[] lengths = segments.stream().mapToLong(one -> one.length).toArray();
    put(values, types, tile > 0 ? 325 : 279, 4, lengths);
    int entry = big ? 20 : 12;
    int inline = big ? 8 : 4;
    int end = file.size() + (big ? 8 : 2) + values.size() * entry + inline;
    int outside = end;
    number(values.size(), big ? 8 : 2);
    ByteArrayOutputStream behind = new ByteArrayOutputStream();
    for (int tag : values.keySet()) {
      byte[] content = Objects.requireNonNull(values.get(tag));
      int[] type = Objects.requireNonNull(types.get(tag));
      number(tag, 2);
      number(type[0], 2);
      number(type[1], inline);
      if (content.length <= inline) {
        file.writeBytes(java.util.Arrays.copyOf(content, inline));
      } else {
        number(outside, inline);
        behind.writeBytes(content);
        outside += content.length;
      }
    }
    number(last ? 0 : outside, inline);
    file.writeBytes(behind.toByteArray());
  }

  private void put(
      Map<Integer, byte[]> values, Map<Integer, int[]> types, int tag, int type, long... n) {
    int size = type == 3 ? 2 : type == 4 ? 4 : 8;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (long one : n) {
      number(bytes, one, size);
    }
    values.put(tag, bytes.toByteArray());
    types.put(tag, new int[] {type, n.length});
  }

  private List<byte[]> segments(long[] page) {
    List<byte[]> segments = new ArrayList<>();
    int across = tile > 0 ? (width + tile - 1) / tile : 1;
    int down = tile > 0 ? (height + tile - 1) / tile : (height + rows - 1) / rows;
    int segmentWidth = tile > 0 ? tile : width;
    int segmentHeight = tile > 0 ? tile : rows;
    for (int plane = 0; plane < (planar ? samples : 1); plane++) {
      for (int j = 0; j < down; j++) {
        for (int i = 0; i < across; i++) {
          int count = tile > 0 ? tile : Math.min(rows, height - j * rows);
          segments.add(
              segment(page, i * segmentWidth, j * segmentHeight, segmentWidth, count, plane));
        }
      }
    }
    return segments;
  }

  private byte[] segment(long[] page, int left, int top, int columns, int count, int plane) {
    int interleaved = planar ? 1 : samples;
    if (compression == 7) {
      short[] values = new short[columns * count * interleaved];
      for (int i = 0; i < values.length; i++) {
        int c = planar ? plane : i % interleaved;
        values[i] =
            (short) at(page, left + i / interleaved % columns, top + i / interleaved / columns, c);
      }
      try {
        return TestImages.jpeg(new Image(columns, count, interleaved, 8, values), 1, false);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (int y = 0; y < count; y++) {
      long[] row = new long[columns * interleaved];
      for (int i = 0; i < row.length; i++) {
        int c = planar ? plane : i % interleaved;
        row[i] = at(page, left + i / interleaved, top + y, c);
      }
      packed.writeBytes(row(row, interleaved));
    }
    return switch (compression) {
      case 5 -> lzw(packed.toByteArray());
      case 8 -> deflate(packed.toByteArray());
      case 32_773 -> packBits(packed.toByteArray());
      default -> packed.toByteArray();
    };
  }

  /** A sample, 0 outside of the image. */
  private long at(long[] page, int x, int y, int c) {
    return x < width && y < height ? page[(y * width + x) * samples + c] : 0;
  }

  private byte[] row(long[] row, int interleaved) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (bits % 8 != 0) {
      int pending = 0;
      int held = 0;
      for (long value : row) {
        for (int bit = bits - 1; bit >= 0; bit--) {
          held = held << 1 | (int) (value >> bit & 1);
          if (++pending == 8) {
            bytes.write(held);
            pending = 0;
            held = 0;
          }
        }
      }
      if (pending > 0) {
        bytes.write(held << (8 - pending));
      }
      return bytes.toByteArray();
    }
    for (int i = 0; i < row.length; i++) {
      long left = predictor == 2 && i >= interleaved ? row[i - interleaved] : 0;
      number(bytes, row[i] - left, bits / 8);
    }
    return predictor == 3
        ? splitFloats(bytes.toByteArray(), row.length, interleaved)
        : bytes.toByteArray();
  }

  private byte[] splitFloats(byte[] row, int count, int stride) {
    int size = bits / 8;
    byte[] split = new byte[row.length];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < size; k++) {
        split[k * count + i] = row[i * size + (little ? size - 1 - k : k)];
      }
    }
    for (int i = split.length - 1; i >= stride; i--) {
      split[i] -= split[i - stride];
    }
    return split;
  }

  private void number(long value, int size) {
    number(file, value, size);
  }

  private void number(ByteArrayOutputStream to, long value, int size) {
    for (int i = 0; i < size; i++) {
      to.write((int) (value >> (8 * (little ? i : size - 1 - i))));
    }
  }

  private static byte[] deflate(byte[] content) {
    Deflater deflater = new Deflater();
    deflater.setInput(content);
    deflater.finish();
    byte[] packed = new byte[content.length * 2 + 100];
    int length = deflater.deflate(packed);
    deflater.end();
    return java.util.Arrays.copyOf(packed, length);
  }

  /** Runs of at least three, and literals. */
  private static byte[] packBits(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    int at = 0;
    while (at < content.length) {
      int run = 1;
      while (run < 128 && at + run < content.length && content[at + run] == content[at]) {
        run++;
      }
      if (run >= 3) {
        packed.write(1 - run);
        packed.write(content[at]);
        at += run;
      } else {
        packed.write(0);
        packed.write(content[at++]);
      }
    }
    return packed.toByteArray();
  }

  private static byte[] lzw(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    long[] held = {0, 0};
    java.util.Map<String, Integer> table = new java.util.HashMap<>();
    int next = 258;
    int width = 9;
    put(packed, held, 256, 9);
    String prefix = "";
    for (byte one : content) {
      String longer = prefix + (char) (one & 0xFF);
      if (longer.length() == 1 || table.containsKey(longer)) {
        prefix = longer;
        continue;
      }
      put(
          packed,
          held,
          prefix.length() == 1 ? prefix.charAt(0) : Objects.requireNonNull(table.get(prefix)),
          width);
      table.put(longer, next++);
      prefix = longer.substring(longer.length() - 1);
      if (next == 4095) {
        put(packed, held, 256, 12);
        table.clear();
        next = 258;
        width = 9;
      } else {
        width = next >= 2048 ? 12 : next >= 1024 ? 11 : next >= 512 ? 10 : 9;
      }
    }
    if (!prefix.isEmpty()) {
      put(
          packed,
          held,
          prefix.length() == 1 ? prefix.charAt(0) : Objects.requireNonNull(table.get(prefix)),
          width);
    }
    put(
        packed,
        held,
        257,
        next + 1 >= 2048 ? 12 : next + 1 >= 1024 ? 11 : next + 1 >= 512 ? 10 : 9);
    put(packed, held, 0, 7);
    return packed.toByteArray();
  }

  private static void put(ByteArrayOutputStream to, long[] held, int code, int width) {
    held[0] = held[0] << width | code;
    held[1] += width;
    while (held[1] >= 8) {
      held[1] -= 8;
      to.write((int) (held[0] >> held[1]));
    }
  }
}
