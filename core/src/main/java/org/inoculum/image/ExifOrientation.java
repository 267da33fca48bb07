package org.inoculum.image;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The tag 0x0112 of the first directory of an Exif block (CIPA DC-008), which is a small TIFF. */
final class ExifOrientation {
  private static final int ORIENTATION = 0x0112;
  private static final int SHORT = 3;
  private static final int UPRIGHT = 1;

  private ExifOrientation() {}

  /** 1..8; 1 (upright) where the block has none or is damaged: the image itself is whole. */
  static int of(byte[] content, int start, int end) {
    try {
      ByteBuffer tiff = ByteBuffer.wrap(content, start, Math.max(0, end - start)).slice();
      int order = tiff.getShort();
      tiff.order(order == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      int directory = tiff.getInt(4);
      int entries = tiff.getShort(directory) & 0xFFFF;
      for (int i = 0; i < entries; i++) {
        int entry = directory + 2 + 12 * i;
        if ((tiff.getShort(entry) & 0xFFFF) == ORIENTATION && tiff.getShort(entry + 2) == SHORT) {
          int value = tiff.getShort(entry + 8) & 0xFFFF;
          return value >= 1 && value <= 8 ? value : UPRIGHT;
        }
      }
      return UPRIGHT;
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      return UPRIGHT;
    }
  }
}
