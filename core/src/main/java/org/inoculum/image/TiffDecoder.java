package org.inoculum.image;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * TIFF 6.0 and BigTIFF, read by this package itself: every tag is checked before anything is
 * allocated for it (decision 5).
 */
final class TiffDecoder {
  private TiffDecoder() {}

  /** Of the first page; the planes are those of the whole file. */
  static ImageHeader header(byte[] content, String name, DecodingLimits limits) throws IOException {
    TiffStack stack = new TiffStack(new TiffFile(content), name, limits);
    TiffLayout first = stack.first();
    return new ImageHeader(
        "tiff",
        first.width,
        first.height,
        first.mode(),
        first.bits,
        first.kind,
        stack.planes(),
        first.samplesDescription());
  }

  /** Of the first page, 1 to 8. */
  static int orientation(byte[] content) throws IOException {
    TiffFile file = new TiffFile(content);
    return new TiffLayout(file.directory(file.pages().get(0))).orientation;
  }

  static DecodedImage decode(
      byte[] content,
      PlaneChoice choice,
      String name,
      DecodingLimits limits,
      Consumer<DecodingNote> notes)
      throws IOException {
    TiffFile file = new TiffFile(content);
    TiffStack stack = new TiffStack(file, name, limits);
    TiffStack.Place place = stack.find(choice);
    TiffLayout layout = stack.layout(place);
    boolean one = layout.samplesAreChannels() || place.chosen();
    int sample = one ? Math.min(place.sample(), layout.samples - 1) : TiffPage.COLOUR;
    return TiffPage.decode(file.bytes(), layout, sample, place.shift(), name, limits, notes);
  }
}
