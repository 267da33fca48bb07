package org.inoculum.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.inoculum.Inoculum;
import org.inoculum.UserException;
import org.inoculum.compose.CompositionResult;
import org.inoculum.detect.FieldsResult;
import org.inoculum.files.FormatVersion;
import org.inoculum.files.Json;
import org.inoculum.files.OwnFile;
import org.inoculum.files.Storage;

/**
 * A set of composed fields as one HTML file: fields with their boxes, and what they are good for.
 */
public final class FieldsReport {
  private static final String COMPOSITION = "composition.json";

  private static final List<String> LIMITS =
      List.of(
          "Fields composed of real crops hold real cells, and their ground is real: this report shows them. Pass it on only to those who may see them.",
          "Composed fields hold no kind of cell, debris or ground that the crops and the ground did not hold.",
          "The detector was tested on the fields that are named here: one of another stain, microscope or magnification may give any count.",
          "Neither the fields nor a detector of this program are a medical device.");

  private FieldsReport() {}

  /** Whether a folder is a set of composed fields. */
  public static boolean describes(Path folder) {
    return Files.isRegularFile(folder.resolve(COMPOSITION));
  }

  /**
   * Writes it, whole or not at all.
   *
   * @param set that {@code compose} wrote
   * @param utility what {@code utility --fields --out} wrote; empty: none
   * @param real annotated fields to show beside composed ones; empty: none
   * @param file where it goes
   * @param overwrite whether an earlier report there is replaced; anything else there never is
   * @param note is told in a sentence of anything odd
   * @throws UserException of kind USAGE if something is in the way, BAD_DATA if a file is missing
   *     or damaged, STORAGE if the report cannot be written
   */
  public static void write(
      Path set,
      Optional<Path> utility,
      Optional<Path> real,
      Path file,
      boolean overwrite,
      Consumer<String> note) {
    Fonts.require();
    new OwnFile(file, "a report", Report.MARK, 1000).requireFree(overwrite);
    CompositionResult made = FormatVersion.read(set.resolve(COMPOSITION), CompositionResult.class);
    if (made.modality() == null || made.program() == null) {
      throw UserException.badData(
          set.resolve(COMPOSITION) + " is not what `inoculum compose` writes");
    }
    String name = String.valueOf(set.toAbsolutePath().normalize().getFileName());
    List<ReportSection> parts = new ArrayList<>();
    Optional<FieldsResult> tested = utility.map(FieldsReport::read);
    parts.add(
        tested
            .map(result -> DetectorSection.of(result, utility.orElseThrow()))
            .orElseGet(
                () ->
                    ReportSection.missing(
                        DetectorSection.TITLE,
                        "no test was named",
                        "inoculum utility --fields --train FIELDS --held-out TEST-FIELDS --synthetic "
                            + Inoculum.quoted(set.toString())
                            + " --out fields.json")));
    parts.add(ComposedSection.of(set, made, real, note));
    Storage.writeFile(
        file, Report.page("Composed fields " + name, List.of(), Html.NOTHING, parts, LIMITS));
  }

  private static FieldsResult read(Path file) {
    FieldsResult result = Json.read(file, FieldsResult.class);
    if (result.verdict() == null
        || result.fields() == null
        || result.cells() == null
        || result.conditions().stream()
            .anyMatch(
                one ->
                    one.condition() == null
                        || one.apByRepeat() == null
                        || one.precisions() == null
                        || one.countedByField() == null
                        || one.countedByField().size() != result.truths().size())) {
      throw UserException.badData(
          file + " is no test of fields: expected what `inoculum utility --fields --out` writes");
    }
    return result;
  }
}
