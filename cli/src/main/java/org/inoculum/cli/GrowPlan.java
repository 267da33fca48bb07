package org.inoculum.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.inoculum.UserException;
import org.inoculum.files.FormatVersion;
import org.inoculum.files.Storage;
import org.jspecify.annotations.Nullable;

/**
 * What {@code grow} has decided, as {@value #FILE} in its folder keeps it, so that the same command
 * goes on with the same decisions. Minutes have become thousands of images by then: what comes out
 * depends on no clock.
 *
 * @param data the folder that was given, absolute
 * @param options the options that were given and matter, as typed, sorted
 * @param dataSha256 of the list of its images; null where cells are cut from fields
 * @param images training images there are before any are kept aside
 * @param classes with how many images each has, such as "bacillus: 64"
 * @param kimg length of the training
 * @param secondsOfTraining that were expected on the machine where it was planned; null where the
 *     length was given in thousands of images
 * @param prepare options of {@code prepare}; null where the folder is trained on as it is
 * @param share of the images that is kept aside to evaluate on; 0 for none
 * @param heldOut the folder of held-out images that was given instead; null for none
 * @param utility whether a classifier is tested
 */
record GrowPlan(
    String data,
    List<String> options,
    @Nullable String dataSha256,
    int images,
    List<String> classes,
    double kimg,
    @Nullable Double secondsOfTraining,
    @Nullable List<String> prepare,
    double share,
    @Nullable String heldOut,
    boolean utility) {
  static final String FILE = "grow.json";

  /** The folder of what {@code prepare} makes. */
  static final String DATA = "data";

  /** The folder of the only run. */
  static final String RUNS = "run";

  /** A synthetic image costs about this share of what a training image does. */
  private static final double GENERATING = 0.25;

  private static final double SECONDS_OF_EVALUATING = 40;

  /** Keeps copies. */
  GrowPlan {
    options = List.copyOf(options);
    classes = List.copyOf(classes);
    prepare = prepare == null ? null : List.copyOf(prepare);
  }

  /**
   * The plan that a folder was begun with; nothing where there is no such folder, or nothing but a
   * plan in it.
   *
   * @throws UserException of kind USAGE if something else is there
   */
  static @Nullable GrowPlan in(Path out) {
    if (!Files.exists(out)) {
      return null;
    }
    Path file = out.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw UserException.usage(
          out
              + " exists already, and grow has not begun it (it has no "
              + FILE
              + "); name another folder with --out");
    }
    return FormatVersion.read(file, GrowPlan.class);
  }

  /** Whether images are kept aside. */
  boolean isSplit() {
    return share > 0;
  }

  /** Whether the scores come from images that are not trained on. */
  boolean isEvaluatedApart() {
    return isSplit() || heldOut != null;
  }

  /**
   * What was found and what is going to be done, a line each.
   *
   * @param typed the folder as it was typed
   * @param count synthetic images
   */
  List<String> described(Path typed, Path out, int count) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: %d %s of %d %s (%s)",
            typed,
            images,
            prepare != null && dataSha256 == null ? "cells or tiles" : "images",
            classes.size(),
            classes.size() == 1 ? "class" : "classes",
            String.join(", ", classes)));
    if (isSplit()) {
      lines.add(String.format(Locale.ROOT, "  kept aside to evaluate: about %.0f", images * share));
    } else if (heldOut != null) {
      lines.add("  evaluated on " + heldOut);
    }
    lines.add("  training: " + AsTyped.number(kimg) + " kimg" + expected(count));
    lines.add(
        "  then %d images without copies, scores%s, a report, into %s"
            .formatted(count, utility ? ", a test of utility" : "", out));
    return lines;
  }

  /** A rough figure: generating, evaluating and the report come after the training. */
  private String expected(int count) {
    if (secondsOfTraining == null) {
      return "";
    }
    double perImage = secondsOfTraining / (1000 * kimg);
    return String.format(
        Locale.ROOT,
        ", about %s here, about %s in all",
        TrainingDisplay.duration(secondsOfTraining),
        TrainingDisplay.duration(
            secondsOfTraining + GENERATING * count * perImage + SECONDS_OF_EVALUATING));
  }

  /** Begins a folder, whole with its plan. */
  void begin(Path out) {
    Storage.newFolder(
        out, part -> Storage.writeFile(part.resolve(FILE), FormatVersion.document(this)));
  }

  /**
   * Refuses to go on with something else than what was begun.
   *
   * @throws UserException of kind USAGE that names what differs
   */
  void requireSame(Path out, String nowData, List<String> nowOptions, @Nullable String nowSha256) {
    List<String> changes = new ArrayList<>();
    if (!data.equals(nowData)) {
      changes.add("it was begun with " + data);
    } else if (dataSha256 != null && nowSha256 != null && !dataSha256.equals(nowSha256)) {
      changes.add("the images in " + data + " were changed");
    }
    if (!options.equals(nowOptions)) {
      changes.add(
          "its options were "
              + (options.isEmpty() ? "none" : String.join(" ", options))
              + ", and now are "
              + (nowOptions.isEmpty() ? "none" : String.join(" ", nowOptions)));
    }
    if (!changes.isEmpty()) {
      throw UserException.usage(
          out
              + " cannot go on: "
              + String.join("; ", changes)
              + ". Give the command that began it, or name another folder with --out");
    }
  }
}
