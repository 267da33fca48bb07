package org.inoculum.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inoculum.image.Image;
import org.inoculum.metric.Features;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.torch.TorchTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often the rules accuse real images: docs/explanation/metrics.md has the numbers. */
@Tag("slow")
class VerdictCalibrationTest extends TorchTest {
  private static final int SPLITS = 200;

  @ParameterizedTest
  @CsvSource({
    "tb64/heldout/bacillus, 64",
    "tb64/heldout/bacillus, 149",
    "tb64/heldout/bacillus, 10",
    "wbc64/heldout, 64",
    "wbc64/heldout, 114"
  })
  void realImagesAreSeldomAccused(String folder, int count) {
    List<Image> all = RealData.images(folder);
    List<ImageTraits> traits = ImageTraits.of(ImageSet.of("real", all));
    Features features;
    try (FeatureSpace space = new ScatteringFeatures()) {
      features = space.of(all);
      features = space.scalingFor(features).apply(features);
    }
    List<Finding> accused = new ArrayList<>();
    for (int split = 0; split < SPLITS; split++) {
      int[] places =
          Subsets.some(all.size(), 2 * count, RandomStream.of(0, Purpose.CHECKING, split));
      int[] first = Arrays.copyOf(places, count);
      int[] second = Arrays.copyOfRange(places, count, 2 * count);
      accused.addAll(
          Verdict.of(
                  Evidence.of(
                      Arrays.stream(first).mapToObj(traits::get).toList(),
                      Arrays.stream(second).mapToObj(traits::get).toList(),
                      Evidence.pooled(features.select(first), features.select(second)),
                      null))
              .findings());
    }
    assertThat(accused).as(accused.toString()).hasSizeLessThanOrEqualTo(SPLITS / 50);
  }
}
