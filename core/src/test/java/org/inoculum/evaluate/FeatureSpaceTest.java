package org.inoculum.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.image.Channels;
import org.inoculum.image.Image;
import org.inoculum.metric.EnergyDistance;
import org.inoculum.metric.Features;
import org.inoculum.metric.Kid;
import org.inoculum.torch.TorchTest;
import org.junit.jupiter.api.Test;

class FeatureSpaceTest extends TorchTest {
  private final List<Image> images =
      IntStream.range(0, 20).mapToObj(i -> DrawnBacilli.draw(0, i, 64)).toList();

  @Test
  void scatteringIsTheSameEveryTimeAndInEveryCompany() {
    try (ScatteringFeatures one = new ScatteringFeatures();
        ScatteringFeatures other = new ScatteringFeatures()) {
      Features all = one.of(images);
      assertThat(all.dimension())
          .isEqualTo(4 * 3 * 8 + 2 * 3 * 2 + 3 * (7 * 4 + 7)); // four levels, two with second order
      assertThat(other.of(images).row(7)).containsExactly(all.row(7));
      assertThat(one.of(images.subList(7, 8)).row(0)).containsExactly(all.row(7), within(1e-4));
    }
  }

  @Test
  void scatteringSeesABlurAndANoiseThatPixelsHardlySee() {
    List<Image> others =
        IntStream.range(100, 120).mapToObj(i -> DrawnBacilli.draw(0, i, 64)).toList();
    List<Image> blurred = others.stream().map(image -> RealData.blurred(image, 1.5)).toList();
    List<Image> noisy =
        IntStream.range(0, 20).mapToObj(i -> RealData.noisy(others.get(i), 8, i)).toList();
    try (ScatteringFeatures scattering = new ScatteringFeatures();
        PixelFeatures pixels = new PixelFeatures()) {
      double baseline = distance(scattering, others);
      assertThat(baseline).isLessThan(0.1);
      assertThat(distance(scattering, blurred)).isGreaterThan(baseline + 0.3);
      assertThat(distance(scattering, noisy)).isGreaterThan(baseline + 0.3);
      assertThat(kid(pixels, blurred)).isLessThan(kid(pixels, others) + 0.2);
    }
  }

  @Test
  void pixelsTakeGreyImagesAndSixteenBits() {
    Image grey = Channels.toGrey(images.get(0));
    short[] wide = grey.samples();
    for (int i = 0; i < wide.length; i++) {
      wide[i] = (short) (wide[i] * 257);
    }
    Image sixteen = new Image(grey.width(), grey.height(), 1, 16, wide);
    try (PixelFeatures pixels = new PixelFeatures()) {
      Features features = pixels.of(List.of(grey, sixteen));
      assertThat(features.dimension()).isEqualTo(3072);
      assertThat(features.row(0)).containsExactly(features.row(1), within(0.01));
    }
  }

  @Test
  void constantImagesKeepFiniteFeatures() {
    Image black = new Image(40, 40, 3, 8, new short[4800]);
    List<Image> all = List.of(black, black, black);
    try (ScatteringFeatures scattering = new ScatteringFeatures();
        PixelFeatures pixels = new PixelFeatures()) {
      for (FeatureSpace space : List.of(scattering, pixels)) {
        Features features = space.of(all);
        Features scaled = space.scalingFor(features).apply(features);
        assertThat(scaled.row(1)).containsOnly(0.0);
      }
    }
  }

  private double distance(FeatureSpace space, List<Image> generated) {
    Features real = space.of(images);
    Scaling scaling = space.scalingFor(real);
    return EnergyDistance.of(scaling.apply(real), scaling.apply(space.of(generated))).value();
  }

  private double kid(FeatureSpace space, List<Image> generated) {
    Features real = space.of(images);
    Scaling scaling = space.scalingFor(real);
    return Kid.of(scaling.apply(real), scaling.apply(space.of(generated))).unbiased();
  }
}
