package org.inoculum.evaluate;

import org.inoculum.metric.Features;
import org.jspecify.annotations.Nullable;

/**
 * The features of a comparison, brought to one scale.
 *
 * @param space name of the feature space
 * @param real of the real images
 * @param generated of the generated images
 * @param train of the training images, or null
 */
record FeatureSets(String space, Features real, Features generated, @Nullable Features train) {

  static FeatureSets of(Comparison images, FeatureSpace space) {
    Features real = space.of(images.real().images());
    Scaling scaling = space.scalingFor(real);
    ImageSet train = images.train();
    return new FeatureSets(
        space.name(),
        scaling.apply(real),
        scaling.apply(space.of(images.generated().images())),
        train == null ? null : scaling.apply(space.of(train.images())));
  }
}
