package org.inoculum.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import org.inoculum.image.Image;
import org.inoculum.image.Png;
import org.inoculum.model.GeneratedImages;
import org.inoculum.model.Generator;
import org.inoculum.model.GeneratorFile;
import org.inoculum.run.Provenance;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.Snapshot;
import org.inoculum.torch.Engine;
import org.inoculum.torch.Safetensors;

/**
 * Grows a synthetic data set from a run: a PNG an image, {@code manifest.jsonl}, {@code
 * rejected.jsonl}, {@code generation.json} and a contact sheet, whole or not at all.
 */
public final class Growth {
  private static final String NOTICE =
      "Synthetic images. This is not anonymisation and not differentially private: a generator can reproduce what it was trained on. ";

  private static final String UNTESTED = "No test for copies was made.";

  private static final int SHEET_TILES = 64;

  private final Engine engine;
  private final GrowOptions options;
  private final Snapshot snapshot;
  private final ClassChoice choice;
  private final Path out;
  private final Optional<Screen> screen;
  private final StringBuilder manifest = new StringBuilder();
  private final List<Image> tiles = new ArrayList<>();
  private int accepted;

  private Growth(
      Engine engine,
      GrowOptions options,
      Snapshot snapshot,
      ClassChoice choice,
      Path out,
      Optional<Screen> screen) {
    this.engine = engine;
    this.options = options;
    this.snapshot = snapshot;
    this.choice = choice;
    this.out = out;
    this.screen = screen;
  }

  /**
   * Grows. Images are drawn in the order of their index until enough are accepted, so that a
   * smaller set is the beginning of a larger one.
   *
   * @param run a finished, stopped or running training
   * @param out the new data set; must not exist
   * @param training the images that the run was trained on, to test for copies; where they are not
   *     given, what the run remembers of them is used and no sheet of nearest images is made
   * @param warn is told in a sentence of anything odd
   * @param done is told how many images are accepted so far
   * @param stop asked between batches; a stopped growth leaves nothing
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
    ClassChoice choice =
        ClassChoice.of(
            options.className(), snapshot.info().classes(), run.dataset(Manifest.class), warn);
    Optional<Screen> screen =
        options.filter() ? Optional.of(Screen.of(run, training, warn)) : Optional.empty();
    Engine engine = Engine.start(options.threads(), options.precision());
    Growth growth = new Growth(engine, options, snapshot, choice, out, screen);
    try (Generator generator =
        GeneratorFile.decode(
            snapshot.info(), Safetensors.read(snapshot.weights()), snapshot.weights().toString())) {
      return growth.write(run, generator, done, stop);
    }
  }

  /** Thrown inside the folder's writer to leave nothing behind. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private Grown write(
      RunDirectory run, Generator generator, IntConsumer done, BooleanSupplier stop) {
    try {
      Storage.newFolder(
          out,
          folder -> {
            for (String name : choice.grown()) {
              Files.createDirectory(folder.resolve(name));
            }
            for (long first = 0; accepted < options.count(); first += GeneratedImages.BATCH) {
              if (stop.getAsBoolean()) {
                throw new Stopped();
              }
              batch(generator, folder, first);
              done.accept(accepted);
              screen.ifPresent(Screen::refuseHopeless);
            }
            finish(run, folder);
          });
    } catch (Stopped e) {
      return grown();
    }
    screen.ifPresent(kept -> kept.writeSheet(run));
    return grown();
  }

  private Grown grown() {
    return new Grown(accepted, screen.map(Screen::rejected).orElse(0));
  }

  private void batch(Generator generator, Path folder, long first) throws IOException {
    List<Image> images =
        GeneratedImages.batch(generator, engine.precision(), options.seed(), first, choice::label);
    for (int i = 0; i < GeneratedImages.BATCH && accepted < options.count(); i++) {
      long index = first + i;
      Image image = images.get(i);
      Optional<CopyFilter.Verdict> verdict = screen.map(kept -> kept.judge(image, index));
      if (verdict.isPresent() && verdict.get().rejected().isPresent()) {
        continue;
      }
      accepted++;
      Optional<Match> nearest = verdict.map(CopyFilter.Verdict::nearest);
      byte[] png = Png.encode(image, text(index));
      String name = RunDirectory.number(index) + ".png";
      String className = choice.name(index);
      Storage.writeInto(folder.resolve(className).resolve(name), png);
      manifest
          .append(
              Json.line(
                  new GrownImage(
                      className + "/" + name,
                      index,
                      options.seed(),
                      className,
                      snapshot.name(),
                      Sha256.of(png),
                      nearest.map(Match::name).orElse(null),
                      nearest.map(match -> Screen.rounded(match.distance())).orElse(null),
                      nearest.map(match -> Screen.rounded(match.ratio())).orElse(null))))
          .append('\n');
      if (tiles.size() < SHEET_TILES) {
        tiles.add(image);
      }
    }
  }

  /** What each picture says of itself. */
  private Map<String, String> text(long index) {
    return Map.of(
        "Software",
        Inoculum.program(),
        "Comment",
        "synthetic; snapshot "
            + snapshot.info().sha256()
            + ", seed "
            + options.seed()
            + ", image "
            + index);
  }

  private void finish(RunDirectory run, Path folder) {
    screen.ifPresent(
        kept -> Storage.writeFile(folder.resolve("rejected.jsonl"), kept.rejectedLines()));
    Storage.writeFile(folder.resolve("manifest.jsonl"), manifest.toString());
    Storage.writeFile(
        folder.resolve("contact-sheet.png"),
        Png.encode(ContactSheet.of(tiles, ContactSheet.columnsFor(tiles.size()), 2, 255)));
    Storage.writeFile(
        folder.resolve("generation.json"),
        Json.document(
            new GrownSet(
                Inoculum.program(),
                Provenance.now(),
                String.valueOf(run.path().toAbsolutePath().normalize().getFileName()),
                snapshot.name(),
                snapshot.info().sha256(),
                options.seed(),
                options.count(),
                engine.precision().name().toLowerCase(Locale.ROOT),
                run.dataset(Manifest.class).window(),
                screen.map(Screen::test).orElse(null),
                NOTICE + screen.map(Screen::notice).orElse(UNTESTED))));
  }
}
