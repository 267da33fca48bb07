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

  /** The features of the images of one class. */
  FeatureSets ofClass(Comparison images, String className) {
    ImageSet training = images.train();
    int[] known = training == null ? new int[0] : training.places(className);
    return new FeatureSets(
        space,
        real.select(images.real().places(className)),
        generated.select(images.generated().places(className)),
        train == null || known.length == 0 ? null : train.select(known));
  }
}
