package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inoculum.data.DataSet;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.data.OfflineAugmentation;
import org.inoculum.data.Reading;
import org.inoculum.data.Sample;
import org.inoculum.image.Image;
import org.inoculum.torch.PrecisionChoice;
import org.inoculum.torch.TorchTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AugmentationPreviewTest extends TorchTest {
  private static final int SIZE = 32;

  @ParameterizedTest
  @EnumSource(
      value = Preset.class,
      names = {"TINY", "CLASSIC"})
  void aRowBeginsWithATrainingImageAndGoesOnWithOthers(Preset preset) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      samples.add(new Sample(i + ".png", 0, DrawnBacilli.draw(0, i, SIZE), "image " + i));
    }
    DataSet data =
        new DataSet(
            "drawn", List.of("drawn"), SIZE, 3, samples, OfflineAugmentation.NONE, List.of());
    Image sheet = AugmentationPreview.sheet(config(preset), data);
    assertThat(sheet.width()).isEqualTo(8 * (SIZE + 2) - 2);
    assertThat(sheet.height()).isEqualTo(sheet.width());
    int changed = 0;
    for (int row = 0; row < 8; row++) {
      List<short[]> tiles = new ArrayList<>();
      for (int column = 0; column < 8; column++) {
        tiles.add(tile(sheet, column, row));
      }
      short[] first = tiles.get(0);
      if (preset == Preset.TINY) {
        assertThat(samples.stream().map(sample -> sorted(sample.image().samples())))
            .as("a training image, turned or mirrored")
            .contains(sorted(first));
      }
      changed += (int) tiles.stream().filter(tile -> !Arrays.equals(tile, first)).count();
    }
    assertThat(changed).isBetween(20, 56);
    assertThat(AugmentationPreview.sheet(config(preset), data).samples())
        .isEqualTo(sheet.samples());
  }

  private static TrainConfig config(Preset preset) {
    return new TrainConfig(
        preset,
        preset.budget(),
        preset.batch(),
        SIZE,
        3,
        0,
        1,
        PrecisionChoice.F32,
        Reading.DEFAULT,
        ValidationSource.TRAINING_IMAGES,
        preset.recipe());
  }

  private static List<Integer> sorted(short[] samples) {
    List<Integer> values = new ArrayList<>();
    for (short sample : samples) {
      values.add((int) sample);
    }
    values.sort(null);
    return values;
  }

  private static short[] tile(Image sheet, int column, int row) {
    short[] all = sheet.samples();
    short[] tile = new short[SIZE * SIZE * 3];
    for (int y = 0; y < SIZE; y++) {
      int from = ((row * (SIZE + 2) + y) * sheet.width() + column * (SIZE + 2)) * 3;
      System.arraycopy(all, from, tile, y * SIZE * 3, SIZE * 3);
    }
    return tile;
  }
}
