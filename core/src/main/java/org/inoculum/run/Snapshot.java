package org.inoculum.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.inoculum.UserException;
import org.inoculum.files.FormatVersion;
import org.inoculum.files.Sha256;
import org.inoculum.files.Storage;
import org.inoculum.files.StoredFile;
import org.inoculum.files.Sums;

/**
 * A generator on disk that was found whole.
 *
 * @param folder {@code snapshots/NNNNNN}
 * @param info what it is
 */
public record Snapshot(Path folder, SnapshotInfo info) {
  static final String WEIGHTS = "generator.safetensors";
  static final String INFO = "snapshot.json";
  static final String SUMS = "snapshot.sha256";

  /** The weights. */
  public Path weights() {
    return folder.resolve(WEIGHTS);
  }

  /** Whether a folder looks like a snapshot, damaged or not. */
  public static boolean isAt(Path folder) {
    return Files.isRegularFile(folder.resolve(INFO));
  }

  /** The run that it is in; nothing for one that was copied elsewhere. */
  public Optional<RunDirectory> run() {
    return Optional.ofNullable(folder.toAbsolutePath().normalize().getParent())
        .map(Path::getParent)
        .filter(path -> Files.isRegularFile(path.resolve("config.json")))
        .map(RunDirectory::open);
  }

  /** The folder's name: the iteration. */
  public String name() {
    return String.valueOf(folder.getFileName());
  }

  /**
   * Saves a generator, whole or not at all. One that is there already is replaced if it is damaged
   * or the training came by with other weights.
   */
  static void write(Path folder, byte[] weights, SnapshotInfo info) {
    if (Files.exists(folder)) {
      if (holds(folder, info)) {
        return;
      }
      Storage.deleteTree(folder);
    }
    Storage.newFolder(
        folder,
        part -> {
          String document = FormatVersion.document(info);
          Map<String, String> sums = new LinkedHashMap<>();
          sums.put(WEIGHTS, info.sha256());
          sums.put(INFO, Sha256.ofText(document));
          Storage.writeInto(part.resolve(WEIGHTS), weights);
          Storage.writeInto(part.resolve(INFO), document.getBytes(StandardCharsets.UTF_8));
          Storage.writeInto(part.resolve(SUMS), Sums.text(sums).getBytes(StandardCharsets.UTF_8));
        });
  }

  private static boolean holds(Path folder, SnapshotInfo info) {
    try {
      return open(folder).info().equals(info);
    } catch (UserException e) {
      return false; // damaged: it is written again
    }
  }

  /**
   * Opens a snapshot and compares its files with their SHA-256.
   *
   * @throws UserException of kind BAD_DATA if anything is missing or damaged
   */
  public static Snapshot open(Path folder) {
    SnapshotInfo info = FormatVersion.read(folder.resolve(INFO), SnapshotInfo.class);
    Sums.require(folder.resolve(SUMS), folder.resolve(INFO));
    Path weights = folder.resolve(WEIGHTS);
    try {
      if (!Sha256.of(StoredFile.bytes(weights, StoredFile.ARRAY)).equals(info.sha256())) {
        throw UserException.badData(weights + " is damaged: its SHA-256 is not the one in " + INFO);
      }
    } catch (IOException e) {
      throw UserException.badData("cannot read " + weights + ": " + e.getMessage(), e);
    }
    return new Snapshot(folder, info);
  }
}
