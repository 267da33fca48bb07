package org.inoculum.generate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.inoculum.Inoculum;
import org.inoculum.UserException;
import org.inoculum.copies.CopyFilter;
import org.inoculum.copies.Match;
import org.inoculum.data.DataSet;
import org.inoculum.data.Manifest;
import org.inoculum.files.Json;
import org.inoculum.files.Sha256;
import org.inoculum.files.Storage;
import org.inoculum.image.ContactSheet;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.FloatImage;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;
import org.inoculum.image.Png;
import org.inoculum.model.Generator;
import org.inoculum.model.GeneratorFile;
import org.inoculum.model.Latents;
import org.inoculum.model.ListedImages;
import org.inoculum.model.ListedImages.Wanted;
import org.inoculum.run.Provenance;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.Snapshot;
import org.inoculum.torch.Engine;
import org.inoculum.torch.Safetensors;

/**
 * Grows a synthetic data set from a run: the images in a {@link GrownFormat}, {@code
 * manifest.jsonl}, {@code rejected.jsonl}, a {@link DataCard}, a contact sheet and, last, {@code
 * generation.json}. The folder has its name when it is whole.
 */
public final class Growth {
  private static final String NOTICE =
      "Synthetic images. This is not anonymisation and not differentially private: a generator can reproduce what it was trained on. ";

  private static final String UNTESTED = "No test for copies was made.";

  static final String MANIFEST = "manifest.jsonl";
  private static final String REJECTED = "rejected.jsonl";
  private static final int SHEET_TILES = 64;

  private final Engine engine;
  private final GrowOptions options;
  private final Snapshot snapshot;
  private final Manifest trainedOn;
  private final ClassChoice choice;
  private final GreyLevels levels;
  private final Draws draws;
  private final Path out;
  private final Optional<Screen> screen;
  private final Inscription inscription;
  private final List<Image> tiles = new ArrayList<>();
  private int accepted;

  private Growth(
      Engine engine,
      GrowOptions options,
      Snapshot snapshot,
      Manifest trainedOn,
      ClassChoice choice,
      GreyLevels levels,
      Draws draws,
      Path out,
      Optional<Screen> screen) {
    this.engine = engine;
    this.options = options;
    this.snapshot = snapshot;
    this.trainedOn = trainedOn;
    this.choice = choice;
    this.levels = levels;
    this.draws = draws;
    this.out = out;
    this.screen = screen;
    this.inscription =
        new Inscription(snapshot.info().sha256(), trainedOn, screen.isPresent(), levels.words());
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
    Manifest trainedOn = run.dataset(Manifest.class);
    ClassChoice choice =
        ClassChoice.of(options.className(), snapshot.info().classes(), trainedOn, warn);
    Draws draws =
        options.list().isPresent()
            ? Draws.OfList.of(options.list().get(), choice)
            : new Draws.OfSeed(options, choice);
    Optional<Screen> screen =
        options.filter() ? Optional.of(Screen.of(run, training, warn)) : Optional.empty();
    GreyLevels levels = GreyLevels.of(options.bits(), trainedOn);
    Engine engine = Engine.start(options.threads(), levels.precision(options.precision()));
    Growth growth =
        new Growth(engine, options, snapshot, trainedOn, choice, levels, draws, out, screen);
    try (Generator generator =
        GeneratorFile.decode(
            snapshot.info(), Safetensors.read(snapshot.weights()), snapshot.weights().toString())) {
      return growth.write(run, generator, done, stop);
    }
  }

  private Grown write(
      RunDirectory run, Generator generator, IntConsumer done, BooleanSupplier stop) {
    boolean whole =
        Storage.growFolder(
            out, options.resume(), folder -> fill(run, generator, folder, done, stop));
    if (whole) {
      screen.ifPresent(kept -> kept.writeSheet(run));
    }
    return new Grown(accepted, screen.map(Screen::rejected).orElse(0));
  }

  /** Batch by batch, each whole on the disk before the next; false where it was stopped. */
  private boolean fill(
      RunDirectory run, Generator generator, Path folder, IntConsumer done, BooleanSupplier stop)
      throws IOException {
    String identity = identity();
    GrowthProgress before = GrowthProgress.in(folder, identity);
    AppendedFiles files = new AppendedFiles(folder, before.lengths());
    GrownWriter writer =
        switch (options.format()) {
          case FOLDER ->
              new FolderWriter(files, choice.names(), draws.classes(), snapshot.info().size());
          case WEBDATASET ->
              new WebDatasetWriter(files, choice.names(), options.shard(), options.tarBytes());
        };
    recall(folder, writer);
    for (long batch = before.nextBatch(); accepted < options.share(); batch++) {
      List<Draws.Draw> some = draws.batch(batch);
      if (some.isEmpty()) {
        break; // the list is done, and some of it was kept out
      }
      if (stop.getAsBoolean()) {
        return false;
      }
      batch(generator, files, writer, some);
      new GrowthProgress(identity, batch + 1, files.forced()).write(folder);
      done.accept(accepted);
      screen.ifPresent(Screen::refuseHopeless);
    }
    writer.finish();
    finish(run, folder);
    return true;
  }

  /** Everything that decides the bytes of the set, and which images are taken. */
  private String identity() {
    return String.join(
        ", ",
        Inoculum.program(),
        "snapshot " + snapshot.info().sha256().substring(0, 16),
        draws.identity(),
        "count " + options.count(),
        "classes " + draws.classes(),
        "precision " + engine.precision(),
        "bits " + levels.bits(),
        "filter " + screen.map(Screen::identity).orElse("none"),
        "format " + options.format().word(),
        "shard " + options.shard().word());
  }

  /** Looks at what an earlier attempt has made as if it had been made now. */
  private void recall(Path folder, GrownWriter writer) throws IOException {
    Path manifest = folder.resolve(MANIFEST);
    if (!Files.exists(manifest)) {
      return;
    }
    try (GrownWriter.Written written = writer.written()) {
      Json.forEachLine(manifest, GrownImage.class, row -> recall(folder, row, written));
    }
    Path rejected = folder.resolve(REJECTED);
    if (Files.exists(rejected)) {
      screen.ifPresent(kept -> Json.forEachLine(rejected, RejectedImage.class, kept::recall));
    }
  }

  private void recall(Path folder, GrownImage row, GrownWriter.Written written) {
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
              + " has changed since it was grown; leave --resume out to begin anew");
    }
    Image image = levels.shown(ImageFiles.decode(png, row.file(), DecodingLimits.DEFAULT));
    screen.ifPresent(kept -> kept.judge(image, row.seed(), row.index()));
    took(image);
  }

  private void batch(
      Generator generator, AppendedFiles files, GrownWriter writer, List<Draws.Draw> some) {
    List<FloatImage> pictures =
        ListedImages.of(
            generator, engine.precision(), some.stream().map(Draws.Draw::image).toList());
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < some.size() && accepted < options.share(); i++) {
      Wanted wanted = some.get(i).image();
      long index = wanted.index();
      Image image = levels.of(pictures.get(i));
      Image shown = levels.shown(image);
      Optional<CopyFilter.Verdict> verdict =
          screen.map(kept -> kept.judge(shown, wanted.seed(), index));
      if (verdict.isPresent() && verdict.get().rejected().isPresent()) {
        continue;
      }
      Optional<Match> nearest = verdict.map(CopyFilter.Verdict::nearest);
      byte[] png = Png.encode(image, inscription.of(wanted));
      String className = choice.names().get(wanted.label());
      GrownImage row =
          new GrownImage(
              writer.place(some.get(i).number(), className, png),
              index,
              wanted.seed(),
              className,
              snapshot.name(),
              Sha256.of(png),
              nearest.map(Match::name).orElse(null),
              nearest.map(match -> Screen.rounded(match.distance())).orElse(null),
              nearest.map(match -> Screen.rounded(match.ratio())).orElse(null));
      writer.write(row, png);
      rows.append(Json.line(row)).append('\n');
      took(shown);
    }
    files.append(MANIFEST, rows.toString().getBytes(StandardCharsets.UTF_8));
    screen.ifPresent(
        kept -> files.append(REJECTED, kept.takeRejectedLines().getBytes(StandardCharsets.UTF_8)));
  }

  private void took(Image image) {
    accepted++;
    if (tiles.size() < SHEET_TILES) {
      tiles.add(image);
    }
  }

  private void finish(RunDirectory run, Path folder) {
    if (accepted == 0) {
      throw UserException.failure(
          "none of the listed images passed the filter, so growing left nothing; --no-filter takes them all");
    }
    options
        .list()
        .ifPresent(list -> Storage.writeFile(folder.resolve(SeedList.FILE), list.document()));
    Storage.writeFile(
        folder.resolve("contact-sheet.png"),
        Png.encode(ContactSheet.of(tiles, ContactSheet.columnsFor(tiles.size()), 2, 255)));
    Shard shard = options.shard();
    GrownSet set =
        new GrownSet(
            Inoculum.program(),
            Provenance.now(),
            String.valueOf(run.path().toAbsolutePath().normalize().getFileName()),
            snapshot.name(),
            snapshot.info().sha256(),
            options.list().isPresent() ? null : options.seed(),
            options.truncation() == Latents.WHOLE ? null : options.truncation(),
            accepted,
            shard.equals(Shard.WHOLE) ? null : shard.word(),
            engine.precision().name().toLowerCase(Locale.ROOT),
            levels.bits(),
            levels.window(),
            levels.samples(),
            screen.map(Screen::test).orElse(null),
            NOTICE + screen.map(Screen::notice).orElse(UNTESTED));
    Storage.writeFile(
        folder.resolve(DataCard.FILE),
        new DataCard(
                set, trainedOn, snapshot.info(), draws.classes(), options.format(), levels.words())
            .text());
    Storage.deleteTree(folder.resolve(GrowthProgress.FILE));
    Storage.writeFile(folder.resolve("generation.json"), Json.document(set));
  }
}
