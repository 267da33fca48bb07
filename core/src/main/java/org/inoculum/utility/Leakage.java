package org.inoculum.utility;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.inoculum.UserException;
import org.inoculum.copies.Descriptor;
import org.inoculum.copies.Match;
import org.inoculum.copies.TrainingImages;
import org.inoculum.data.DataSet;
import org.inoculum.data.Sample;

/**
 * Refuses test images that a classifier is also trained on, turned or mirrored or saved again.
 *
 * <p>A real training image must not be the {@linkplain Descriptor#SAME same image} as a test image.
 * A synthetic one may come near a test image by being good, so only an identical one (up to
 * recompression) is refused; nearer ones than SAME are told of.
 */
final class Leakage {
  /** Two descriptors nearer than this are of one file, at most saved again or resized. */
  static final double IDENTICAL = 0.03;

  private static final int NAMED = 3;

  private Leakage() {}

  /**
   * Compares every training image with every test image.
   *
   * @throws UserException of kind BAD_DATA, naming files, if a test image is in training
   */
  static void refuse(UtilityData data, Consumer<String> warn) {
    TrainingImages test = TrainingImages.of(data.heldOut());
    List<String> leaks = pairs(data.train(), data.heldOut(), test, Descriptor.SAME);
    leaks.addAll(pairs(data.synthetic(), data.heldOut(), test, IDENTICAL));
    if (!leaks.isEmpty()) {
      throw UserException.badData(
          leaks.size()
              + " training images show a test image, so the result would prove nothing: "
              + String.join("; ", leaks.subList(0, Math.min(NAMED, leaks.size())))
              + (leaks.size() > NAMED ? "; and more" : "")
              + "; remove them from either side");
    }
    List<String> near = pairs(data.synthetic(), data.heldOut(), test, Descriptor.SAME);
    if (!near.isEmpty()) {
      warn.accept(
          near.size()
              + " synthetic images look nearly like a test image ("
              + near.get(0)
              + "); if the generator was trained on test images, the result proves nothing");
    }
  }

  private static List<String> pairs(
      DataSet training, DataSet tested, TrainingImages test, double limit) {
    List<String> pairs = new ArrayList<>();
    for (Sample sample : training.samples()) {
      Match match = test.nearest(sample.image());
      if (match.distance() < limit) {
        pairs.add(
            String.format(
                Locale.ROOT,
                "%s/%s is %s/%s (distance %.3f)",
                training.root(),
                sample.source(),
                tested.root(),
                match.name(),
                match.distance()));
      }
    }
    return pairs;
  }
}
