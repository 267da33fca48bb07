package org.inoculum.generate;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.inoculum.UserException;
import org.inoculum.copies.CopyFilter;
import org.inoculum.copies.CopyFilter.Reason;
import org.inoculum.copies.Match;
import org.inoculum.copies.NearestSheet;
import org.inoculum.copies.TrainingImages;
import org.inoculum.data.DataSet;
import org.inoculum.data.Manifest;
import org.inoculum.data.Sample;
import org.inoculum.files.Json;
import org.inoculum.files.Sha256;
import org.inoculum.image.Image;
import org.inoculum.image.Png;
import org.inoculum.run.RunDirectory;

/** Keeps copies, repeats and blank images out of a grown set, and tells what it kept out. */
final class Screen {
  /** Before so many images were drawn nothing is said of a generator that fails. */
  private static final int PATIENCE = 256;

  private static final double MOST_REJECTED = 0.9;

  private final TrainingImages training;
  private final double threshold;
  private final CopyFilter filter;
  private final Optional<DataSet> shown;
  private final int[] rejections = new int[Reason.values().length];
  private final StringBuilder newLines = new StringBuilder();
  private final List<Image> generated = new ArrayList<>();
  private final List<Match> nearest = new ArrayList<>();
  private int judged;

  private Screen(TrainingImages training, Optional<DataSet> shown) {
    this.training = training;
    this.threshold = training.threshold();
    this.filter = new CopyFilter(training, threshold);
    this.shown = shown;
  }

  /**
   * The screen of a run: against the training images that are given, else against what the run
   * itself remembers of them.
   *
   * @throws UserException of kind USAGE if neither is there
   */
  static Screen of(RunDirectory run, Optional<DataSet> given, Consumer<String> warn) {
    Path remembered = run.path().resolve(TrainingImages.FILE);
    if (given.isPresent()) {
      if (!given.get().manifest().sha256().equals(run.dataset(Manifest.class).sha256())) {
        warn.accept(
            "the images of --train are not those that the run was trained on (their hashes differ from dataset.json); copies of images that are not among them will not be found");
      }
      return new Screen(TrainingImages.of(given.get()), given);
    }
    if (!Files.isRegularFile(remembered)) {
      throw UserException.usage(
          run.path()
              + " does not remember its training images (it has no "
              + TrainingImages.FILE
              + ", as runs of earlier versions), so copies of them cannot be found; name their folder with --train DIR, or grow without the test with --no-filter");
    }
    return new Screen(TrainingImages.read(remembered), given);
  }

  /** Judges the next image; a rejected one is written down. */
  CopyFilter.Verdict judge(Image image, long seed, long index) {
    CopyFilter.Verdict verdict = filter.judge(image);
    judged++;
    Match match = verdict.nearest();
    verdict
        .rejected()
        .ifPresent(
            reason -> {
              rejections[position(reason)]++;
              newLines
                  .append(
                      Json.line(
                          new RejectedImage(
                              index,
                              seed,
                              reason.word(),
                              match.name(),
                              rounded(match.distance()),
                              rounded(match.ratio()))))
                  .append('\n');
            });
    if (shown.isPresent() && verdict.rejected().isEmpty() && nearest.size() < NearestSheet.PAIRS) {
      generated.add(image);
      nearest.add(match);
    }
    return verdict;
  }

  /**
   * Ends a growth that comes to nothing.
   *
   * @throws UserException of kind FAILURE if hardly any image is accepted
   */
  void refuseHopeless() {
    if (judged >= PATIENCE && rejected() > MOST_REJECTED * judged) {
      throw UserException.failure(
          String.format(
              Locale.ROOT,
              "%d of the first %d images were rejected (%s), so growing stopped and left nothing; the generator needs more or other training, or look at what it makes with --no-filter",
              rejected(),
              judged,
              counts()));
    }
  }

  int rejected() {
    int sum = 0;
    for (int count : rejections) {
      sum += count;
    }
    return sum;
  }

  /** What was rejected since this was last asked, as lines of {@code rejected.jsonl}. */
  String takeRejectedLines() {
    String taken = newLines.toString();
    newLines.setLength(0);
    return taken;
  }

  /** Counts an image that was rejected before this growth was resumed. */
  void recall(RejectedImage before) {
    judged++;
    for (Reason reason : Reason.values()) {
      if (reason.word().equals(before.reason())) {
        rejections[position(reason)]++;
      }
    }
  }

  /** What decides the verdicts, in words. */
  String identity() {
    return Sha256.of(training.document().getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  /** What was tested, with which numbers. */
  String notice() {
    return String.format(
        Locale.ROOT,
        "Each image was compared with all %d training images, upright and turned by 45 degrees, under the 8 symmetries of the square, on %d-number descriptors; it was rejected as a copy below a ratio of %.3f to the training image's own distance to its nearest different neighbour. Of %d images %d were rejected (%s). Copies that are cut, shifted by more than a pixel or two, or turned by another angle may be missed.",
        training.count(),
        256,
        threshold,
        judged,
        rejected(),
        counts());
  }

  /** What the set's description says of the test. */
  GrownSet.CopyTest test() {
    return new GrownSet.CopyTest(
        training.count(),
        rounded(threshold),
        rejections[position(Reason.COPY)],
        rejections[position(Reason.REPEAT)],
        rejections[position(Reason.BLANK)]);
  }

  /**
   * Fakes beside their nearest training images, into the run directory: the grown set is passed on,
   * the training images are not.
   */
  Optional<Path> writeSheet(RunDirectory run) {
    if (shown.isEmpty() || generated.isEmpty()) {
      return Optional.empty();
    }
    List<Image> images = shown.get().samples().stream().map(Sample::image).toList();
    return Optional.of(
        run.writeSamples("nearest", Png.encode(NearestSheet.of(generated, nearest, images))));
  }

  private String counts() {
    return String.format(
        Locale.ROOT,
        "%d copies, %d repeats of another generated image, %d blank",
        rejections[position(Reason.COPY)],
        rejections[position(Reason.REPEAT)],
        rejections[position(Reason.BLANK)]);
  }

  private static int position(Reason reason) {
    return switch (reason) {
      case COPY -> 0;
      case REPEAT -> 1;
      case BLANK -> 2;
    };
  }

  /** Four digits are more than the descriptors are good for. */
  static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
