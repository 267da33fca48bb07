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
          "With --fields: quick trains each detector for 300 steps, full for 1,200. Default: quick.")
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
        protocol != null
            || trainBoxes != null
            || heldOutBoxes != null
            || syntheticBoxes != null
            || !labels.isEmpty()
            || !ignoredLabels.isEmpty()
            || groupBy != null
            || keepDetector != null;
    if (given) {
      throw UserException.usage(
          "--protocol, --train-boxes, --held-out-boxes, --synthetic-boxes, --label, --ignore-label, --group-by and --keep-detector need --fields");
    }
  }

  int steps() {
    if (protocol == null || protocol.equals("quick")) {
      return FieldsOptions.QUICK_STEPS;
    }
    if (protocol.equals("full")) {
      return FieldsOptions.FULL_STEPS;
    }
    throw Suggestions.unknown("protocol", protocol, List.of("quick", "full"));
  }

  FieldsSource source(@Nullable Path train, Path heldOut, @Nullable Path synthetic) {
    Set<String> ignored = new LinkedHashSet<>(ignoredLabels);
    return new FieldsSource(
        train, trainBoxes, heldOut, heldOutBoxes, synthetic, syntheticBoxes, labels, ignored);
  }
}
