package org.inoculum.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.inoculum.UserException;
import org.inoculum.data.DataSet;
import org.inoculum.files.Json;
import org.inoculum.files.Sha256;
import org.inoculum.files.Storage;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.Snapshot;
import org.inoculum.torch.Engine;

/**
 * Grows a synthetic data set from a run: the images in a {@link GrownFormat}, {@code
 * manifest.jsonl}, {@code rejected.jsonl}, a {@link DataCard}, a contact sheet and, last, {@code
 * generation.json}. The folder has its name when it is whole.
 */
public final class Growth {
  private final GrowOptions options;
  private final Origin origin;
  private final CandidateImages candidates;
  private List<Image> first = List.of();
  private Grown grown = new Grown(0, 0);

  private Growth(GrowOptions options, Origin origin, CandidateImages candidates) {
    this.options = options;
    this.origin = origin;
    this.candidates = candidates;
  }

  /**
   * Grows. Images are drawn in the order of their index until enough are accepted, so that a
   * smaller set is the beginning of a larger one.
   *
   * @param run a finished, stopped or running training
   * @param out the new data set; must not exist. What a stopped growth has made so far waits beside
   *     it, under its name with a dot in front and {@code .part} behind
   * @param training the images that the run was trained on, to test for copies; where they are not
   *     given, what the run remembers of them is used and no sheet of nearest images is made
   * @param warn is told in a sentence of anything odd
   * @param done is told how many images are accepted so far
   * @param stop asked between batches; a stopped growth can be resumed
   * @throws UserException if the run has no whole snapshot, {@code out} exists or cannot be
   *     written, or hardly any image passes the filter
   */
  public static Grown grow(
      RunDirectory run,
      Path out,
      GrowOptions options,
      Optional<DataSet> training,
      Consumer<String> warn,
      IntConsumer done,
      BooleanSupplier stop) {
    Storage.refuseExisting(out);
    Snapshot snapshot = options.snapshot().in(run, warn);
    Optional<Screen> screen =
        options.filter() ? Optional.of(Screen.of(run, training, warn)) : Optional.empty();
    Engine engine = Engine.start(options.threads(), options.precision());
    Origin origin =
        Origin.of(
            run,
            snapshot,
            options.className(),
            options.seed(),
            options.truncation(),
            engine.precision(),
            screen.map(Screen::training),
            warn);
    try (CandidateImages candidates =
        CandidateImages.open(
            origin, Files.readAllBytes(snapshot.weights()), screen.map(Screen::training))) {
      Growth growth = new Growth(options, origin, candidates);
      boolean whole =
          Storage.growFolder(out, options.resume(), folder -> growth.fill(folder, done, stop));
      if (whole) {
        screen.ifPresent(kept -> kept.writeSheet(run, growth.first));
      }
      return growth.grown;
    } catch (IOException e) {
      throw UserException.badData("cannot read " + snapshot.weights() + ": " + e.getMessage(), e);
    }
  }

  /** Batch by batch, each whole on the disk before the next; false where it was stopped. */
  private boolean fill(Path folder, IntConsumer done, BooleanSupplier stop) throws IOException {
    String identity = identity();
    GrowthProgress before = GrowthProgress.in(folder, identity);
    AppendedFiles files = new AppendedFiles(folder, before.lengths());
    Ledger ledger =
        new Ledger(origin, options.format(), options.shard(), files, options.tarBytes());
    recall(folder, ledger);
    for (long batch = before.nextBatch(); wantsMore(batch, ledger); batch++) {
      if (stop.getAsBoolean()) {
        grown = new Grown(ledger.accepted(), ledger.rejected());
        return false;
      }
      batch(files, ledger, options.shard().firstOf(batch));
      new GrowthProgress(identity, batch + 1, files.forced()).write(folder);
      done.accept(ledger.accepted());
      ledger.refuseHopeless();
    }
    GrownSet set = ledger.describe();
    if (!options.shard().isWhole()) {
      Part.of(origin, options, folder).write(folder);
    }
    Storage.deleteTree(folder.resolve(GrowthProgress.FILE));
    ledger.close(set);
    grown = new Grown(ledger.accepted(), ledger.rejected());
    first = ledger.seen();
    return true;
  }

  /** A set ends with enough images, a part of one with the images that its batches have. */
  private boolean wantsMore(long batch, Ledger ledger) {
    return options.shard().isWhole()
        ? ledger.accepted() < options.count()
        : options.shard().firstOf(batch) < options.count();
  }

  /** Everything that decides the bytes of the images, and which are taken. */
  private String identity() {
    Origin.Compared compared = origin.compared();
    return String.join(
        ", ",
        "snapshot " + origin.generator().sha256().substring(0, 16),
        "seed " + origin.seedWord(),
        "count " + options.count(),
        "classes " + origin.choice().grown(),
        "precision " + origin.precision(),
        "filter " + (compared == null ? "none" : compared.sha256().substring(0, 16)),
        "format " + options.format().word(),
        "shard " + options.shard().word());
  }

  /** Looks at what an earlier attempt has made as if it had been made now. */
  private void recall(Path folder, Ledger ledger) throws IOException {
    Path manifest = folder.resolve(Ledger.MANIFEST);
    if (!Files.exists(manifest)) {
      return;
    }
    List<GrownImage> rows = Json.readLines(manifest, GrownImage.class);
    ledger
        .writer()
        .replay(
            rows,
            (row, png) -> {
              if (!Sha256.of(png).equals(row.sha256())) {
                throw UserException.badData(
                    folder.resolve(row.file())
                        + " has changed since it was grown; leave --resume out to begin anew");
              }
              Image image = ImageFiles.decode(png, row.file(), DecodingLimits.DEFAULT);
              ledger.recall(candidates.judged(row.index(), image), image);
            });
    Path rejected = folder.resolve(Ledger.REJECTED);
    if (Files.exists(rejected)) {
      Json.forEachLine(rejected, RejectedImage.class, ledger::recall);
    }
  }

  private void batch(AppendedFiles files, Ledger ledger, long first) {
    for (CandidateImages.Drawn drawn : candidates.batch(first)) {
      Candidate candidate = drawn.candidate();
      if (options.shard().isWhole()
          ? ledger.accepted() == options.count()
          : candidate.index() >= options.count()) {
        break;
      }
      if (ledger.takes(candidate)) {
        byte[] png = candidates.png(drawn);
        ledger.enter(candidate, png, Sha256.of(png));
        ledger.see(drawn.image());
        if (!options.shard().isWhole()) {
          Part.noteLimit(files, candidate);
        }
      }
    }
    ledger.settle();
    ledger.flush();
  }
}
