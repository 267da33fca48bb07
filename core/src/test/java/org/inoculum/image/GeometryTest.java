package org.inoculum.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Symmetries, rotations, fits, channels and sheets. */
class GeometryTest {
  @Test
  void symmetriesAreTheGroupOfTheSquare() {
    Image image = TestImages.noise(5, 5, 3, 8, 1);
    HashSet<Image> all = new HashSet<>();
    for (Symmetry symmetry : Symmetry.values()) {
      all.add(symmetry.apply(image));
    }
    assertThat(all).hasSize(8);
    for (Image one : all) {
      for (Symmetry symmetry : Symmetry.values()) {
        assertThat(all).contains(symmetry.apply(one));
      }
    }
  }

  @Test
  void quarterTurnIsClockwiseAndSwapsSides() {
    Image image = new Image(3, 2, 1, 8, new short[] {1, 2, 3, 4, 5, 6});
    assertThat(Symmetry.ROTATE_90.apply(image))
        .isEqualTo(new Image(2, 3, 1, 8, new short[] {4, 1, 5, 2, 6, 3}));
    assertThat(Symmetry.ROTATE_270.apply(image))
        .isEqualTo(new Image(2, 3, 1, 8, new short[] {3, 6, 2, 5, 1, 4}));
    assertThat(Symmetry.MIRROR.apply(image))
        .isEqualTo(new Image(3, 2, 1, 8, new short[] {3, 2, 1, 6, 5, 4}));
  }

  @Test
  void rotationByQuarterTurnsIsExact() {
    Image image = TestImages.noise(8, 8, 1, 16, 2);
    assertThat(Rotation.by(image, 90)).isEqualTo(Symmetry.ROTATE_270.apply(image));
    assertThat(Rotation.by(image, -90)).isEqualTo(Symmetry.ROTATE_90.apply(image));
    assertThat(Rotation.by(image, 180)).isEqualTo(Symmetry.ROTATE_180.apply(image));
    assertThat(Rotation.by(image, 0)).isEqualTo(image);
  }

  @Test
  void rotationLeavesNoBlackCornersAndLittleBlur() {
    short[] light = new short[32 * 32];
    java.util.Arrays.fill(light, (short) 180);
    Image flat = new Image(32, 32, 1, 8, light);
    assertThat(Rotation.by(flat, 33)).isEqualTo(flat);
    // There and back loses little in the middle of a smooth image.
    Image cells = TestImages.blobs(64, 4);
    Image back = Rotation.by(Rotation.by(cells, 37), -37);
    for (int i = 0; i < 30 * 30; i++) {
      int x = 17 + i % 30;
      int y = 17 + i / 30;
      assertThat(back.sample(x, y, 1))
          .isCloseTo(cells.sample(x, y, 1), org.assertj.core.data.Offset.offset(2));
    }
  }

  @Test
  void cropTakesTheMiddle() {
    Image wide = new Image(4, 2, 1, 8, new short[] {1, 2, 3, 4, 5, 6, 7, 8});
    assertThat(Fit.CROP.apply(wide, 2)).isEqualTo(new Image(2, 2, 1, 8, new short[] {2, 3, 6, 7}));
    Image tall = new Image(2, 5, 1, 8, new short[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
    assertThat(Fit.CROP.apply(tall, 2)).isEqualTo(new Image(2, 2, 1, 8, new short[] {3, 4, 5, 6}));
  }

  @Test
  void padFillsWithTheMirrorImage() {
    Image wide = new Image(4, 2, 1, 8, new short[] {1, 2, 3, 4, 5, 6, 7, 8});
    assertThat(Fit.PAD.apply(wide, 4))
        .isEqualTo(
            new Image(4, 4, 1, 8, new short[] {1, 2, 3, 4, 1, 2, 3, 4, 5, 6, 7, 8, 5, 6, 7, 8}));
    // A sliver is mirrored more than once.
    Image sliver = TestImages.waves(2, 300, 3);
    Image padded = Fit.PAD.apply(sliver, 16);
    assertThat(padded.width()).isEqualTo(16);
    assertThat(padded.sample(0, 8, 1)).isEqualTo(padded.sample(15, 8, 1));
  }

  @Test
  void everyFitGivesTheSizeAskedFor() {
    for (Fit fit : Fit.values()) {
      for (int[] size : new int[][] {{2, 2}, {7, 3}, {3, 7}, {40, 41}, {1, 9}}) {
        Image image = fit.apply(TestImages.noise(size[0], size[1], 3, 16, 1), 10);
        assertThat(image.width()).isEqualTo(10);
        assertThat(image.height()).isEqualTo(10);
        assertThat(image.bitDepth()).isEqualTo(16);
      }
    }
    Image square = TestImages.waves(6, 6, 1);
    assertThat(Fit.STRETCH.apply(square, 6)).isSameAs(square);
  }

  @Test
  void channelsConvert() {
    Image rgb = new Image(2, 1, 3, 8, new short[] {255, 255, 255, 100, 150, 200});
    // Pillow 9.4.0: Image.convert("L") of (100, 150, 200) is 141.
    assertThat(Channels.toGrey(rgb)).isEqualTo(new Image(2, 1, 1, 8, new short[] {255, 141}));
    Image grey = new Image(2, 1, 1, 8, new short[] {3, 4});
    assertThat(Channels.toRgb(grey))
        .isEqualTo(new Image(2, 1, 3, 8, new short[] {3, 3, 3, 4, 4, 4}));
    assertThat(Channels.toGrey(Channels.toRgb(grey))).isEqualTo(grey);
    for (int value = 0; value < 65536; value++) {
      Image wide = new Image(1, 1, 1, 16, new short[] {(short) value});
      assertThat(Channels.toEightBit(wide).sample(0, 0, 0))
          .isEqualTo((int) Math.round(value * 255 / 65535.0));
    }
  }

  @Test
  void sheetPlacesTilesRowByRow() {
    List<Image> tiles = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      tiles.add(new Image(1, 1, 1, 8, new short[] {(short) i}));
    }
    assertThat(ContactSheet.of(tiles, 2, 1, 9))
        .isEqualTo(new Image(3, 3, 1, 8, new short[] {1, 9, 2, 9, 9, 9, 3, 9, 9}));
    assertThat(ContactSheet.of(tiles, 5, 0, 0))
        .isEqualTo(new Image(3, 1, 1, 8, new short[] {1, 2, 3}));
    assertThat(ContactSheet.columnsFor(64)).isEqualTo(8);
    assertThat(ContactSheet.columnsFor(65)).isEqualTo(13);
    assertThat(ContactSheet.columnsFor(48)).isEqualTo(8);
    assertThat(ContactSheet.columnsFor(13)).isEqualTo(4); // no number of columns leaves no place
    assertThat(ContactSheet.columnsFor(1)).isEqualTo(1);
    tiles.add(new Image(1, 2, 1, 8, new short[] {1, 2}));
    assertThatIllegalArgumentException().isThrownBy(() -> ContactSheet.of(tiles, 2, 1, 9));
  }
}
