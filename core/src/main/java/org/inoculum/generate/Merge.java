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
 * that one process grows with as many images.
 */
public final class Merge {
  private static final String NOTHING = "nothing";

  private final List<Path> folders;
  private final List<Part> parts;

  private Merge(List<Path> folders, List<Part> parts) {
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
    List<Part> parts = folders.stream().map(Part::in).toList();
    Part first = parts.get(0);
    int of = Shard.parse(first.shard()).of();
    Path[] placed = new Path[of];
    Part[] known = new Part[of];
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
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
      // A part that would have no image to draw cannot be made.
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

  private static void requireSame(Path one, Part first, Path second, Part part) {
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
  private static Map<String, Object> facts(Part part) {
    Map<String, Object> facts = Json.tree(part.origin());
    facts.replaceAll((name, value) -> Objects.requireNonNullElse(value, NOTHING));
    facts.put("count", part.count());
    facts.put("number of parts", Shard.parse(part.shard()).of());
    return facts;
  }

  /** How the images of the parts lie on the disk. */
  public GrownFormat format() {
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
  public Grown into(
      Path out, GrownFormat format, OptionalInt wanted, long tarBytes, IntConsumer done) {
    Grown[] grown = {new Grown(0, 0)};
    Storage.newFolder(out, folder -> grown[0] = join(folder, format, wanted, tarBytes, done));
    return grown[0];
  }

  private Grown join(
      Path folder, GrownFormat format, OptionalInt wanted, long tarBytes, IntConsumer done)
      throws IOException {
    AppendedFiles files = new AppendedFiles(folder, Map.of());
    Origin origin = parts.get(0).origin();
    Draws draws = new Draws.OfSeed(origin, Shard.WHOLE);
    Ledger ledger = new Ledger(origin, draws, format, Shard.WHOLE, files, tarBytes);
    int most = wanted.orElse(Integer.MAX_VALUE);
    List<PartReader> readers = new ArrayList<>();
    try {
      for (int i = 0; i < parts.size(); i++) {
        readers.add(new PartReader(folders.get(i), parts.get(i)));
      }
      for (long index = 0; index < drawn() && ledger.accepted() < most; index++) {
        take(ledger, readers, index);
        if ((index + 1) % GeneratedImages.BATCH == 0) {
          ledger.flush();
          done.accept(ledger.accepted());
        }
      }
    } finally {
      for (PartReader reader : readers) {
        reader.close();
      }
    }
    int accepted = ledger.accepted();
    if (accepted < wanted.orElse(1)) {
      throw UserException.failure(
          "only %d of the %d images that the parts have drawn pass, and %d are wanted; grow the parts again with a larger --count, or leave --count out here"
              .formatted(accepted, drawn(), wanted.orElse(1)));
    }
    ledger.close(ledger.describe());
    files.forced();
    done.accept(accepted);
    return new Grown(accepted, ledger.rejected());
  }

  /** Batches take turns: the parts are in the order of their numbers. */
  private void take(Ledger ledger, List<PartReader> readers, long index) throws IOException {
    int of = Shard.parse(parts.get(0).shard()).of();
    PartReader.Read read = readers.get((int) (index / GeneratedImages.BATCH % of)).next(index);
    boolean taken = ledger.takes(read.candidate());
    byte[] png = read.png();
    if (taken && png != null) {
      ledger.enter(read.candidate(), png, Sha256.of(png));
      if (read.image() != null) {
        ledger.see(read.image());
      }
    }
  }
}
