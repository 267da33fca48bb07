package org.inoculum.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.image.Image;
import org.inoculum.image.Symmetry;
import org.inoculum.metric.EnergyDistance;
import org.inoculum.metric.Features;
import org.junit.jupiter.api.Test;

class ScatteringFeaturesTest {
  private final ScatteringFeatures space = new ScatteringFeatures();

  @Test
  void anImageThatIsTurnedOrMirroredHasTheSameFeatures() {
    Image image = DrawnBacilli.draw(0, 3, 64);
    double[] upright = space.of(List.of(image)).row(0);
    for (Symmetry symmetry : Symmetry.values()) {
      double[] turned = space.of(List.of(symmetry.apply(image))).row(0);
      assertThat(turned).containsExactly(upright, within(2e-3));
    }
  }

  @Test
  void imagesOfOddSizesAndOneChannelHaveFeaturesToo() {
    Image grey = new Image(37, 53, 1, 8, new short[37 * 53]);
    assertThat(space.of(List.of(grey)).row(0)).doesNotContain(Double.NaN);
  }

  /** What misled the random network: smooth cells with grain put on the whole image. */
  @Test
  void faintGrainOnPlainGroundIsFar() {
    List<Image> real = drawn(0);
    List<Image> smooth = real.stream().map(image -> RealData.blurred(image, 1.5)).toList();
    List<Image> others = drawn(100).stream().map(image -> RealData.blurred(image, 1.5)).toList();
    List<Image> grainy =
        IntStream.range(0, others.size())
            .mapToObj(i -> RealData.noisy(others.get(i), 3, i))
            .toList();
    Features held = space.of(smooth);
    Scaling scaling = space.scalingFor(held);
    double baseline =
        EnergyDistance.of(scaling.apply(held), scaling.apply(space.of(others))).value();
    double found = EnergyDistance.of(scaling.apply(held), scaling.apply(space.of(grainy))).value();
    assertThat(baseline).isLessThan(0.05);
    assertThat(found).isGreaterThan(0.5);
  }

  private static List<Image> drawn(int first) {
    return IntStream.range(first, first + 24).mapToObj(i -> DrawnBacilli.draw(0, i, 64)).toList();
  }
}
