package org.inoculum.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inoculum.UserException;
import org.inoculum.detect.FieldsOptions;
import org.inoculum.detect.FieldsSource;
import org.inoculum.utility.UtilityOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code utility --fields} asks for beside what {@code utility} does. */
final class UtilityFieldsOptions {
  @Option(
      names = "--fields",
      description =
          "The folders hold fields of view with boxes: tests a detector instead of a classifier.")
  private boolean fields;

  @Option(
      names = "--protocol",
      paramLabel = "quick|full",
      description =
          "quick trains 4 classifiers in each of 10 conditions for 300 steps, full 5 in each of 20 for 300 and for 900. With --fields: quick trains each detector for 300 steps; full doubles 900 steps until that no longer helps, which takes hours. Default: quick.")
  private @Nullable String protocol;

  @Option(
      names = "--train-boxes",
      paramLabel = "FILE",
      description =
          "With --fields: annotations of --train. Default: coco.json, annotations.json, boxes.csv or boxes.json in it.")
  private @Nullable Path trainBoxes;

  @Option(
      names = "--held-out-boxes",
      paramLabel = "FILE",
      description = "With --fields: annotations of --held-out. Default: as for --train.")
  private @Nullable Path heldOutBoxes;

  @Option(
      names = "--synthetic-boxes",
      paramLabel = "FILE",
      description = "With --fields: annotations of --synthetic. Default: as for --train.")
  private @Nullable Path syntheticBoxes;

  @Option(
      names = "--compare",
      paramLabel = "NAME=DIR",
      description =
          "With --fields: another set of composed fields, such as pasted=DIR of compose --lay rectangle, that is trained on alone; may be repeated.")
  private Map<String, Path> others = new LinkedHashMap<>();

  @Option(
      names = "--annotated",
      paramLabel = "N",
      split = ",",
      description =
          "With --fields: how many annotated fields to train on beside all, such as 2,5. Default: 1, 3, 9 …; 0: none but all.")
  private List<Integer> annotated = List.of();

  @Option(
      names = "--grades",
      paramLabel = "N",
      split = ",",
      description =
          "With --fields: rising means of cells a field, at each of which a grade of a slide (--group-by) begins; 0.01,0.1,1,10 for sputum smears. Default: no grades.")
  private List<Double> grades = List.of();

  @Option(
      names = "--label",
      paramLabel = "NAME=CLASS",
      description =
          "With --fields: boxes that are called NAME are cells of CLASS; may be repeated, and boxes that no --label"
              + " names are ground then. Default: each name is a class.")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Option(
      names = "--ignore-label",
      paramLabel = "NAME",
      description =
          "With --fields: nobody can say what is in boxes that are called NAME; may be repeated.")
  private List<String> ignoredLabels = List.of();

  @Option(
      names = "--group-by",
      paramLabel = "REGEX",
      description =
          "With --fields: finds the slide or patient in a field's name; one is never on both sides, and intervals"
              + " resample whole ones.")
  private @Nullable String groupBy;

  @Option(
      names = "--keep-detector",
      paramLabel = "FILE",
      description =
          "With --fields: writes the first detector of the best condition, for detect and export; must not exist.")
  private @Nullable Path keepDetector;

  boolean fields() {
    return fields;
  }

  @Nullable String groupBy() {
    return groupBy;
  }

  @Nullable Path keepDetector() {
    return keepDetector;
  }

  /** Says no to what only fields have. */
  void refuseWithoutFields() {
    boolean given =
        trainBoxes != null
            || heldOutBoxes != null
            || syntheticBoxes != null
            || !labels.isEmpty()
            || !ignoredLabels.isEmpty()
            || groupBy != null
            || !others.isEmpty()
            || !annotated.isEmpty()
            || !grades.isEmpty()
            || keepDetector != null;
    if (given) {
      throw UserException.usage(
          "--train-boxes, --held-out-boxes, --synthetic-boxes, --compare, --annotated, --grades, --label, --ignore-label, --group-by and --keep-detector need --fields");
    }
  }

  /** The same of classifiers. */
  UtilityOptions ofClassifiers(
      @Nullable Integer repeats, @Nullable Integer steps, int threads, long seed) {
    boolean full = isFull();
    int protocolRepeats = full ? UtilityOptions.FULL_REPEATS : UtilityOptions.QUICK_REPEATS;
    List<Integer> budgets = full ? UtilityOptions.FULL_BUDGETS : UtilityOptions.QUICK_BUDGETS;
    return new UtilityOptions(
        repeats == null ? protocolRepeats : repeats,
        steps == null ? budgets : List.of(steps),
        full,
        threads,
        seed);
  }

  private boolean isFull() {
    if (protocol == null || protocol.equals("quick")) {
      return false;
    }
    if (protocol.equals("full")) {
      return true;
    }
    throw Suggestions.unknown("protocol", protocol, List.of("quick", "full"));
  }

  /** Says what to do; given steps and repeats win over those of the protocol. */
  FieldsOptions options(
      @Nullable Integer repeats, @Nullable Integer steps, int threads, long seed) {
    boolean full = isFull();
    if (full && steps != null) {
      throw UserException.usage(
          "--protocol full finds the steps itself; leave --steps or --protocol out");
    }
    int protocolSteps = full ? FieldsOptions.FIRST_STEPS : FieldsOptions.QUICK_STEPS;
    return new FieldsOptions(
        repeats == null ? FieldsOptions.DEFAULT_REPEATS : repeats,
        steps == null ? protocolSteps : steps,
        full,
        annotated,
        grades,
        threads,
        seed,
        keepDetector != null);
  }

  FieldsSource source(@Nullable Path train, Path heldOut, @Nullable Path synthetic) {
    Set<String> ignored = new LinkedHashSet<>(ignoredLabels);
    return new FieldsSource(
        train,
        trainBoxes,
        heldOut,
        heldOutBoxes,
        synthetic,
        syntheticBoxes,
        others,
        labels,
        ignored);
  }
}
