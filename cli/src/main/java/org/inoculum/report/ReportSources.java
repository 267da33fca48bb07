package org.inoculum.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.inoculum.Inoculum;
import org.inoculum.UserException;
import org.inoculum.evaluate.RunEvaluation;
import org.inoculum.files.Json;
import org.inoculum.files.Storage;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.SnapshotChoice;
import org.inoculum.torch.PrecisionChoice;
import org.inoculum.utility.UtilityResult;

/**
 * The sources of a report, beside the run itself.
 *
 * @param evaluation what {@code inoculum evaluate --json} printed
 * @param heldOut real images to evaluate the run with instead
 * @param synthetic a data set that {@code inoculum generate} made from the run
 * @param utility what {@code inoculum utility --out} wrote
 * @param snapshot which of the run's generators is reported on
 * @param threads intra-op threads, where the generator has to run
 * @param precision the same
 */
public record ReportSources(
    Optional<Path> evaluation,
    Optional<Path> heldOut,
    Optional<Path> synthetic,
    Optional<Path> utility,
    SnapshotChoice snapshot,
    int threads,
    PrecisionChoice precision) {
  /** There is one evaluation at most. */
  public ReportSources {
    if (evaluation.isPresent() && heldOut.isPresent()) {
      throw UserException.usage(
          "--evaluation is a finished evaluation and --held-out asks for a new one; name one of them");
    }
    if (threads < 1 || threads > 1024) {
      throw UserException.usage("--threads must be from 1 to 1024, was " + threads);
    }
  }

  /**
   * Keeps what a utility test found in the run that made the synthetic images, where a report finds
   * it.
   *
   * @return the file
   */
  public static Path keepUtility(RunDirectory run, UtilityResult result) {
    Path file = utilityOf(run);
    Path folder = run.path().resolve(RunEvaluation.FOLDER);
    Storage.refuseLink(folder);
    Storage.createFolders(folder);
    Storage.writeFile(file, Json.document(result));
    return file;
  }

  /** The utility test that a run keeps. */
  public static Optional<UtilityResult> keptUtility(RunDirectory run) {
    return Optional.of(utilityOf(run))
        .filter(Files::isRegularFile)
        .map(file -> Json.read(file, UtilityResult.class));
  }

  /** What a utility test wrote: the file that was named, else what the run keeps. */
  Optional<Path> utility(RunDirectory run) {
    return utility.or(() -> Optional.of(utilityOf(run)).filter(Files::isRegularFile));
  }

  private static Path utilityOf(RunDirectory run) {
    return run.path().resolve(RunEvaluation.FOLDER).resolve("utility.json");
  }

  /** The same as options of {@code inoculum report}, each followed by a blank. */
  String options() {
    return option("--evaluation", evaluation)
        + option("--held-out", heldOut)
        + option("--synthetic", synthetic)
        + option("--utility", utility)
        + snapshotOption();
  }

  private String snapshotOption() {
    return switch (snapshot.kind()) {
      case BEST -> "";
      case NEWEST -> "--snapshot newest ";
      case NUMBERED -> "--snapshot " + snapshot.iteration() + " ";
    };
  }

  private static String option(String name, Optional<Path> value) {
    return value.map(path -> name + " " + Inoculum.quoted(path.toString()) + " ").orElse("");
  }
}
