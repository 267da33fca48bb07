package org.inoculum.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.inoculum.UserException;
import org.inoculum.files.FormatVersion;
import org.inoculum.files.Json;
import org.inoculum.files.Sha256;
import org.inoculum.files.Storage;

/**
 * One training on disk, and the only thing that the other commands know of it.
 *
 * <pre>
 * 00007-bacillus-classic/
 *   config.json provenance.json dataset.json   before the first step
 *   status.json                                replaced whole
 *   log.txt stats.jsonl metrics.jsonl          append-only
 *   samples/reals.png samples/000100.png …
 *   snapshots/000100/{generator.safetensors, snapshot.json, snapshot.sha256}   for use
 *   checkpoints/000100/{state.safetensors, training.json, config.json, manifest.json}   for resuming
 *   best.json                                  which iteration was evaluated best, once one was
 *   lock.json                                  who is training it, while somebody is
 * </pre>
 *
 * @param path the folder
 */
public record RunDirectory(Path path) {
  private static final long SNAPSHOT_KEPT_EVERY = 1000;
  private static final long CHECKPOINT_KEPT_EVERY = 10_000;
  private static final String STATS = "stats.jsonl";
  private static final String METRICS = "metrics.jsonl";
  private static final String BEST = "best.json";
  private static final String CHECKPOINTS = "checkpoints";

  /**
   * Makes the next numbered run, whole with the documents that describe it.
   *
   * @param runs the folder of all runs; made where it is missing
   * @param name what follows the number
   * @param documents contents by file name, such as {@code config.json}
   */
  public static RunDirectory create(Path runs, String name, Map<String, String> documents) {
    return create(runs, name, documents, folder -> {});
  }

  /**
   * As {@link #create(Path, String, Map)}.
   *
   * @param more what else is written into it, such as what is too large to be held as text
   */
  public static RunDirectory create(
      Path runs, String name, Map<String, String> documents, Storage.FolderContent more) {
    Storage.createFolders(runs);
    RunName names = new RunName(runs, name);
    Path path =
        Storage.newNumberedFolder(
            runs,
            names.name(),
            names,
            folder -> {
              Storage.createFolders(folder.resolve("samples"));
              Storage.createFolders(folder.resolve("snapshots"));
              Storage.createFolders(folder.resolve("checkpoints"));
              for (var document : documents.entrySet()) {
                Storage.writeFile(folder.resolve(document.getKey()), document.getValue());
              }
              more.writeTo(folder);
            });
    return new RunDirectory(path);
  }

  /**
   * A run that exists.
   *
   * @throws UserException of kind BAD_DATA if the folder is not a run
   */
  public static RunDirectory open(Path path) {
    if (!Files.isRegularFile(path.resolve("config.json"))
        && !Files.isDirectory(path.resolve(CHECKPOINTS))) {
      throw UserException.badData(
          path
              + " is not a run: expected a folder with a config.json, as `inoculum train` makes under runs/");
    }
    RunDirectory run = new RunDirectory(path);
    run.requireCurrentFormat();
    return run;
  }

  private void requireCurrentFormat() {
    Map<?, ?> document;
    try {
      document = Json.read(config(), Map.class);
    } catch (UserException e) {
      return; // whoever needs the configuration says what is wrong with it
    }
    if (document.containsKey("recipe")) {
      FormatVersion.fields(document, String.valueOf(path));
    }
  }

  /** The configuration's file. */
  public Path config() {
    return path.resolve("config.json");
  }

  /** Replaces the configuration, such as by one with a larger budget. */
  public void writeConfig(String document) {
    Storage.writeFile(config(), document);
  }

  /** Writes a document that describes the run again, which was lost. */
  public void restoreDocument(String name, String content) {
    Storage.writeFile(path.resolve(name), content);
  }

  /**
   * Makes the folders that a training writes to, where they were lost.
   *
   * @throws UserException of kind STORAGE if one of them is a link
   */
  public void restoreFolders() {
    Storage.refuseLink(path.resolve("tensorboard"));
    for (String folder : List.of("samples", "snapshots", CHECKPOINTS)) {
      Storage.refuseLink(path.resolve(folder));
      Storage.createFolders(path.resolve(folder));
    }
  }

  /** Reads {@code dataset.json}. */
  public <T> T dataset(Class<T> type) {
    return Json.read(path.resolve("dataset.json"), type);
  }

  /** Replaces {@code status.json}. */
  public void writeStatus(RunStatus status) {
    Storage.writeFile(path.resolve("status.json"), Json.document(status));
  }

  /** Reads {@code provenance.json}. */
  public Provenance provenance() {
    return Json.read(path.resolve("provenance.json"), Provenance.class);
  }

  /** Reads {@code status.json}. */
  public RunStatus status() {
    return Json.read(path.resolve("status.json"), RunStatus.class);
  }

  /** The state that {@code status.json} tells; nothing where a crash has torn the file. */
  public Optional<RunStatus.State> state() {
    try {
      return Optional.of(status().state());
    } catch (UserException e) {
      return Optional.empty(); // whoever trains next writes a new one
    }
  }

  /** Appends a line of {@code stats.jsonl}. */
  public void appendStats(Object record) {
    Storage.appendLine(path.resolve(STATS), Json.line(record));
  }

  /** Appends a line of {@code metrics.jsonl}; it stays, for what comes next may rely on it. */
  public void appendMetrics(Object record) {
    Path file = path.resolve(METRICS);
    Storage.appendLine(file, Json.line(record));
    Storage.force(file);
  }

  /** The whole lines of {@code metrics.jsonl}. */
  public <T> List<T> metrics(Class<T> type) {
    Path file = path.resolve(METRICS);
    return Files.exists(file) ? Json.readLines(file, type) : List.of();
  }

  /** Appends a line of {@code log.txt}. */
  public void appendLog(String line) {
    Storage.appendLine(path.resolve("log.txt"), line);
  }

  /** Writes a sample grid; {@code name} is without its ending. */
  public Path writeSamples(String name, byte[] png) {
    Path file = path.resolve("samples").resolve(name + ".png");
    Storage.writeFile(file, png);
    return file;
  }

  /**
   * Saves a generator, whole or not at all, then removes those that are not worth keeping: the
   * newest three stay, the best, and every thousandth iteration. One that is there already is
   * replaced if the training came by with other weights.
   */
  public void writeSnapshot(
      long iteration, byte[] weights, Function<String, SnapshotInfo> describe) {
    Snapshot.write(snapshots().of(iteration), weights, describe.apply(Sha256.of(weights)));
    snapshots().prune(iteration, keptForBest(), SNAPSHOT_KEPT_EVERY);
  }

  /**
   * Saves a checkpoint, whole or not at all, then removes those that are not worth keeping: the
   * newest three stay, the best, and the first in every ten thousand iterations.
   *
   * @param files contents by name
   */
  public void writeCheckpoint(long iteration, Map<String, byte[]> files) {
    Path folder = checkpoints().of(iteration);
    // The statistics up to here must not be shorter than the checkpoint after a power cut.
    Storage.force(path.resolve(STATS));
    Storage.deleteTree(folder); // only a damaged one, or one that the training went back beyond
    Storage.newFolder(folder, part -> Checkpoint.write(part, iteration, files));
    Best.flush(path.resolve(BEST));
    checkpoints().prune(iteration, keptForBest(), CHECKPOINT_KEPT_EVERY);
  }

  /**
   * The newest checkpoint that is whole; damaged ones are passed over and told of.
   *
   * @param warn is told, in a sentence, of each checkpoint that was passed over
   */
  public Optional<Checkpoint> newestCheckpoint(Consumer<String> warn) {
    for (Path folder : checkpoints().newestFirst()) {
      try {
        return Optional.of(Checkpoint.open(folder));
      } catch (UserException e) {
        warn.accept("passed over " + folder + ": " + e.getMessage());
      }
    }
    return Optional.empty();
  }

  /**
   * Notes which iteration is the best from now on; its snapshot is kept, and until the next
   * checkpoint those of the best ones before it.
   */
  public void markBest(long iteration) {
    Best.mark(path.resolve(BEST), iteration);
  }

  /** Forgets which iteration was the best: the training goes back, or nothing was evaluated. */
  public void forgetBest() {
    Storage.deleteTree(path.resolve(BEST));
  }

  /** The iteration that was evaluated best, if one was. */
  public OptionalLong best() {
    return Best.read(path.resolve(BEST)).stream().mapToLong(Best::iteration).findFirst();
  }

  private List<Long> keptForBest() {
    return Best.read(path.resolve(BEST)).map(Best::all).orElse(List.of());
  }

  /**
   * Forgets the statistics and scores of later iterations, which will be written again, and what a
   * crash has torn: all after the last checkpoint, since saving one forces the lines before it.
   */
  public void cutLinesAfter(long iteration) {
    for (String name : List.of(STATS, METRICS)) {
      LineFile.cutAfter(path.resolve(name), iteration);
    }
  }

  /**
   * Removes what a process that died left unfinished inside; whoever calls this holds the {@link
   * RunLock}.
   */
  public void sweep() {
    Storage.sweep(path);
    for (String folder : List.of("samples", "snapshots", "checkpoints")) {
      Storage.sweep(path.resolve(folder));
    }
  }

  /** Removes a last line of the log that a crash has torn. */
  public void repairLog() {
    LineFile.repair(path.resolve("log.txt"));
  }

  /** Forgets sample grids and snapshots of later iterations: the training has gone back. */
  public void removeAfter(long iteration) {
    snapshots().removeAfter(iteration);
    for (Path sheet : NumberedFolders.children(path.resolve("samples"))) {
      String name = String.valueOf(sheet.getFileName());
      if (name.matches("\\d{6,18}\\.png")
          && Long.parseLong(name.substring(0, name.length() - 4)) > iteration) {
        Storage.deleteTree(sheet);
      }
    }
  }

  /**
   * The newest snapshot that is whole; damaged ones are passed over and told of.
   *
   * @param warn is told, in a sentence, of each snapshot that was passed over
   */
  public Optional<Snapshot> newestSnapshot(Consumer<String> warn) {
    for (Path folder : snapshots().newestFirst()) {
      try {
        return Optional.of(Snapshot.open(folder));
      } catch (UserException e) {
        warn.accept("passed over " + folder + ": " + e.getMessage());
      }
    }
    return Optional.empty();
  }

  /**
   * The snapshot of an iteration.
   *
   * @throws UserException of kind BAD_DATA if there is none or it is damaged
   */
  public Snapshot snapshot(long iteration) {
    return Snapshot.open(snapshots().of(iteration));
  }

  /** An iteration as files and folders are named after it. */
  public static String number(long iteration) {
    return String.format(Locale.ROOT, "%06d", iteration);
  }

  NumberedFolders snapshots() {
    return new NumberedFolders(path.resolve("snapshots"));
  }

  NumberedFolders checkpoints() {
    return new NumberedFolders(path.resolve("checkpoints"));
  }
}
