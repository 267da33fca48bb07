package org.inoculum.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Builds PNG files chunk by chunk, so that a test knows every byte, also of wrong ones. */
public final class PngFixture {
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  /** A file that starts with signature and header. */
  public PngFixture(int width, int height, int bitDepth, int colourType) {
    this(width, height, bitDepth, colourType, 0);
  }

  PngFixture(int width, int height, int bitDepth, int colourType, int interlace) {
    file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) bitDepth).put((byte) colourType).put(12, (byte) interlace);
    chunk("IHDR", header.array());
  }

  /** Adds a chunk with the right checksum. */
  public PngFixture chunk(String type, byte[] content) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content);
    file.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    file.writeBytes(name);
    file.writeBytes(content);
    file.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    return this;
  }

  /** Adds rows, each with its leading filter byte, packed. */
  public PngFixture rows(int... bytes) {
    return chunk("IDAT", deflated(bytes(bytes)));
  }

  /** The file with its end chunk. */
  public byte[] end() {
    return chunk("IEND", new byte[0]).soFar();
  }

  /** The file as it is now. */
  public byte[] soFar() {
    return file.toByteArray();
  }

  /** Bytes from numbers 0..255. */
  public static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  static byte[] deflated(byte[] content) {
    Deflater deflater = new Deflater();
    deflater.setInput(content);
    deflater.finish();
    byte[] buffer = new byte[content.length + 100];
    int length = deflater.deflate(buffer);
    deflater.end();
    return java.util.Arrays.copyOf(buffer, length);
  }
}
