package org.inoculum.run;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.inoculum.files.Protobuf;

/**
 * One event of a TensorBoard file: the message {@code Event} of TensorFlow's {@code event.proto},
 * in the frame of a TFRecord (tensorflow.org/tutorials/load_data/tfrecord): its length, the
 * checksum of the length, the message, its checksum; whole numbers from the lowest byte.
 *
 * @param step iteration that it tells of
 * @param length bytes in the file
 */
record EventRecord(long step, int length) {
  private static final int HEAD = Long.BYTES + Integer.BYTES;
  private static final int FOOT = Integer.BYTES;
  private static final int MASK = 0xa282ead8;

  // Fields of Event; the time is written first, then the step.
  private static final int TIME = 1;
  private static final int STEP = 2;
  private static final int TIME_BYTES = 1 + Double.BYTES;
  private static final int STEP_TAG = STEP << 3;

  /** The beginning of an event of this moment. */
  static Protobuf event() {
    return new Protobuf().precise(TIME, System.currentTimeMillis() / 1000.0);
  }

  /** The same of an iteration. */
  static Protobuf event(long iteration) {
    return event().number(STEP, iteration);
  }

  /** An event as it lies in the file. */
  static byte[] framed(Protobuf event) {
    byte[] message = event.toBytes("an event");
    byte[] length = littleEndian(Long.BYTES).putLong(message.length).array();
    return littleEndian(HEAD + message.length + FOOT)
        .put(length)
        .putInt(checksum(length))
        .put(message)
        .putInt(checksum(message))
        .array();
  }

  /**
   * Reads the next event.
   *
   * @param left bytes that the file still has
   * @return nothing at the end, and nothing where a crash has torn it
   */
  static Optional<EventRecord> next(DataInputStream in, long left) throws IOException {
    if (left < HEAD + FOOT) {
      return Optional.empty();
    }
    byte[] head = new byte[Long.BYTES];
    byte[] check = new byte[Integer.BYTES];
    try {
      in.readFully(head);
      in.readFully(check);
      long length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (!holds(head, check) || length < 0 || length > left - HEAD - FOOT) {
        return Optional.empty();
      }
      byte[] message = new byte[(int) length];
      in.readFully(message);
      in.readFully(check);
      return holds(message, check)
          ? Optional.of(new EventRecord(step(message), HEAD + message.length + FOOT))
          : Optional.empty();
    } catch (EOFException e) {
      return Optional.empty();
    }
  }

  /** 0 where it is not said, as the first event of a file does not. */
  private static long step(byte[] message) {
    if (message.length <= TIME_BYTES || message[TIME_BYTES] != STEP_TAG) {
      return 0;
    }
    long step = 0;
    int shift = 0;
    for (int i = TIME_BYTES + 1; i < message.length && shift < Long.SIZE; i++, shift += 7) {
      step |= (long) (message[i] & 0x7f) << shift;
      if (message[i] >= 0) {
        break;
      }
    }
    return step;
  }

  private static boolean holds(byte[] content, byte[] check) {
    return ByteBuffer.wrap(check).order(ByteOrder.LITTLE_ENDIAN).getInt() == checksum(content);
  }

  /** CRC-32C, turned and shifted, since a checksum of checksums would be weak. */
  private static int checksum(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
