package org.inoculum.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import javax.imageio.ImageIO;
import org.inoculum.UserException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Samples behind a colour are told, chosen or refused, and never dropped without a word. */
class SamplesTest {
  private final Set<DecodingNote> notes = EnumSet.noneOf(DecodingNote.class);

  /** Four channels of fluorescence, which tifffile marks as RGB and opacity; two as grey and it. */
  @ParameterizedTest
  @CsvSource({
    "4, 2, 16, 1",
    "4, 2, 12, 1",
    "4, 2, 16, 2",
    "2, 1, 16, 2",
    "2, 1, 10, 1",
    "5, 2, 8, 1"
  })
  void channelsMarkedAsOpacityAreChosen(int samples, int photometric, int bits, int extra) {
    TiffFixture fixture = fixture(samples, photometric, bits, extra).page(3);
    assertThatThrownBy(() -> decode(fixture, null))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("holds " + samples + " samples (1 ")
        .hasMessageContaining("choose one with --channel 1 to " + samples);
    for (int channel = 1; channel <= samples; channel++) {
      assertChannel(fixture, channel);
    }
    assertChannel(fixture, samples == 2 ? 2 : 4, "Alpha");
    assertThatThrownBy(() -> decode(fixture, String.valueOf(samples + 1)))
        .hasMessageContaining("has no channel '" + (samples + 1) + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "5, 2, 8, false",
    "4, 2, 8, true",
    "5, 2, 16, false",
    "3, 3, 8, false",
    "5, 5, 8, true"
  })
  void samplesOfNoKnownMeaningAreChosen(int samples, int photometric, int bits, boolean planar) {
    TiffFixture fixture = fixture(samples, photometric, bits, 0);
    fixture.planar = planar;
    if (photometric == 3) {
      fixture.colourMap = new long[3 * 256];
    }
    fixture.page(7);
    assertThatThrownBy(() -> decode(fixture, null))
        .hasMessageContaining("more than make a colour; choose one with --channel 1 to " + samples);
    for (int channel = 1; channel <= samples; channel++) {
      assertChannel(fixture, channel);
    }
    ImageHeader header = ImageFiles.header(fixture.bytes(), "x.tif", DecodingLimits.DEFAULT);
    assertThat(header.samples()).startsWith(samples + " samples (1 ").endsWith(samples + ")");
  }

  @Test
  void floatsOfFourChannelsAreChosen() {
    TiffFixture fixture = fixture(4, 2, 32, 2);
    fixture.format = 3;
    fixture.pages.add(new long[12 * 4]);
    fixture.pages.get(0)[3] = Float.floatToIntBits(2.5f);
    assertThatThrownBy(() -> decode(fixture, null)).hasMessageContaining("--channel 1 to 4");
    assertThat(decode(fixture, "4").value(0)).isEqualTo(2.5f);
  }

  /** Scanners and renderers write it; on white, such images would be empty. */
  @ParameterizedTest
  @CsvSource({"4, 2, 8, 1", "4, 2, 8, 2", "4, 2, 16, 2", "2, 1, 8, 2", "2, 1, 16, 1"})
  void opacityOfNothingIsPassedOver(int samples, int photometric, int bits, int extra) {
    TiffFixture fixture = withLast(fixture(samples, photometric, bits, extra), 0);
    DecodedImage decoded = decode(fixture, null);
    assertColours(fixture, decoded);
    assertThat(notes).containsExactly(DecodingNote.TRANSPARENT_EVERYWHERE);
  }

  @ParameterizedTest
  @CsvSource({"4, 2, 8, 2, -1, ", "4, 2, 16, 2, -1, ", "4, 2, 8, 0, 77, CONSTANT_SAMPLE"})
  void opaqueImagesAndFillingStayAsTheyAre(
      int samples, int photometric, int bits, int extra, long last, @Nullable DecodingNote note) {
    TiffFixture fixture = fixture(samples, photometric, bits, extra);
    withLast(fixture, last < 0 ? fixture.mask() : last);
    assertColours(fixture, decode(fixture, null));
    assertThat(notes).isEqualTo(note == null ? Set.of() : Set.of(note));
  }

  @Test
  void opacityOfEightBitsIsLaidOnWhiteAndTold() {
    TiffFixture fixture = fixture(4, 2, 8, 2).page(1);
    fixture.pages.get(0)[3] = 0;
    assertThat(decode(fixture, null).value(0)).isEqualTo(255);
    assertThat(notes).containsExactly(DecodingNote.LAID_ON_WHITE);
  }

  @ParameterizedTest
  @CsvSource({"0, TRANSPARENT_EVERYWHERE, 90", "128, LAID_ON_WHITE, 172", "255, , 90"})
  void opacityInPng(int alpha, @Nullable DecodingNote note, int wanted) throws IOException {
    BufferedImage image = new BufferedImage(6, 5, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < 30; i++) {
      image.setRGB(i % 6, i / 6, alpha << 24 | 0x5A5A5A);
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    DecodedImage decoded =
        ImageFiles.decode(
            png.toByteArray(), "x.png", DecodingLimits.DEFAULT, PlaneChoice.ONLY, notes::add);
    assertThat(decoded.value(40)).isEqualTo(wanted);
    assertThat(notes).isEqualTo(note == null ? Set.of() : Set.of(note));
  }

  @Test
  void paletteOfNoOpacityInPng() throws IOException {
    byte[] red = {10, 20};
    byte[] green = {30, 40};
    byte[] blue = {50, 60};
    IndexColorModel colours = new IndexColorModel(8, 2, red, green, blue, new byte[2]);
    BufferedImage image = new BufferedImage(6, 5, BufferedImage.TYPE_BYTE_INDEXED, colours);
    image.getRaster().setSample(1, 0, 0, 1);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    DecodedImage decoded =
        ImageFiles.decode(
            png.toByteArray(), "x.png", DecodingLimits.DEFAULT, PlaneChoice.ONLY, notes::add);
    assertThat(decoded.value(0)).isEqualTo(10);
    assertThat(decoded.value(5)).isEqualTo(60);
    assertThat(notes).containsExactly(DecodingNote.TRANSPARENT_EVERYWHERE);
  }

  @Test
  void whatIsTurnedOrMixedIsTold() {
    TiffFixture turned = fixture(1, 1, 8, -1).page(1);
    turned.orientation = 6;
    decode(turned, null);
    assertThat(notes).containsExactly(DecodingNote.TURNED);
    TiffFixture palette = fixture(1, 3, 16, -1).page(1);
    palette.colourMap = new long[3 * 65_536];
    assertThat(decode(palette, null).value(5)).isEqualTo((float) palette.pages.get(0)[5]);
    assertThat(notes).contains(DecodingNote.PALETTE_VALUES);
    decode(fixture(4, 5, 8, -1).page(1), null);
    assertThat(notes).contains(DecodingNote.INKS);
  }

  private static TiffFixture fixture(int samples, int photometric, int bits, int extra) {
    TiffFixture fixture = new TiffFixture(4, 3);
    fixture.samples = samples;
    fixture.photometric = photometric;
    fixture.bits = bits;
    fixture.extra = extra;
    return fixture;
  }

  /** A pattern whose last sample is the same everywhere. */
  private static TiffFixture withLast(TiffFixture fixture, long value) {
    fixture.page(9);
    long[] page = fixture.pages.get(0);
    for (int i = fixture.samples - 1; i < page.length; i += fixture.samples) {
      page[i] = value;
    }
    return fixture;
  }

  private static void assertColours(TiffFixture fixture, DecodedImage decoded) {
    int colours = fixture.samples - 1;
    assertThat(decoded.channels()).isEqualTo(colours);
    for (int i = 0; i < 12 * colours; i++) {
      long stored = fixture.pages.get(0)[i / colours * fixture.samples + i % colours];
      assertThat(decoded.value(i)).as("value %d", i).isEqualTo((float) stored);
    }
  }

  private void assertChannel(TiffFixture fixture, int channel) {
    assertChannel(fixture, channel, String.valueOf(channel));
  }

  private void assertChannel(TiffFixture fixture, int channel, String name) {
    DecodedImage decoded = decode(fixture, name);
    assertThat(decoded.channels()).isEqualTo(1);
    for (int i = 0; i < 12; i++) {
      assertThat(decoded.value(i))
          .isEqualTo((float) fixture.pages.get(0)[i * fixture.samples + channel - 1]);
    }
  }

  private DecodedImage decode(TiffFixture fixture, @Nullable String channel) {
    return ImageFiles.decode(
        fixture.bytes(),
        "x.tif",
        DecodingLimits.DEFAULT,
        new PlaneChoice(channel, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty()),
        notes::add);
  }
}
