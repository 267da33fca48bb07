package org.inoculum.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.inoculum.UserException;
import org.inoculum.data.DataSet;
import org.inoculum.data.FileProgress;
import org.inoculum.data.Manifest;
import org.inoculum.files.Json;
import org.inoculum.files.Sha256;
import org.inoculum.files.Storage;
import org.inoculum.files.StoredFile;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.Snapshot;
import org.inoculum.torch.Engine;

/**
 * Generates a synthetic data set from a run: the images in a {@link SyntheticFormat}, {@code
 * manifest.jsonl}, {@code rejected.jsonl}, a {@link DataCard}, a contact sheet and, last, {@code
 * generation.json}. The folder has its name when it is whole.
 */
public final class Generation {
  private final GenerateOptions options;
  private final GenerationOrigin origin;
  private final SamplingPlan plan;
  private final CandidateImages candidates;
  private List<Image> first = List.of();
  private GenerationResult generated = new GenerationResult(0, 0);

  private Generation(
      GenerateOptions options,
      GenerationOrigin origin,
      SamplingPlan plan,
      CandidateImages candidates) {
    this.options = options;
    this.origin = origin;
    this.plan = plan;
    this.candidates = candidates;
  }

  /**
   * Generates. Images are drawn in the order of their index until enough are accepted, so that a
   * smaller set is the beginning of a larger one.
   *
   * @param run a finished, stopped or running training
   * @param out the new data set; must not exist. What a stopped generation has made so far waits
   *     beside it, under its name with a dot in front and {@code .part} behind
   * @param training the images that the run was trained on, to copy check; where they are not
   *     given, what the run remembers of them is used and no sheet of nearest images is made
   * @param warn is told in a sentence of anything odd
   * @param progress is told how many images are accepted so far, and before that, where a
   *     generation is resumed, how many of the earlier attempt's it has looked at again
   * @param stop asked between batches; a stopped generation can be resumed
   * @throws UserException if the run has no whole snapshot, {@code out} exists or cannot be
   *     written, or hardly any image passes the filter
   */
  public static GenerationResult generate(
      RunDirectory run,
      Path out,
      GenerateOptions options,
      Optional<DataSet> training,
      Consumer<String> warn,
      FileProgress progress,
      BooleanSupplier stop) {
    Storage.refuseExisting(out);
    Snapshot snapshot = options.snapshot().in(run, warn);
    Optional<CopyCheck> copyCheck =
        options.filter() ? Optional.of(CopyCheck.of(run, training, warn)) : Optional.empty();
    GreyLevels levels = GreyLevels.of(options.bits(), run.dataset(Manifest.class));
    Engine engine = Engine.start(options.threads(), levels.precision(options.precision()));
    GenerationOrigin origin =
        GenerationOrigin.of(
            run,
            snapshot,
            options.className(),
            options.list().isPresent() ? null : options.seed(),
            options.truncation(),
            options.bits(),
            engine.precision(),
            copyCheck.map(CopyCheck::training),
            warn);
    SamplingPlan plan =
        options.list().isPresent()
            ? SamplingPlan.OfList.of(options.list().get(), origin.choice())
            : new SamplingPlan.OfSeed(origin, options.shard());
    try (CandidateImages candidates =
        CandidateImages.open(
            origin,
            StoredFile.bytes(snapshot.weights(), StoredFile.ARRAY),
            copyCheck.map(CopyCheck::training))) {
      Generation generation = new Generation(options, origin, plan, candidates);
      boolean whole =
          Storage.resumableFolder(
              out, options.resume(), folder -> generation.fill(folder, progress, stop));
      if (whole) {
        copyCheck.ifPresent(kept -> kept.writeSheet(run, generation.first));
      }
      return generation.generated;
    } catch (IOException e) {
      throw UserException.badData("cannot read " + snapshot.weights() + ": " + e.getMessage(), e);
    }
  }

  /** Batch by batch, each whole on the disk before the next; false where it was stopped. */
  private boolean fill(Path folder, FileProgress progress, BooleanSupplier stop)
      throws IOException {
    String identity = identity();
    GenerationProgress before = GenerationProgress.in(folder, identity);
    AppendedFiles files = new AppendedFiles(folder, before.lengths());
    ManifestWriter manifest =
        new ManifestWriter(
            origin, plan, options.format(), options.shard(), files, options.tarBytes());
    if (!restore(folder, manifest, progress, stop)) {
      return false;
    }
    try (PrefetchedBatches ahead = new PrefetchedBatches(candidates, plan, options.threads())) {
      for (long batch = before.nextBatch(); wantsMore(batch, manifest); batch++) {
        if (plan.batch(batch).isEmpty()) {
          break; // the list is done, and some of it was kept out
        }
        if (stop.getAsBoolean()) {
          generated = new GenerationResult(manifest.accepted(), manifest.rejected());
          return false;
        }
        List<CandidateImages.Drawn> drawn = ahead.batch(batch);
        if (surelyWantsAfter(batch, manifest)) {
          ahead.begin(batch + 1);
        }
        batch(files, manifest, drawn);
        new GenerationProgress(identity, batch + 1, files.forced()).write(folder);
        progress.at("generating", manifest.accepted(), options.share());
        manifest.refuseHopeless();
      }
    }
    finish(folder, manifest);
    return true;
  }

  private void finish(Path folder, ManifestWriter manifest) throws IOException {
    if (manifest.accepted() == 0 && options.list().isPresent()) {
      throw UserException.failure(
          "none of the listed images passed the filter, so generating left nothing; --no-filter takes them all");
    }
    options
        .list()
        .ifPresent(list -> Storage.writeFile(folder.resolve(SeedList.FILE), list.document()));
    SyntheticSet set = manifest.describe();
    if (!options.shard().isWhole()) {
      ShardManifest.of(origin, options, folder).write(folder);
    }
    Storage.deleteTree(folder.resolve(GenerationProgress.FILE));
    manifest.close(set);
    generated = new GenerationResult(manifest.accepted(), manifest.rejected());
    first = manifest.seen();
  }

  /** A set ends with enough images, a part of one with the images that its batches have. */
  private boolean wantsMore(long batch, ManifestWriter manifest) {
    return options.shard().isWhole()
        ? manifest.accepted() < options.count()
        : options.shard().firstOf(batch) < options.count();
  }

  /** Whether more is wanted even if every image of this batch is accepted. */
  private boolean surelyWantsAfter(long batch, ManifestWriter manifest) {
    return options.shard().isWhole()
        ? manifest.accepted() + CandidateImages.BATCH < options.count()
        : options.shard().firstOf(batch + 1) < options.count();
  }

  /** Everything that decides the bytes of the set, and which images are taken. */
  private String identity() {
    GenerationOrigin.Compared compared = origin.compared();
    return String.join(
        ", ",
        origin.program(),
        "snapshot " + origin.generator().sha256().substring(0, 16),
        plan.identity(),
        "count " + options.count(),
        "classes " + plan.classes(),
        "precision " + origin.precision(),
        "bits " + origin.levels().bits(),
        "filter " + (compared == null ? "none" : compared.sha256().substring(0, 16)),
        "format " + options.format().label(),
        "shard " + options.shard().label());
  }

  /**
   * Looks at what an earlier attempt has made as if it had been made now; false where it was
   * stopped.
   */
  private boolean restore(
      Path folder, ManifestWriter manifest, FileProgress progress, BooleanSupplier stop)
      throws IOException {
    Path manifestFile = folder.resolve(ManifestWriter.MANIFEST);
    if (!Files.exists(manifestFile)) {
      return true;
    }
    int made = 0;
    try (StoredFile.Lines lines = StoredFile.lines(manifestFile)) {
      while (lines.next() != null) {
        made++;
      }
    }
    int total = made;
    AtomicBoolean stopped = new AtomicBoolean();
    try (SyntheticSetWriter.Written written = manifest.writer().written()) {
      Json.forEachLine(
          manifestFile,
          GeneratedImage.class,
          row -> {
            if (!stopped.get() && stop.getAsBoolean()) {
              stopped.set(true);
            }
            if (!stopped.get()) {
              restore(folder, manifest, row, written);
              progress.at("looking again at what is there", manifest.accepted(), total);
            }
          });
    }
    if (stopped.get()) {
      generated = new GenerationResult(total, 0);
      return false;
    }
    Path rejected = folder.resolve(ManifestWriter.REJECTED);
    if (Files.exists(rejected)) {
      Json.forEachLine(rejected, RejectedImage.class, manifest::restore);
    }
    return true;
  }

  private void restore(
      Path folder,
      ManifestWriter manifest,
      GeneratedImage row,
      SyntheticSetWriter.Written written) {
    byte[] png;
    try {
      png = written.next(row);
    } catch (IOException e) {
      throw UserException.badData(
          folder.resolve(row.file())
              + (" cannot be read again (" + e.getMessage())
              + "); leave --resume out to begin anew",
          e);
    }
    if (!Sha256.of(png).equals(row.sha256())) {
      throw UserException.badData(
          folder.resolve(row.file())
              + " has changed since it was generated; leave --resume out to begin anew");
    }
    Image image = ImageFiles.decode(png, row.file(), DecodingLimits.DEFAULT);
    manifest.restore(candidates.evaluated(plan.again(row), image), image);
  }

  private void batch(
      AppendedFiles files, ManifestWriter manifest, List<CandidateImages.Drawn> some) {
    for (CandidateImages.Drawn drawn : some) {
      Candidate candidate = drawn.candidate();
      if (options.shard().isWhole()
          ? manifest.accepted() == options.count()
          : candidate.index() >= options.count()) {
        break;
      }
      if (manifest.accepts(candidate)) {
        byte[] png = candidates.png(drawn);
        manifest.enter(candidate, png, Sha256.of(png));
        manifest.see(drawn.image());
        if (!options.shard().isWhole()) {
          ShardManifest.noteLimit(files, candidate);
        }
      }
    }
    manifest.flushRejected();
    manifest.flush();
  }
}
