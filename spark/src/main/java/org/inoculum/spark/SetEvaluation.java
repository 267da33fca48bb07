package org.inoculum.spark;

import java.util.List;
import org.inoculum.evaluate.Evaluation;
import org.jspecify.annotations.Nullable;

/**
 * The evaluation of a set: the document that {@code EvaluateDataset} writes.
 *
 * @param images of the set, all of which were looked at
 * @param real images that FID compares with
 * @param features what images are compared by
 * @param side of the squares that they are compared as, in pixels
 * @param fid Fréchet distance of all images to the real ones, covariances divided by n - 1
 * @param copies images that copy a training image; null where those are not known
 * @param blank images that show nothing; null likewise
 * @param repeats images that repeat an earlier one of the set
 * @param repeatsWithin how near that is: by the rule of {@code generate}, or a fixed distance
 * @param examples at most a hundred of each kind
 * @param sample how many images were drawn for what follows
 * @param evaluation what {@code inoculum evaluate} says of these
 */
record SetEvaluation(
    int images,
    int real,
    String features,
    int side,
    double fid,
    @Nullable Integer copies,
    @Nullable Integer blank,
    int repeats,
    String repeatsWithin,
    Examples examples,
    int sample,
    Evaluation evaluation) {

  /**
   * Files to look at.
   *
   * @param copies with the training image that each is nearest to
   * @param blank files
   * @param repeats with the file that each repeats
   */
  record Examples(List<Near> copies, List<String> blank, List<Near> repeats) {}

  /**
   * An image and what it is near to.
   *
   * @param file of the set
   * @param to a training image, or a file of the set
   */
  record Near(String file, String to) {}
}
