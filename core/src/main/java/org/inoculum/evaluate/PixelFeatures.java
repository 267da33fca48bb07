package org.inoculum.evaluate;

import java.util.List;
import org.inoculum.image.Channels;
import org.inoculum.image.Image;
import org.inoculum.image.Resize;
import org.inoculum.metric.Features;

/**
 * Images themselves, antialiased to {@value #SIDE} x {@value #SIDE} RGB in -1..1: 3,072 numbers,
 * row by row. Sees layout and colour, not texture.
 */
public record PixelFeatures() implements FeatureSpace {
  /** Side of the reduced image. */
  public static final int SIDE = 32;

  @Override
  public String name() {
    return "pixels";
  }

  @Override
  public Features of(List<Image> images) {
    double[][] rows = images.stream().map(PixelFeatures::row).toArray(double[][]::new);
    return Features.of(rows, name());
  }

  private static double[] row(Image image) {
    short[] samples = Channels.toRgb(Resize.to(image, SIDE, SIDE)).samples();
    double half = image.maxSample() / 2.0;
    double[] row = new double[samples.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = (samples[i] & 0xFFFF) / half - 1;
    }
    return row;
  }

  /** One factor for all pixels, so that distances stay those of images. */
  @Override
  public Scaling scalingFor(Features real) {
    return Scaling.ofWhole(real);
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
