package org.inoculum.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.inoculum.Inoculum;
import org.inoculum.UserException;
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
 * generation.json} and a contact sheet, whole or not at all.
 */
public final class Growth {
  /** Where images of a generator without classes go when the training data had several. */
  static final String UNLABELLED = "unlabelled";

  private static final String NOTICE =
      "Synthetic images. This is not anonymisation: a generator can reproduce what it was trained on, and no test for copies was made.";

  private static final int SHEET_TILES = 64;

  private final Engine engine;
  private final GrowOptions options;
  private final Snapshot snapshot;
  private final String className;
  private final Path out;
  private final StringBuilder manifest = new StringBuilder();
  private final List<Image> tiles = new ArrayList<>();

  private Growth(
      Engine engine, GrowOptions options, Snapshot snapshot, String className, Path out) {
    this.engine = engine;
    this.options = options;
    this.snapshot = snapshot;
    this.className = className;
    this.out = out;
  }

  /**
   * Grows.
   *
   * @param run a finished, stopped or running training
   * @param out the new data set; must not exist
   * @param warn is told in a sentence of anything odd
   * @param done is told how many images there are so far
   * @param stop asked between batches; a stopped growth leaves nothing
   * @return images made, or fewer if it was stopped
   * @throws UserException if the run has no whole snapshot, or {@code out} exists or cannot be
   *     written
   */
  public static int grow(
      RunDirectory run,
      Path out,
      GrowOptions options,
      Consumer<String> warn,
      IntConsumer done,
      BooleanSupplier stop) {
    Storage.refuseExisting(out);
    Snapshot snapshot =
        run.newestSnapshot(warn)
            .orElseThrow(
                () ->
                    UserException.badData(
                        run.path()
                            + " has no whole snapshot yet; train it for longer, one is saved at every picture"));
    List<Manifest.ClassCount> classes = run.dataset(Manifest.class).classes();
    String className = classes.size() == 1 ? classes.get(0).name() : UNLABELLED;
    if (classes.size() > 1) {
      warn.accept(
          "the preset of this run knows no classes, so its images of "
              + classes.size()
              + " classes go to the folder "
              + UNLABELLED
              + "; train one run for each class to have labels");
    }
    Engine engine = Engine.start(options.threads(), options.precision());
    Growth growth = new Growth(engine, options, snapshot, className, out);
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

  private int write(RunDirectory run, Generator generator, IntConsumer done, BooleanSupplier stop) {
    int[] made = new int[1];
    try {
      Storage.newFolder(
          out,
          folder -> {
            Path images = Files.createDirectory(folder.resolve(className));
            while (made[0] < options.count()) {
              if (stop.getAsBoolean()) {
                throw new Stopped();
              }
              made[0] += batch(generator, images, made[0]);
              done.accept(made[0]);
            }
            finish(run, folder);
          });
    } catch (Stopped e) {
      return made[0];
    }
    return made[0];
  }

  private int batch(Generator generator, Path folder, int first) throws IOException {
    List<Image> images =
        GeneratedImages.batch(generator, engine.precision(), options.seed(), first);
    int wanted = Math.min(GeneratedImages.BATCH, options.count() - first);
    for (int i = 0; i < wanted; i++) {
      long index = first + (long) i;
      byte[] png = Png.encode(images.get(i), text(index));
      String name = RunDirectory.number(index) + ".png";
      Storage.writeInto(folder.resolve(name), png);
      manifest
          .append(
              Json.line(
                  new GrownImage(
                      className + "/" + name,
                      index,
                      options.seed(),
                      className,
                      snapshot.name(),
                      Sha256.of(png))))
          .append('\n');
      if (tiles.size() < SHEET_TILES) {
        tiles.add(images.get(i));
      }
    }
    return wanted;
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
                NOTICE)));
  }
}
