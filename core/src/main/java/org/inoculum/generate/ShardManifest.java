package org.inoculum.generate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.inoculum.UserException;
import org.inoculum.files.FormatVersion;
import org.inoculum.files.Json;
import org.inoculum.files.Sha256;
import org.inoculum.files.Storage;

/**
 * The manifest of a {@link Shard}, for those who join it with the others: {@value #FILE}.
 *
 * @param origin where its images come from
 * @param format how they lie on the disk
 * @param count images that all shards together draw
 * @param shard which one this is
 * @param sha256 of its lists, by name
 */
record ShardManifest(
    GenerationOrigin origin,
    SyntheticFormat format,
    int count,
    String shard,
    Map<String, String> sha256) {
  static final String FILE = "part.json";

  /** How near an image may lie to another one: only a part has it, for repeats to be found. */
  static final String LIMITS = "repeat-limits.jsonl";

  private static final List<String> LISTS =
      List.of(ManifestWriter.MANIFEST, ManifestWriter.REJECTED, LIMITS);

  /**
   * A line of {@value #LIMITS}.
   *
   * @param index of an image of the part
   * @param limit {@link CopyCheckResult#repeatLimit}
   */
  record Limit(long index, double limit) {}

  static ShardManifest of(GenerationOrigin origin, GenerateOptions options, Path folder)
      throws IOException {
    return new ShardManifest(
        origin, options.format(), options.count(), options.shard().label(), hashes(folder));
  }

  static void noteLimit(AppendedFiles files, Candidate candidate) {
    CopyCheckResult copyCheckResult = candidate.copyCheckResult();
    if (copyCheckResult != null) {
      Limit limit = new Limit(candidate.index(), copyCheckResult.repeatLimit());
      files.append(LIMITS, (Json.line(limit) + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  void write(Path folder) {
    Storage.writeFile(folder.resolve(FILE), FormatVersion.document(this));
  }

  /**
   * The part in a folder, once its lists were found to be those that it was written with.
   *
   * @throws UserException of kind BAD_DATA if it is no part, or not whole, or has changed
   */
  static ShardManifest in(Path folder) {
    if (!Files.isRegularFile(folder.resolve(FILE))
        || !Files.isRegularFile(folder.resolve(ManifestWriter.DESCRIPTION))) {
      throw UserException.badData(
          folder
              + " is not a part of a set: expected a folder with "
              + FILE
              + ", as `inoculum generate --shard I/N` makes");
    }
    ShardManifest part = FormatVersion.read(folder.resolve(FILE), ShardManifest.class);
    try {
      Map<String, String> found = hashes(folder);
      if (!found.equals(part.sha256)) {
        throw UserException.badData(
            folder
                + " has changed since it was generated: the SHA-256 of its lists are "
                + found
                + ", expected "
                + part.sha256
                + "; generate this part again");
      }
    } catch (IOException e) {
      throw UserException.badData("cannot read " + folder + ": " + e.getMessage(), e);
    }
    return part;
  }

  private static Map<String, String> hashes(Path folder) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    for (String name : LISTS) {
      Path file = folder.resolve(name);
      if (Files.exists(file)) {
        hashes.put(name, Sha256.ofFile(file));
      }
    }
    return hashes;
  }
}
