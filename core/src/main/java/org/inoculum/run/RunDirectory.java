package org.inoculum.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.inoculum.UserException;
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
 *   log.txt stats.jsonl                        append-only
 *   samples/reals.png samples/000100.png …
 *   snapshots/000100/{generator.safetensors, snapshot.json}
 * </pre>
 *
 * @param path the folder
 */
public record RunDirectory(Path path) {
  private static final Pattern NUMBERED = Pattern.compile("(\\d{5})-.*");
  private static final int NEWEST_KEPT = 3;
  private static final long ALWAYS_KEPT_EVERY = 1000;

  /**
   * Makes the next numbered run, whole with the documents that describe it.
   *
   * @param runs the folder of all runs; made where it is missing
   * @param name what follows the number
   * @param documents contents by file name, such as {@code config.json}
   */
  public static RunDirectory create(Path runs, String name, Map<String, String> documents) {
    Storage.createFolders(runs);
    Path path =
        runs.resolve(String.format(Locale.ROOT, "%05d-%s", nextNumber(runs), fileName(name)));
    Storage.newFolder(
        path,
        folder -> {
          Files.createDirectory(folder.resolve("samples"));
          Files.createDirectory(folder.resolve("snapshots"));
          for (var document : documents.entrySet()) {
            Storage.writeFile(folder.resolve(document.getKey()), document.getValue());
          }
        });
    return new RunDirectory(path);
  }

  /**
   * A run that exists.
   *
   * @throws UserException of kind BAD_DATA if the folder is not a run
   */
  public static RunDirectory open(Path path) {
    if (!Files.isRegularFile(path.resolve("config.json"))) {
      throw UserException.badData(
          path
              + " is not a run: expected a folder with a config.json, as `inoculum train` makes under runs/");
    }
    return new RunDirectory(path);
  }

  /** Reads {@code config.json}. */
  public <T> T config(Class<T> type) {
    return Json.read(path.resolve("config.json"), type);
  }

  /** Reads {@code dataset.json}. */
  public <T> T dataset(Class<T> type) {
    return Json.read(path.resolve("dataset.json"), type);
  }

  /** Replaces {@code status.json}. */
  public void writeStatus(RunStatus status) {
    Storage.writeFile(path.resolve("status.json"), Json.document(status));
  }

  /** Reads {@code status.json}. */
  public RunStatus status() {
    return Json.read(path.resolve("status.json"), RunStatus.class);
  }

  /** Appends a line of {@code stats.jsonl}. */
  public void appendStats(Object record) {
    Storage.appendLine(path.resolve("stats.jsonl"), Json.line(record));
  }

  /** Appends a line of {@code log.txt}. */
  public void appendLog(String line) {
    Storage.appendLine(path.resolve("log.txt"), line);
  }

  /** Writes a picture of samples; {@code name} is without its ending. */
  public Path writeSamples(String name, byte[] png) {
    Path file = path.resolve("samples").resolve(name + ".png");
    Storage.writeFile(file, png);
    return file;
  }

  /**
   * Saves a generator, whole or not at all, then removes those that are not worth keeping: the
   * newest three stay, and every thousandth iteration.
   *
   * @param describe makes the description from the SHA-256 of the weights
   */
  public void writeSnapshot(
      long iteration, byte[] weights, Function<String, SnapshotInfo> describe) {
    Path folder = path.resolve("snapshots").resolve(number(iteration));
    if (Files.exists(folder)) {
      return;
    }
    Storage.newFolder(
        folder,
        part -> {
          Storage.writeInto(part.resolve(Snapshot.WEIGHTS), weights);
          Storage.writeInto(
              part.resolve(Snapshot.INFO),
              Json.document(describe.apply(Sha256.of(weights))).getBytes(StandardCharsets.UTF_8));
        });
    List<Path> old = snapshotFolders();
    for (Path candidate : old.subList(Math.min(NEWEST_KEPT, old.size()), old.size())) {
      if (Long.parseLong(candidate.getFileName().toString()) % ALWAYS_KEPT_EVERY != 0) {
        Storage.deleteTree(candidate);
      }
    }
  }

  /**
   * The newest snapshot that is whole; damaged ones are passed over and told of.
   *
   * @param warn is told, in a sentence, of each snapshot that was passed over
   */
  public Optional<Snapshot> newestSnapshot(Consumer<String> warn) {
    for (Path folder : snapshotFolders()) {
      try {
        return Optional.of(Snapshot.open(folder));
      } catch (UserException e) {
        warn.accept("passed over " + folder + ": " + e.getMessage());
      }
    }
    return Optional.empty();
  }

  /** An iteration as files and folders are named after it. */
  public static String number(long iteration) {
    return String.format(Locale.ROOT, "%06d", iteration);
  }

  /** Folders that look like snapshots, newest first. */
  private List<Path> snapshotFolders() {
    return children(path.resolve("snapshots")).stream()
        .filter(folder -> folder.getFileName().toString().matches("\\d{6,}"))
        .sorted(
            Comparator.comparingLong(
                    (Path folder) -> Long.parseLong(folder.getFileName().toString()))
                .reversed())
        .toList();
  }

  private static int nextNumber(Path runs) {
    int next = 0;
    for (Path run : children(runs)) {
      Matcher matcher = NUMBERED.matcher(run.getFileName().toString());
      if (matcher.matches()) {
        next = Math.max(next, Integer.parseInt(matcher.group(1)) + 1);
      }
    }
    return next;
  }

  private static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return new ArrayList<>();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.toList();
    } catch (IOException e) {
      throw UserException.badData("cannot read the folder " + folder + ": " + e.getMessage(), e);
    }
  }

  /** A name without anything that a file system minds. */
  private static String fileName(String name) {
    return name.replaceAll("[^A-Za-z0-9._-]+", "-");
  }
}
