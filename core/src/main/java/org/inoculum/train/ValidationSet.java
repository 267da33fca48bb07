package org.inoculum.train;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inoculum.UserException;
import org.inoculum.data.DataSet;
import org.inoculum.data.HeldOutImages;
import org.inoculum.data.Manifest;
import org.inoculum.data.Sample;
import org.inoculum.data.Split;
import org.inoculum.evaluate.HeldOutScore;

/**
 * The training images and the validation set, the real images that a training is evaluated on.
 *
 * @param by where those come from
 * @param training images to train on
 * @param real images to evaluate on
 * @param folder of the held-out images where they have one
 */
record ValidationSet(ValidationSource by, DataSet training, DataSet real, Optional<Path> folder) {
  private static final int SHOWN = 5;

  /**
   * Settles which images are which.
   *
   * @throws UserException if the configuration asks for held-out images that are not given, or they
   *     do not fit the training images
   */
  static ValidationSet of(TrainConfig config, DataSet data, Optional<HeldOutFolder> given) {
    if (given.isPresent() != (config.validationSet() == ValidationSource.HELD_OUT_FOLDER)) {
      throw UserException.usage(
          given.isPresent()
              ? "held-out images are given, but the run is evaluated on others"
              : "the run is evaluated on held-out images; name their folder with --held-out DIR");
    }
    return switch (config.validationSet()) {
      case TRAINING_IMAGES ->
          new ValidationSet(ValidationSource.TRAINING_IMAGES, data, data, Optional.empty());
      case SPLIT -> ofSplit(data, config.seed());
      case HELD_OUT_FOLDER -> ofFolder(data, given.orElseThrow());
    };
  }

  private static ValidationSet ofSplit(DataSet data, long seed) {
    int count = ValidationSource.heldOut(data.samples().size());
    if (count < HeldOutScore.LEAST_HELD_OUT) {
      throw UserException.usage(
          "the configuration holds out a part of the training images, but "
              + data.samples().size()
              + " are too few for that");
    }
    Split split = Split.of(data, count, seed);
    int heldOut = split.heldOut().samples().size();
    if (heldOut < HeldOutScore.LEAST_HELD_OUT) {
      throw UserException.badData(
          "expected at least %d held-out images, found %d in whole groups of %s; --no-split holds out none"
              .formatted(HeldOutScore.LEAST_HELD_OUT, heldOut, data.root()));
    }
    return new ValidationSet(
        ValidationSource.SPLIT, split.training(), split.heldOut(), Optional.empty());
  }

  private static ValidationSet ofFolder(DataSet data, HeldOutFolder given) {
    DataSet heldOut = given.images();
    if (heldOut.samples().size() < HeldOutScore.LEAST_HELD_OUT) {
      throw UserException.badData(
          "expected at least %d held-out images in %s, found %d"
              .formatted(HeldOutScore.LEAST_HELD_OUT, given.folder(), heldOut.samples().size()));
    }
    if (heldOut.size() != data.size() || heldOut.channels() != data.channels()) {
      throw UserException.badData(
          "expected held-out images of %d pixels and %d channels as the training images, found %d and %d in %s"
              .formatted(
                  data.size(),
                  data.channels(),
                  heldOut.size(),
                  heldOut.channels(),
                  given.folder()));
    }
    boolean oneKind = data.classes().size() == 1 && heldOut.classes().size() == 1;
    if (!oneKind && !data.classes().containsAll(heldOut.classes())) {
      throw UserException.badData(
          "expected class folders in %s as among the training images %s, found %s"
              .formatted(given.folder(), data.classes(), heldOut.classes()));
    }
    refuseShared(data, given);
    return new ValidationSet(
        ValidationSource.HELD_OUT_FOLDER,
        data,
        heldOut,
        Optional.of(given.folder().toAbsolutePath().normalize()));
  }

  /** A held-out image that is trained on is not held out. */
  private static void refuseShared(DataSet data, HeldOutFolder given) {
    Map<String, String> trained = new HashMap<>();
    data.samples().forEach(sample -> trained.put(sample.sha256(), sample.source()));
    List<String> shared =
        given.images().samples().stream()
            .filter(sample -> trained.containsKey(sample.sha256()))
            .map(sample -> sample.source() + " is " + trained.get(sample.sha256()))
            .toList();
    if (!shared.isEmpty()) {
      throw UserException.badData(
          "%d of the held-out images in %s are training images: %s%s; take them out of one of the folders"
              .formatted(
                  shared.size(),
                  given.folder(),
                  String.join(", ", shared.subList(0, Math.min(SHOWN, shared.size()))),
                  shared.size() > SHOWN ? ", …" : ""));
    }
  }

  /** The label that the generator knows a sample's class by. */
  int label(Sample sample) {
    return training.classes().size() == 1
        ? 0
        : training.classes().indexOf(real.classes().get(sample.label()));
  }

  /** What the run writes down of it. */
  HeldOutImages written() {
    return new HeldOutImages(
        by.name(),
        folder.map(Path::toString).orElse(null),
        by == ValidationSource.TRAINING_IMAGES ? null : real.manifest());
  }

  /** Refuses to go on with other held-out images than the run has had. */
  void requireSame(HeldOutImages before) {
    Manifest saved = before.images();
    if (saved != null) {
      ResumeCheck.requireSameData("held-out images", saved, real.manifest());
    }
  }

  /** In a line for the log. */
  String describe() {
    int n = real.samples().size();
    return switch (by) {
      case HELD_OUT_FOLDER ->
          "evaluated on %d held-out images of %s".formatted(n, folder.orElseThrow());
      case SPLIT ->
          "evaluated on %d images that are held out of the training folder, drawn by the seed%s (%s); --no-split trains on them too"
              .formatted(
                  n,
                  real.groups() < n ? " in " + real.groups() + " whole groups" : "",
                  HeldOutImages.FILE);
      case TRAINING_IMAGES ->
          "evaluated on the %d training images themselves, which cannot tell whether they are memorised; held-out images can: --held-out DIR"
              .formatted(n);
    };
  }
}
