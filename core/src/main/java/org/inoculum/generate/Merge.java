package org.inoculum.generate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import org.inoculum.UserException;
import org.inoculum.files.Json;
import org.inoculum.files.Sha256;
import org.inoculum.files.Storage;
import org.inoculum.model.GeneratedImages;

/**
 * Joins the parts that {@code generate --shard} made on several machines. Each image is compared
 * with its SHA-256, repeats are found across the parts, and the result is, byte for byte, the set
 * that one process generates with as many images.
 */
public final class Merge {
  private static final String NOTHING = "nothing";

  private final List<Path> folders;
  private final List<ShardManifest> parts;

  private Merge(List<Path> folders, List<ShardManifest> parts) {
    this.folders = folders;
    this.parts = parts;
  }

  /**
   * The parts, in any order.
   *
   * @throws UserException of kind BAD_DATA if one is damaged or is a part of something else, USAGE
   *     if one is missing or given twice
   */
  public static Merge of(List<Path> folders) {
    if (folders.isEmpty()) {
      throw UserException.usage("merge needs the folders of all parts");
    }
    List<ShardManifest> parts = folders.stream().map(ShardManifest::in).toList();
    ShardManifest first = parts.get(0);
    int of = Shard.parse(first.shard()).of();
    Path[] placed = new Path[of];
    ShardManifest[] known = new ShardManifest[of];
    for (int i = 0; i < parts.size(); i++) {
      ShardManifest part = parts.get(i);
      requireSame(folders.get(0), first, folders.get(i), part);
      int place = Shard.parse(part.shard()).number() - 1;
      if (placed[place] != null) {
        throw UserException.usage(
            placed[place] + " and " + folders.get(i) + " are the same part, " + part.shard());
      }
      placed[place] = folders.get(i);
      known[place] = part;
    }
    List<String> missing = new ArrayList<>();
    for (int place = 0; place < of; place++) {
      // A part that has no image to draw is not needed.
      if (placed[place] == null && new Shard(place + 1, of).share(first.count()) > 0) {
        missing.add(place + 1 + "/" + of);
      }
    }
    if (!missing.isEmpty()) {
      throw UserException.usage(
          "parts are missing: " + String.join(", ", missing) + "; name the folders of all of them");
    }
    return new Merge(
        Arrays.stream(placed).filter(Objects::nonNull).toList(),
        Arrays.stream(known).filter(Objects::nonNull).toList());
  }

  private static void requireSame(Path one, ShardManifest first, Path second, ShardManifest part) {
    Map<String, Object> a = facts(first);
    Map<String, Object> b = facts(part);
    a.forEach(
        (name, value) -> {
          Object other = b.getOrDefault(name, NOTHING);
          if (!Objects.equals(value, other)) {
            throw UserException.badData(
                "%s and %s are not parts of one set: %s is %s in the first and %s in the second"
                    .formatted(one, second, name, Json.line(value), Json.line(other)));
          }
        });
  }

  /** What has to be equal, by name. */
  private static Map<String, Object> facts(ShardManifest part) {
    Map<String, Object> facts = Json.tree(part.origin());
    facts.replaceAll((name, value) -> Objects.requireNonNullElse(value, NOTHING));
    facts.put("count", part.count());
    facts.put("number of parts", Shard.parse(part.shard()).of());
    return facts;
  }

  /** How the images of the parts lie on the disk. */
  public SyntheticFormat format() {
    return parts.get(0).format();
  }

  /** Images that the parts have drawn together. */
  public int drawn() {
    return parts.get(0).count();
  }

  /**
   * Joins them.
   *
   * @param out the new data set; must not exist. It has its name when it is whole, and nothing is
   *     left where it cannot be made
   * @param format how the images are to lie on the disk
   * @param wanted images to take, from the first on; where nothing is said, all that pass
   * @param tarBytes most bytes of one tar of a WebDataset
   * @param done is told how many images are accepted so far
   * @throws UserException of kind BAD_DATA if an image is missing or has changed, FAILURE if fewer
   *     images pass than are wanted
   */
  public GenerationResult into(
      Path out, SyntheticFormat format, OptionalInt wanted, long tarBytes, IntConsumer done) {
    GenerationResult[] generated = {new GenerationResult(0, 0)};
    Storage.newFolder(out, folder -> generated[0] = join(folder, format, wanted, tarBytes, done));
    return generated[0];
  }

  private GenerationResult join(
      Path folder, SyntheticFormat format, OptionalInt wanted, long tarBytes, IntConsumer done)
      throws IOException {
    AppendedFiles files = new AppendedFiles(folder, Map.of());
    GenerationOrigin origin = parts.get(0).origin();
    SamplingPlan plan = new SamplingPlan.OfSeed(origin, Shard.WHOLE);
    ManifestWriter manifest =
        new ManifestWriter(origin, plan, format, Shard.WHOLE, files, tarBytes);
    int wantedImages = wanted.orElse(Integer.MAX_VALUE);
    List<ShardReader> readers = new ArrayList<>();
    try {
      for (int i = 0; i < parts.size(); i++) {
        readers.add(new ShardReader(folders.get(i), parts.get(i)));
      }
      for (long index = 0; index < drawn() && manifest.accepted() < wantedImages; index++) {
        take(manifest, readers, index);
        if ((index + 1) % GeneratedImages.BATCH == 0) {
          manifest.flush();
          done.accept(manifest.accepted());
        }
      }
    } finally {
      for (ShardReader reader : readers) {
        reader.close();
      }
    }
    int accepted = manifest.accepted();
    if (accepted < wanted.orElse(1)) {
      throw UserException.failure(
          "only %d of the %d images that the parts have drawn pass, and %d are wanted; generate the parts again with a larger --count, or leave --count out here"
              .formatted(accepted, drawn(), wanted.orElse(1)));
    }
    manifest.close(manifest.describe());
    files.forced();
    done.accept(accepted);
    return new GenerationResult(accepted, manifest.rejected());
  }

  /** Batches take turns: the parts are in the order of their numbers. */
  private void take(ManifestWriter manifest, List<ShardReader> readers, long index)
      throws IOException {
    int of = Shard.parse(parts.get(0).shard()).of();
    ShardReader.Read read = readers.get((int) (index / GeneratedImages.BATCH % of)).next(index);
    boolean taken = manifest.accepts(read.candidate());
    byte[] png = read.png();
    if (taken && png != null) {
      manifest.enter(read.candidate(), png, Sha256.of(png));
      if (read.image() != null) {
        manifest.see(read.image());
      }
    }
  }
}
