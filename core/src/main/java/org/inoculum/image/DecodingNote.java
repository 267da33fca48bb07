package org.inoculum.image;

/** A thing that was done to an image while it was read and that its user should know. */
public enum DecodingNote {
  /** Opacity is 0 everywhere, as some scanners and renderers write it. */
  TRANSPARENT_EVERYWHERE("have an opacity of 0 everywhere; their colours are taken as without it"),
  /** Some pixels are not opaque. */
  LAID_ON_WHITE(
      "have transparent pixels, which are laid on white (--channel takes one sample of a TIFF)"),
  /** A sample behind the colour has one value everywhere. */
  CONSTANT_SAMPLE("have a sample behind the colour that is the same everywhere and is left out"),
  /** The file says that it is to be turned or mirrored. */
  TURNED("are turned upright, as their orientation (Exif or TIFF) says"),
  /** A palette of more than 8 bits. */
  PALETTE_VALUES("have a palette of more than 8 bits; their values are read, its colours are not"),
  /** Inks became colours. */
  INKS("are CMYK; their inks are mixed without a colour profile");

  private final String sentence;

  DecodingNote(String sentence) {
    this.sentence = sentence;
  }

  /** The end of a sentence about several images, such as "are turned upright". */
  public String sentence() {
    return sentence;
  }
}
