package org.inoculum.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.inoculum.UserException;
import org.inoculum.files.FormatVersion;
import org.inoculum.files.Integrity;
import org.inoculum.files.Integrity.Check;
import org.inoculum.files.Integrity.State;
import org.inoculum.files.Json;
import org.inoculum.files.Sums;

/** Reads every hash in a run directory, and everything else that can be read. */
public final class RunIntegrity {
  private static final String DESCRIPTORS = "training-descriptors";

  private RunIntegrity() {}

  /**
   * Checks a run.
   *
   * @throws UserException of kind BAD_DATA if the folder is not a run
   */
  public static Integrity of(Path path) {
    RunDirectory run = RunDirectory.open(path);
    Check check = new Check();
    document(check, run, "config.json", "resume takes the configuration from a whole checkpoint");
    document(check, run, "dataset.json", "generate cannot name classes, and needs it");
    document(check, run, "provenance.json", "where the training images lie has to be said again");
    document(check, run, "held-out.json", "where held-out images lie has to be said again");
    document(check, run, "status.json", "resume writes it again");
    lines(check, run, "stats.jsonl");
    lines(check, run, "metrics.jsonl");
    best(check, run);
    descriptors(check, run);
    for (Path folder : run.snapshots().newestFirst()) {
      check.part(
          "snapshots/" + folder.getFileName(),
          State.WHOLE,
          "generate takes another snapshot; this one cannot be made again",
          () -> {
            Snapshot snapshot = Snapshot.open(folder);
            Sums.require(folder.resolve(Snapshot.SUMS), snapshot.weights());
          });
    }
    for (Path folder : run.checkpoints().newestFirst()) {
      check.part(
          "checkpoints/" + folder.getFileName(),
          State.WHOLE,
          "resume takes an earlier one and trains again from there",
          () -> Checkpoint.open(folder));
    }
    for (Path file : NumberedFolders.children(path.resolve("evaluations"))) {
      check.part(
          "evaluations/" + file.getFileName(),
          State.READABLE,
          "evaluate writes it again",
          () -> Json.read(file, Map.class));
    }
    return check.of(path, "run");
  }

  private static void document(Check check, RunDirectory run, String name, String meaning) {
    Path file = run.path().resolve(name);
    if (!Files.exists(file)) {
      if (!name.equals("held-out.json")) {
        check.damaged(name, "is missing", meaning);
      }
      return;
    }
    check.part(
        name,
        State.READABLE,
        meaning,
        () -> {
          Map<?, ?> document = Json.read(file, Map.class);
          if (name.equals("config.json")) {
            FormatVersion.fields(document, file.toString());
          }
        });
  }

  /** A torn last line is what a crash leaves, and whoever reads the file passes it over. */
  private static void lines(Check check, RunDirectory run, String name) {
    Path file = run.path().resolve(name);
    if (Files.exists(file)) {
      check.part(
          name,
          State.READABLE,
          "its lines are for looking at; resume cuts what it cannot use",
          () -> Json.forEachLine(file, Map.class, line -> {}));
    }
  }

  private static void best(Check check, RunDirectory run) {
    check.part(
        "best.json",
        State.READABLE,
        "generate takes the newest snapshot instead",
        () ->
            run.best()
                .ifPresent(
                    iteration -> {
                      if (!run.snapshots().names().contains(RunDirectory.number(iteration))) {
                        throw UserException.badData(
                            "names the snapshot of iteration " + iteration + ", which is missing");
                      }
                    }));
  }

  private static void descriptors(Check check, RunDirectory run) {
    Path file = run.path().resolve(DESCRIPTORS + ".json");
    Path sums = run.path().resolve(DESCRIPTORS + ".sha256");
    if (Files.exists(file) || Files.exists(sums)) {
      check.part(
          file.getFileName().toString(),
          State.WHOLE,
          "generate refuses the copy check; --train DIR with the training images makes it possible",
          () -> Sums.require(sums, file));
    }
  }
}
