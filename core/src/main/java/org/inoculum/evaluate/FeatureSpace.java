package org.inoculum.evaluate;

import java.util.List;
import org.inoculum.image.Image;
import org.inoculum.metric.Features;

/**
 * A way to turn images into the numbers that metrics compare. The features of an image depend on
 * that image alone, so that sets may be turned one after the other.
 */
public sealed interface FeatureSpace extends AutoCloseable
    permits PixelFeatures, ScatteringFeatures, OnnxFeatures {

  /** What results call it: {@code pixels}, {@code scattering} or the file's name. */
  String name();

  /**
   * One row for each image.
   *
   * @param images at least one, of any size, 1 or 3 channels, 8 or 16 bits
   * @throws org.inoculum.UserException if a network computes something that is no finite number
   */
  Features of(List<Image> images);

  /** How features are brought to a scale that suits KID's kernel, as seen from the real images. */
  Scaling scalingFor(Features real);

  /** Frees the native memory. */
  @Override
  void close();
}
