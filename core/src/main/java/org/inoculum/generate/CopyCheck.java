package org.inoculum.generate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.inoculum.UserException;
import org.inoculum.copies.Match;
import org.inoculum.copies.NearestSheet;
import org.inoculum.copies.TrainingImages;
import org.inoculum.data.DataSet;
import org.inoculum.data.Manifest;
import org.inoculum.data.Sample;
import org.inoculum.image.Image;
import org.inoculum.image.Png;
import org.inoculum.run.RunDirectory;

/**
 * The copy check of a run: the images that its own are compared with, and the sheet that shows the
 * nearest.
 *
 * @param training in the form in which copies are searched
 * @param shown the training images themselves, where they were given
 */
public record CopyCheck(TrainingImages training, Optional<DataSet> shown) {

  /**
   * The screen of a run: against the training images that are given, else against what the run
   * itself remembers of them.
   *
   * @throws UserException of kind USAGE if neither is there
   */
  public static CopyCheck of(RunDirectory run, Optional<DataSet> given, Consumer<String> warn) {
    Path remembered = run.path().resolve(TrainingImages.FILE);
    if (given.isPresent()) {
      if (!given.get().manifest().sha256().equals(run.dataset(Manifest.class).sha256())) {
        warn.accept(
            "the images of --train are not those that the run was trained on (their hashes differ from dataset.json); copies of images that are not among them will not be found");
      }
      return new CopyCheck(TrainingImages.of(given.get()), given);
    }
    if (!Files.isRegularFile(remembered)) {
      throw UserException.usage(
          run.path()
              + " does not remember its training images (it has no "
              + TrainingImages.FILE
              + "), so copies of them cannot be found; name their folder with --train DIR, or generate without the test with --no-filter");
    }
    try {
      return new CopyCheck(TrainingImages.readChecked(remembered), given);
    } catch (UserException e) {
      throw UserException.badData(
          "copies of training images cannot be searched, so nothing was generated: "
              + e.getMessage()
              + "; name the training images with --train DIR, or generate without the test with --no-filter",
          e);
    }
  }

  /**
   * The first images beside their nearest training images, into the run directory: the synthetic
   * data set is passed on, the training images are not.
   */
  void writeSheet(RunDirectory run, List<Image> images) {
    if (shown.isEmpty() || images.isEmpty()) {
      return;
    }
    List<Image> generated = images.subList(0, Math.min(images.size(), NearestSheet.PAIRS));
    List<Match> nearest = generated.stream().map(training::nearest).toList();
    List<Image> reals = shown.get().samples().stream().map(Sample::image).toList();
    run.writeSamples("nearest", Png.encode(NearestSheet.of(generated, nearest, reals)));
  }
}
