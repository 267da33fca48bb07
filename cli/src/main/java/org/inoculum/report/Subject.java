package org.inoculum.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.inoculum.Inoculum;
import org.inoculum.UserException;
import org.inoculum.data.Manifest;
import org.inoculum.data.Reading;
import org.inoculum.evaluate.RunImages;
import org.inoculum.files.Json;
import org.inoculum.run.Provenance;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.RunStatus;
import org.inoculum.run.Snapshot;
import org.inoculum.run.SnapshotChoice;

/**
 * The run that is reported on, as far as its files say; those that are missing are empty.
 *
 * @param run where it is
 * @param config {@code config.json}
 * @param data {@code dataset.json}
 * @param provenance {@code provenance.json}
 * @param status {@code status.json}
 * @param snapshot the one that is reported on
 * @param trainingFolder where the images still lie that it was trained on
 */
record Subject(
    RunDirectory run,
    Map<?, ?> config,
    Optional<Manifest> data,
    Optional<Provenance> provenance,
    Optional<RunStatus> status,
    Optional<Snapshot> snapshot,
    Optional<Path> trainingFolder) {

  /**
   * Reads the run's files.
   *
   * @throws UserException of kind BAD_DATA at one that is damaged
   */
  static Subject read(RunDirectory run, SnapshotChoice choice, Consumer<String> warn) {
    return new Subject(
        run,
        Json.read(run.config(), Map.class),
        ifThere(run, "dataset.json", Manifest.class),
        ifThere(run, "provenance.json", Provenance.class),
        ifThere(run, "status.json", RunStatus.class),
        snapshot(run, choice, warn),
        RunImages.trainingFolder(run));
  }

  /** A run has none before its first sample grid. */
  private static Optional<Snapshot> snapshot(
      RunDirectory run, SnapshotChoice choice, Consumer<String> warn) {
    try {
      return Optional.of(choice.in(run, warn));
    } catch (UserException e) {
      if (choice.kind() == SnapshotChoice.Kind.NUMBERED) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private static <T> Optional<T> ifThere(RunDirectory run, String name, Class<T> type) {
    Path file = run.path().resolve(name);
    return Files.exists(file) ? Optional.of(Json.read(file, type)) : Optional.empty();
  }

  /** How the training images were read, and others that are to be compared with them are. */
  Reading reading() {
    return data.map(Manifest::rereading).orElse(Reading.DEFAULT);
  }

  /** The run directory's name. */
  String name() {
    return String.valueOf(run.path().toAbsolutePath().normalize().getFileName());
  }

  /** A command line about this run, to be copied into a shell. */
  String command(String command, String options) {
    return "inoculum %s %s %s"
        .formatted(command, Inoculum.quoted(run.path().toString()), options)
        .strip();
  }

  /** The command that makes this report again with something more. */
  String reportWith(ReportSources sources, String more) {
    return command("report", sources.options() + more + " --overwrite");
  }

  /** The lines of one of the run's files of JSON lines; none where it does not exist. */
  List<Map<?, ?>> lines(String name) {
    Path file = run.path().resolve(name);
    if (!Files.exists(file)) {
      return List.of();
    }
    return Json.readLines(file, Map.class).stream().<Map<?, ?>>map(line -> line).toList();
  }
}
