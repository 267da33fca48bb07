package org.inoculum.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.inoculum.UserException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every layout of TIFF gives back what was written, value by value. */
class TiffTest {
  @Test
  void everyLayoutOfIntegersIsExact() {
    for (TiffFixture fixture : layouts()) {
      DecodedImage decoded = decode(fixture, PlaneChoice.ONLY);
      int channels = fixture.samples == 1 ? 1 : 3;
      assertThat(decoded.channels()).isEqualTo(channels);
      for (int i = 0; i < fixture.pages.get(0).length; i++) {
        long stored = fixture.pages.get(0)[i];
        long wanted =
            fixture.bits < 8 ? Math.round(stored * 255.0 / ((1 << fixture.bits) - 1)) : stored;
        assertThat(decoded.value(i)).as(name(fixture) + " at %d", i).isEqualTo((float) wanted);
      }
    }
  }

  /** Sixteen bits of every value, through strips, tiles and both byte orders. */
  @Test
  void sixteenBitRampsAreExact() {
    for (int compression : new int[] {1, 5, 8, 32_773}) {
      TiffFixture ramp = new TiffFixture(256, 256);
      ramp.bits = 16;
      ramp.compression = compression;
      ramp.predictor = compression == 8 ? 2 : 1;
      ramp.little = compression != 5;
      ramp.tile = compression == 1 ? 64 : 0;
      ramp.rows = 100;
      long[] values = new long[65_536];
      for (int i = 0; i < values.length; i++) {
        values[i] = i;
      }
      ramp.pages.add(values);
      DecodedImage decoded = decode(ramp, PlaneChoice.ONLY);
      for (int i = 0; i < values.length; i++) {
        assertThat(decoded.value(i)).isEqualTo(i);
      }
    }
  }

  @Test
  void signedAndFloatingSamplesAreMeasuredValues() {
    float[] floats = {-1.5f, 0, 3.25e7f, 1e-30f, Float.NaN, 65_504};
    for (int predictor : new int[] {1, 3}) {
      for (boolean little : new boolean[] {true, false}) {
        TiffFixture single = floating(32, predictor, little);
        long[] bits = new long[6];
        for (int i = 0; i < 6; i++) {
          bits[i] = Float.floatToRawIntBits(floats[i]) & 0xFFFFFFFFL;
        }
        single.pages.add(bits);
        DecodedImage decoded = decode(single, PlaneChoice.ONLY);
        for (int i = 0; i < 6; i++) {
          assertThat(Float.valueOf(decoded.value(i))).isEqualTo(Float.valueOf(floats[i]));
        }
        TiffFixture twice = floating(64, predictor, little);
        twice.pages.add(new long[6]);
        twice.pages.get(0)[1] = Double.doubleToLongBits(-2.5);
        assertThat(decode(twice, PlaneChoice.ONLY).value(1)).isEqualTo(-2.5f);
      }
    }
    // IEEE 754 binary16: 1, -2, 65504, 2^-24, infinity, 1/3.
    TiffFixture half = floating(16, 1, true);
    half.pages.add(new long[] {0x3C00, 0xC000, 0x7BFF, 1, 0x7C00, 0x3555});
    DecodedImage halves = decode(half, PlaneChoice.ONLY);
    assertThat(halves.value(0)).isEqualTo(1);
    assertThat(halves.value(1)).isEqualTo(-2);
    assertThat(halves.value(2)).isEqualTo(65_504);
    assertThat(halves.value(3)).isEqualTo(0x1p-24f);
    assertThat(halves.value(4)).isInfinite();
    assertThat(halves.value(5)).isEqualTo(1365 / 4096f);
    TiffFixture signed = floating(16, 1, false);
    signed.format = 2;
    signed.pages.add(new long[] {0xFFFF, 0x8000, 5, 0, 0, 0});
    assertThat(decode(signed, PlaneChoice.ONLY).value(0)).isEqualTo(-1);
    assertThat(decode(signed, PlaneChoice.ONLY).value(1)).isEqualTo(-32_768);
    assertThatThrownBy(() -> ImageFiles.decode(signed.bytes(), "x.tif", DecodingLimits.DEFAULT))
        .hasMessageContaining("need a window");
  }

  @Test
  void coloursOfEveryKind() {
    TiffFixture inverted = new TiffFixture(2, 2);
    inverted.photometric = 0;
    inverted.pages.add(new long[] {0, 255, 100, 1});
    assertValues(inverted, 255, 0, 155, 254);
    TiffFixture palette = new TiffFixture(2, 2);
    palette.bits = 2;
    palette.photometric = 3;
    palette.colourMap = new long[] {0, 0x1100, 0, 0xFFFF, 0, 0x2200, 0, 0xFFFF, 0, 0x3300, 0, 0};
    palette.pages.add(new long[] {0, 1, 3, 0});
    assertValues(palette, 0, 0, 0, 0x11, 0x22, 0x33, 255, 255, 0, 0, 0, 0);
    TiffFixture alpha = new TiffFixture(2, 2);
    alpha.samples = 2;
    alpha.extra = 2;
    alpha.pages.add(new long[] {100, 255, 7, 0, 0, 51, 9, 255});
    assertValues(alpha, 100, 255, 204, 9);
    TiffFixture cmyk = new TiffFixture(2, 2);
    cmyk.samples = 4;
    cmyk.photometric = 5;
    cmyk.pages.add(new long[] {0, 0, 0, 0, 255, 0, 0, 0, 0, 100, 0, 0, 0, 0, 0, 255});
    assertValues(cmyk, 255, 255, 255, 0, 255, 255, 255, 155, 255, 0, 0, 0);
    TiffFixture turned = new TiffFixture(2, 2);
    turned.orientation = 6; // a quarter turn clockwise, as in Exif
    turned.pages.add(new long[] {1, 2, 3, 4});
    assertValues(turned, 3, 1, 4, 2);
  }

  @Test
  void jpegInStripsAndTiles() {
    for (int tile : new int[] {0, 16}) {
      TiffFixture jpeg = new TiffFixture(20, 18);
      jpeg.compression = 7;
      jpeg.tile = tile;
      jpeg.rows = 8;
      long[] flat = new long[360];
      java.util.Arrays.fill(flat, 100);
      jpeg.pages.add(flat);
      DecodedImage decoded = decode(jpeg, PlaneChoice.ONLY);
      assertThat(decoded.value(5 * 20 + 5)).isBetween(97f, 103f);
    }
  }

  @Test
  void aFileOfSeveralImagesNeedsAChoice() {
    TiffFixture pages = new TiffFixture(4, 3).page(1).page(2).page(3);
    assertThatThrownBy(() -> decode(pages, PlaneChoice.ONLY))
        .isInstanceOf(UserException.class)
        .hasMessage("x.tif: holds 3 pages; choose one with --page 1 to --page 3");
    assertPage(pages, choice(null, 0, 3), 2);
    assertThatThrownBy(() -> decode(pages, choice(null, 0, 4)))
        .hasMessageContaining("has no page 4; it holds 3 pages");
  }

  @Test
  void imageJStacksRunChannelsFirst() {
    TiffFixture stack = new TiffFixture(4, 3);
    for (int i = 0; i < 6; i++) {
      stack.page(i);
    }
    stack.description = "ImageJ=1.54f\nimages=6\nchannels=2\nslices=3\nhyperstack=true\nunit=um\n";
    assertThatThrownBy(() -> decode(stack, choice("1", 0, 0)))
        .hasMessage("x.tif: holds 2 channels (1, 2), 3 z; choose with --z");
    assertPage(stack, choice("2", 3, 0), 5);
    assertPage(stack, choice("1", 2, 0), 2);
    assertThatThrownBy(() -> decode(stack, choice("DAPI", 1, 0)))
        .hasMessageContaining("has no channel 'dapi'");
    stack.onePiece = true;
    stack.rows = 3;
    assertPage(stack, choice("2", 2, 0), 3);
  }

  @Test
  void omeXmlNamesChannelsOrderAndScale() {
    TiffFixture ome = new TiffFixture(4, 3);
    for (int i = 0; i < 6; i++) {
      ome.page(i);
    }
    String start =
        "<?xml version=\"1.0\"?><OME xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\">"
            + "<Image ID=\"Image:0\"><Pixels DimensionOrder=\"XYZCT\" SizeC=\"2\" SizeZ=\"3\""
            + " SizeT=\"1\" SizeX=\"4\" SizeY=\"3\" PhysicalSizeX=\"325\" PhysicalSizeXUnit=\"nm\">"
            + "<Channel Name=\"DAPI\"/><Channel Name=\"GFP\"/>";
    ome.description = start + "<TiffData/></Pixels></Image></OME>";
    assertPage(ome, choice("gfp", 1, 0), 3);
    assertPage(ome, choice("DAPI", 3, 0), 2);
    ImageHeader header = ImageFiles.header(ome.bytes(), "x.tif", DecodingLimits.DEFAULT);
    assertThat(header.planes().pixelMicrons()).isEqualTo(0.325);
    assertThat(header.planes().description()).isEqualTo("2 channels (1 DAPI, 2 GFP), 3 z");
    ome.description =
        start + "<TiffData IFD=\"5\" FirstC=\"1\" FirstZ=\"0\"/></Pixels></Image></OME>";
    assertPage(ome, choice("GFP", 1, 0), 5);
    assertThatThrownBy(() -> decode(ome, choice("GFP", 2, 0)))
        .hasMessageContaining("another file of its series");
    ome.description =
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><OME><Pixels SizeC=\"&e;\""
            + "/></OME>";
    assertThatThrownBy(() -> decode(ome, choice("1", 1, 0))).isInstanceOf(UserException.class);
  }

  @Test
  void hostileTagsAreRefusedByName() {
    TiffFixture page = new TiffFixture(Integer.MAX_VALUE, 2);
    page.pages.add(new long[0]);
    byte[] good = new TiffFixture(4, 3).page(1).bytes();
    byte[] circle = new TiffFixture(4, 3).page(1).page(2).bytes();
    int first = java.nio.ByteBuffer.wrap(circle).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt(4);
    java.nio.ByteBuffer little =
        java.nio.ByteBuffer.wrap(circle).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    int second = little.getInt(first + 2 + 12 * little.getShort(first));
    little.putInt(second + 2 + 12 * little.getShort(second), first);
    assertRefused(circle, "the directories form a circle");
    for (int tag : new int[] {256, 273, 279, 258}) {
      byte[] bomb = good.clone();
      setEntry(bomb, tag, 4, 0xFFFFFFFF);
      assertRefused(bomb, "");
    }
    byte[] wide = good.clone();
    setEntry(wide, 256, 8, 0x7FFFFFFF);
    assertRefused(wide, "over the limit of 100.0 million (--max-pixels)");
    byte[] cut = java.util.Arrays.copyOf(good, good.length - 20);
    assertRefused(cut, "the file ends too early");
    byte[] fax = good.clone();
    setEntry(fax, 259, 8, 4);
    assertRefused(fax, "CCITT fax");
  }

  /** Writes a number into a tag's entry of a little-endian file: at 4 its count, at 8 its value. */
  static void setEntry(byte[] file, int tag, int at, int value) {
    java.nio.ByteBuffer little =
        java.nio.ByteBuffer.wrap(file).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    int directory = little.getInt(4);
    for (int i = 0; i < little.getShort(directory); i++) {
      if (little.getShort(directory + 2 + 12 * i) == tag) {
        little.putInt(directory + 2 + 12 * i + at, value);
      }
    }
  }

  /** A file of each layout with one page, for other tests too. */
  static List<TiffFixture> layouts() {
    List<TiffFixture> all = new ArrayList<>();
    for (int bits : new int[] {1, 2, 4, 8, 12, 16, 24, 32}) {
      for (int compression : new int[] {1, 5, 8, 32_773}) {
        for (int form = 0; form < 8; form++) {
          TiffFixture fixture = new TiffFixture(37, 21);
          fixture.bits = bits;
          fixture.compression = compression;
          fixture.samples = (form & 1) == 0 ? 1 : 3;
          fixture.photometric = (form & 1) == 0 ? 1 : 2;
          fixture.planar = form % 4 == 3;
          fixture.tile = (form & 2) == 0 ? 0 : 16;
          fixture.big = form >= 4;
          fixture.little = (form + compression + bits / 4) % 2 == 0;
          fixture.rows = form == 0 ? 21 : 4;
          boolean predicts = (bits == 8 || bits == 16 || bits == 32) && form % 3 == 1;
          fixture.predictor = predicts && compression != 1 ? 2 : 1;
          all.add(fixture.page(form + bits));
        }
      }
    }
    return all;
  }

  private static TiffFixture floating(int bits, int predictor, boolean little) {
    TiffFixture fixture = new TiffFixture(3, 2);
    fixture.bits = bits;
    fixture.format = 3;
    fixture.predictor = predictor;
    fixture.little = little;
    return fixture;
  }

  private static void assertValues(TiffFixture fixture, int... wanted) {
    DecodedImage decoded = decode(fixture, PlaneChoice.ONLY);
    for (int i = 0; i < wanted.length; i++) {
      assertThat(decoded.value(i)).as("sample %d", i).isEqualTo(wanted[i]);
    }
  }

  private static void assertPage(TiffFixture fixture, PlaneChoice choice, int page) {
    DecodedImage decoded = decode(fixture, choice);
    for (int i = 0; i < 12; i++) {
      assertThat(decoded.value(i)).isEqualTo((float) fixture.pages.get(page)[i]);
    }
  }

  private static void assertRefused(byte[] file, String message) {
    assertThatThrownBy(() -> ImageFiles.decode(file, "x.tif", DecodingLimits.DEFAULT))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("x.tif")
        .hasMessageContaining(message);
  }

  /** Zero: not said. */
  private static PlaneChoice choice(@Nullable String channel, int z, int page) {
    return new PlaneChoice(
        channel,
        z == 0 ? OptionalInt.empty() : OptionalInt.of(z),
        OptionalInt.empty(),
        page == 0 ? OptionalInt.empty() : OptionalInt.of(page));
  }

  private static DecodedImage decode(TiffFixture fixture, PlaneChoice choice) {
    return ImageFiles.decode(fixture.bytes(), "x.tif", DecodingLimits.DEFAULT, choice);
  }

  private static String name(TiffFixture f) {
    return f.bits
        + " bits, compression "
        + f.compression
        + ", tile "
        + f.tile
        + ", "
        + f.samples
        + (f.planar ? " planar" : " chunky")
        + (f.big ? ", big" : "")
        + ", predictor "
        + f.predictor;
  }
}
