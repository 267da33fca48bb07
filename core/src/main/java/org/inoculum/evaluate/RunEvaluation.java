package org.inoculum.evaluate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.inoculum.UserException;
import org.inoculum.files.FormatVersion;
import org.inoculum.files.Storage;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.Snapshot;

/**
 * An evaluation that its run keeps: {@code evaluations/SNAPSHOT-FEATURES.json}, one for each
 * snapshot and feature space; a newer one replaces it.
 *
 * @param snapshot the folder's name of the snapshot: its iteration
 * @param snapshotSha256 of its weights
 * @param features what the images were compared by
 * @param heldOut the folder of the real images
 * @param heldOutSha256 of the list of its images
 * @param generated images of the snapshot that were looked at, the first of seed 0
 * @param evaluation the scores and what they say
 */
public record RunEvaluation(
    String snapshot,
    String snapshotSha256,
    String features,
    String heldOut,
    String heldOutSha256,
    int generated,
    Evaluation evaluation) {
  /** The folder in a run directory. */
  public static final String FOLDER = "evaluations";

  private static final String USUAL = "scattering";

  /**
   * Keeps it in its run.
   *
   * @return the file
   * @throws UserException of kind STORAGE if it cannot be written, or a link is in its place
   */
  public Path writeTo(RunDirectory run) {
    Path folder = run.path().resolve(FOLDER);
    Storage.refuseLink(folder);
    Storage.createFolders(folder);
    Path file = folder.resolve(snapshot + "-" + fileName(features) + ".json");
    Storage.writeFile(file, FormatVersion.document(this).getBytes(StandardCharsets.UTF_8));
    return file;
  }

  /**
   * The evaluation that a run keeps of a snapshot: by scattering features where there is one.
   *
   * @param warn is told in a sentence of each file that cannot be read or is of other weights
   */
  public static Optional<RunEvaluation> of(
      RunDirectory run, Snapshot snapshot, Consumer<String> warn) {
    return files(run.path().resolve(FOLDER), snapshot.name()).stream()
        .flatMap(file -> read(file, snapshot, warn).stream())
        .min(
            Comparator.comparing((RunEvaluation one) -> !one.features.equals(USUAL))
                .thenComparing(RunEvaluation::features));
  }

  private static Optional<RunEvaluation> read(Path file, Snapshot snapshot, Consumer<String> warn) {
    try {
      RunEvaluation kept = FormatVersion.read(file, RunEvaluation.class);
      if (kept.features == null || kept.heldOut == null || kept.evaluation == null) {
        throw UserException.badData(file + " is not an evaluation that a run keeps");
      }
      if (!snapshot.info().sha256().equals(kept.snapshotSha256)) {
        warn.accept(file + " evaluates other weights than those of the snapshot, and is not used");
        return Optional.empty();
      }
      return Optional.of(kept);
    } catch (UserException e) {
      warn.accept("not used: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static List<Path> files(Path folder, String snapshot) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> name(file).startsWith(snapshot + "-") && name(file).endsWith(".json"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw UserException.badData("cannot read the folder " + folder, e);
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** Features as part of a file's name: an ONNX file may be called anything. */
  private static String fileName(String features) {
    String kept = features.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._]+", "-");
    return kept.length() > 80 ? kept.substring(0, 80) : kept;
  }
}
