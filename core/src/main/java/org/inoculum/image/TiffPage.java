package org.inoculum.image;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.inoculum.UserException;
import org.inoculum.image.ImageHeader.SampleKind;

/** The image of one page of a TIFF, strip by strip or tile by tile. */
final class TiffPage {
  /** Not one sample, but all that make the colour. */
  static final int COLOUR = -1;

  private final TiffBytes bytes;
  private final TiffLayout layout;
  private final Consumer<DecodingNote> notes;
  private final boolean colour;
  private final int firstSample;
  private final int kept;

  /** Exactly one of these holds (height, width, kept) stored samples. */
  private final short[] integers;

  private final float[] floats;

  private TiffPage(TiffBytes bytes, TiffLayout layout, int sample, Consumer<DecodingNote> notes)
      throws IOException {
    this.bytes = bytes;
    this.layout = layout;
    this.notes = notes;
    boolean small = layout.kind == SampleKind.UNSIGNED && layout.bits <= 16;
    this.colour = sample == COLOUR;
    if (colour && (layout.extras() > 1 || (layout.extras() == 1 && !small))) {
      throw new UnsupportedImageException(
          "holds "
              + layout.samplesNamed()
              + ", more than make a colour; "
              + TiffColours.choose(layout));
    }
    this.firstSample = colour ? 0 : sample;
    this.kept = colour ? layout.colours + layout.extras() : 1;
    int count = Math.multiplyExact(Math.multiplyExact(layout.width, layout.height), kept);
    this.integers = new short[small ? count : 0];
    this.floats = new float[small ? 0 : count];
  }

  /**
   * Decodes.
   *
   * @param sample which of a pixel's samples is the image; {@link #COLOUR}: all of a colour
   * @param shift bytes from the page's first image to the wanted one, in a stack that is stored in
   *     one piece; 0 for the page itself
   * @throws UserException if the page is over a limit
   */
  static DecodedImage decode(
      TiffBytes bytes,
      TiffLayout layout,
      int sample,
      long shift,
      String name,
      DecodingLimits limits,
      Consumer<DecodingNote> notes)
      throws IOException {
    limits.checkSize(name, layout.width, layout.height);
    limits.checkSize(name + " (its tiles)", layout.segmentWidth, Math.max(2, layout.segmentHeight));
    int planes = sample == COLOUR ? layout.samples : 1;
    limits.checkDecompressionRatio(name, layout.unpackedBytes(planes), bytes.content().length);
    long[][] segments = layout.segments();
    TiffPage page = new TiffPage(bytes, layout, sample, notes);
    page.readSegments(segments, shift);
    return page.decode();
  }

  private void readSegments(long[][] segments, long shift) throws IOException {
    int perPlane = layout.across * layout.down;
    int planes = layout.planar ? kept : 1;
    byte[] tables = layout.jpegTables();
    TiffSamples samples = new TiffSamples(layout, bytes.littleEndian());
    byte[] unpacked = new byte[0];
    for (int plane = 0; plane < planes; plane++) {
      for (int i = 0; i < perPlane; i++) {
        int segment = (plane + (layout.planar ? firstSample : 0)) * perPlane + i;
        long start = segments[0][segment] + shift;
        long length = segments[1][segment];
        bytes.checkInside(start, length);
        if (layout.compression == TiffCompression.JPEG) {
          byte[] packed = Arrays.copyOfRange(bytes.content(), (int) start, (int) (start + length));
          place(TiffJpeg.decode(packed, tables, layout, i / layout.across), plane, i);
          continue;
        }
        int rows =
            layout.segmentWidth == layout.width && layout.across == 1
                ? layout.rows(i)
                : layout.segmentHeight;
        int size = Math.toIntExact(Math.multiplyExact(layout.rowBytes(), rows));
        if (unpacked.length != size) {
          unpacked = new byte[size];
        }
        unpack((int) start, (int) length, unpacked);
        samples.undoPredictor(unpacked);
        place(samples, unpacked, plane, i);
      }
    }
  }

  private void unpack(int start, int length, byte[] unpacked) throws IOException {
    if (!layout.reversedBits) {
      layout.compression.fill(bytes.content(), start, length, unpacked);
      return;
    }
    byte[] packed = Arrays.copyOfRange(bytes.content(), start, start + length);
    for (int i = 0; i < packed.length; i++) {
      packed[i] = (byte) (Integer.reverse(packed[i]) >>> 24);
    }
    layout.compression.fill(packed, 0, length, unpacked);
  }

  private void place(TiffSamples samples, byte[] unpacked, int plane, int segment) {
    int left = segment % layout.across * layout.segmentWidth;
    int top = segment / layout.across * layout.segmentHeight;
    int right = Math.min(layout.width, left + layout.segmentWidth);
    int rows = layout.rows(segment / layout.across);
    int stride = layout.interleaved();
    int channels = layout.planar ? 1 : kept;
    for (int y = 0; y < rows; y++) {
      for (int x = left; x < right; x++) {
        int to = ((top + y) * layout.width + x) * kept + plane;
        for (int c = 0; c < channels; c++) {
          int from = (x - left) * stride + c + (layout.planar ? 0 : firstSample);
          set(to + c, samples.value(unpacked, y, from));
        }
      }
    }
  }

  private void place(Image jpeg, int plane, int segment) {
    int left = segment % layout.across * layout.segmentWidth;
    int top = segment / layout.across * layout.segmentHeight;
    int right = Math.min(layout.width, left + layout.segmentWidth);
    int rows = layout.rows(segment / layout.across);
    for (int y = 0; y < rows; y++) {
      for (int x = left; x < right; x++) {
        int to = ((top + y) * layout.width + x) * kept + plane;
        for (int c = 0; c < jpeg.channels(); c++) {
          set(to + c, jpeg.sample(x - left, y, c));
        }
      }
    }
  }

  private void set(int position, float value) {
    if (integers.length > 0) {
      integers[position] = (short) (int) value;
    } else {
      floats[position] = value;
    }
  }

  private DecodedImage decode() throws IOException {
    Symmetry upright = Symmetry.ofExif(layout.orientation);
    if (upright != Symmetry.IDENTITY) {
      notes.accept(DecodingNote.TURNED);
    }
    if (layout.deepPalette) {
      notes.accept(DecodingNote.PALETTE_VALUES);
    }
    if (integers.length == 0) {
      return upright.apply(new FloatImage(layout.width, layout.height, kept, floats));
    }
    TiffColours colours = new TiffColours(layout, integers, kept, notes);
    return upright.apply(colour ? colours.image() : colours.sample(firstSample));
  }
}
