package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.inoculum.data.DataSet;
import org.inoculum.data.OfflineAugmentation;
import org.inoculum.data.Sample;
import org.inoculum.image.Image;
import org.junit.jupiter.api.Test;

class FewImagesTest {
  @Test
  void twentyDifferentImagesOfEachClassAreEnough() {
    assertThat(FewImages.warnings(data(20, 1, 20))).isEmpty();
  }

  @Test
  void aClassOfFewIsNamed() {
    List<String> warnings = FewImages.warnings(data(20, 1, 1));
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0))
        .startsWith("warning: the class 'b' has 1 image; from fewer than 20");
  }

  @Test
  void theSameImageAgainAndAgainIsOne() {
    assertThat(FewImages.warnings(data(64, 64, 20)))
        .singleElement()
        .asString()
        .startsWith("warning: the class 'a' has 64 images, of which 1 differ; from fewer than 20");
    assertThat(FewImages.warnings(data(64, 2, 20)))
        .singleElement()
        .asString()
        .contains("64 images, of which 32 differ; repeats teach nothing new");
  }

  /** Two classes: a of so many images, each that often, and b of different ones. */
  private static DataSet data(int a, int repeats, int b) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < a; i++) {
      samples.add(sample(0, i / repeats));
    }
    for (int i = 0; i < b; i++) {
      samples.add(sample(1, i));
    }
    return new DataSet(
        "drawn", List.of("a", "b"), 2, 1, samples, OfflineAugmentation.NONE, List.of());
  }

  private static Sample sample(int label, int grey) {
    short value = (short) grey;
    return new Sample(
        label + "/" + grey + ".png",
        label,
        new Image(2, 2, 1, 8, new short[] {value, value, value, value}),
        label + " " + grey);
  }
}
