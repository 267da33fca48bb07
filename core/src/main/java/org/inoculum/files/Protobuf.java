package org.inoculum.files;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.inoculum.UserException;

/**
 * One message in the wire format of protocol buffers (protobuf.dev/programming-guides/encoding),
 * written field by field in the order of the calls. A field is a tag, its number times eight and
 * the kind of what follows, and a value.
 */
public final class Protobuf {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED32 = 5;

  private final List<byte[]> parts = new ArrayList<>();
  private long length;

  /** A whole number of up to 64 bits, in groups of seven bits from the lowest. */
  public Protobuf number(int field, long value) {
    varint(tag(field, VARINT));
    varint(value);
    return this;
  }

  /** A 32-bit float. */
  public Protobuf decimal(int field, float value) {
    varint(tag(field, FIXED32));
    part(ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
    return this;
  }

  /** A 64-bit float. */
  public Protobuf precise(int field, double value) {
    varint(tag(field, FIXED64));
    part(ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array());
    return this;
  }

  /** A text, in UTF-8. */
  public Protobuf text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes, which must not be changed afterwards. */
  public Protobuf bytes(int field, byte[] value) {
    varint(tag(field, LENGTH));
    varint(value.length);
    part(value);
    return this;
  }

  /** Another message as it is now. */
  public Protobuf message(int field, Protobuf value) {
    varint(tag(field, LENGTH));
    varint(value.length);
    return append(value);
  }

  /** The fields of another message as fields of this one. */
  public Protobuf append(Protobuf fields) {
    parts.addAll(fields.parts);
    length += fields.length;
    return this;
  }

  /**
   * The message.
   *
   * @param what errors call it
   * @throws UserException of kind FAILURE if it has 2 GiB or more, which is what the format ends at
   */
  public byte[] toBytes(String what) {
    if (length > Integer.MAX_VALUE - Long.BYTES) {
      throw UserException.failure(
          what + " would have " + length + " bytes, and this format ends at 2 GiB");
    }
    ByteBuffer all = ByteBuffer.allocate((int) length);
    parts.forEach(all::put);
    return all.array();
  }

  private static long tag(int field, int kind) {
    return ((long) field << 3) | kind;
  }

  private void varint(long value) {
    ByteArrayOutputStream groups = new ByteArrayOutputStream(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      groups.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    groups.write((int) rest);
    part(groups.toByteArray());
  }

  private void part(byte[] value) {
    parts.add(value);
    length += value.length;
  }
}
