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

  /** Each set of images is one. */
  static final int STEPS = 3;

  static FeatureSets of(Comparison images, FeatureSpace space, Steps steps) {
    Features real = space.of(images.real().images());
    steps.done(1);
    Scaling scaling = space.scalingFor(real);
    ImageSet train = images.train();
    Features generated = scaling.apply(space.of(images.generated().images()));
    steps.done(1);
    Features trained = train == null ? null : scaling.apply(space.of(train.images()));
    steps.done(1);
    return new FeatureSets(space.name(), scaling.apply(real), generated, trained);
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
