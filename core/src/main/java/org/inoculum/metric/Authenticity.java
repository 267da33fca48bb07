package org.inoculum.metric;

/**
 * Authenticity (Alaa et al. 2021, arXiv 2102.08921): a generated image g with nearest training
 * image x* is authentic if it lies farther from x* than x*'s own nearest other training image does.
 * Copies are not authentic; neither are most good images where the training set is sparse: compare
 * with the share of held-out real images.
 *
 * @param share authentic generated images, in [0, 1]
 * @param trainCount training images
 * @param generatedCount generated images
 */
public record Authenticity(double share, int trainCount, int generatedCount) {

  /**
   * The authentic share of {@code generated}.
   *
   * @throws org.inoculum.UserException (bad data) if dimensions differ or there are fewer than two
   *     training images
   */
  public static Authenticity of(Features train, Features generated) {
    Features.requireSameDimension(train, generated);
    return of(Neighbours.within(train, 1), Nearest.of(generated, train), generated.count());
  }

  static Authenticity of(Neighbours train, Nearest nearest, int generatedCount) {
    double[] radii = train.squaredRadii(1);
    int authentic = 0;
    for (int g = 0; g < generatedCount; g++) {
      authentic += nearest.squaredDistance(g) > radii[nearest.reference(g)] ? 1 : 0;
    }
    return new Authenticity((double) authentic / generatedCount, radii.length, generatedCount);
  }
}
