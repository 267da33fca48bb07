package org.inoculum.bench.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Binary cross-entropy of logits: so few numbers that they are computed here.
 *
 * @param value mean over the images
 * @param slopes its derivatives with regard to the logits, (N, 1)
 */
record Nd4jLoss(double value, INDArray slopes) {

  /** Against label 1 where images are taken for real, or are to be. */
  static Nd4jLoss of(float[] logits, boolean real) {
    double sum = 0;
    float[] slopes = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      double wrong = real ? -logits[i] : logits[i];
      sum += Math.max(wrong, 0) + Math.log1p(Math.exp(-Math.abs(wrong))); // softplus
      double slope = 1 / (1 + Math.exp(-wrong)) / logits.length;
      slopes[i] = (float) (real ? -slope : slope);
    }
    return new Nd4jLoss(sum / logits.length, Nd4j.create(slopes, logits.length, 1));
  }
}
