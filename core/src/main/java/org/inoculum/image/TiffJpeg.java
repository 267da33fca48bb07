package org.inoculum.image;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;

/**
 * A strip or tile that is a JPEG (Adobe's TIFF Technical Note 2): the tables that all of them share
 * are put back in front, and the page says whether the colours are RGB or YCbCr.
 */
final class TiffJpeg {
  /** An Adobe segment of 14 bytes without the last of them, which says what the colours are. */
  private static final byte[] ADOBE = {
    (byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0
  };

  private TiffJpeg() {}

  /** The segment's image, at least as large as the segment's part of the page. */
  static Image decode(byte[] packed, byte[] tables, TiffLayout layout, int segmentRow)
      throws IOException {
    if (packed.length < 4 || packed[0] != -1 || packed[1] != (byte) 0xD8) {
      throw new IOException("a strip or tile is not the JPEG that was expected");
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream(packed.length + tables.length + 20);
    whole.write(packed, 0, 2);
    if (layout.interleaved() == 3) { // last byte: 0 RGB, 1 YCbCr
      whole.writeBytes(ADOBE);
      whole.write(layout.photometric == TiffLayout.YCBCR ? 1 : 0);
    }
    if (tables.length > 4) {
      whole.write(tables, 2, tables.length - 4); // without its start and end of image
    }
    whole.writeBytes(JpegDecoder.withoutColourMarkers(packed));
    byte[] joined = whole.toByteArray();
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(joined, 4, joined.length));
    ImageHeader header = JpegDecoder.header(in, joined[3] & 0xFF);
    if (header.width() != layout.segmentWidth
        || header.height() < layout.rows(segmentRow)
        || header.height() > layout.segmentHeight
        || header.mode().channels() != layout.interleaved()) {
      throw new IOException(
          "a strip or tile holds a JPEG of another shape: "
              + (header.width() + " x " + header.height() + " " + header.mode().label()));
    }
    return JpegDecoder.decode(joined, header, note -> {});
  }
}
