package org.inoculum.compose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.inoculum.Inoculum;
import org.inoculum.UserException;
import org.inoculum.annotation.Annotations;
import org.inoculum.annotation.Box;
import org.inoculum.annotation.BoxLimits;
import org.inoculum.data.FileProgress;
import org.inoculum.data.ImageListing;
import org.inoculum.files.FormatVersion;
import org.inoculum.files.Json;
import org.inoculum.files.Sha256;
import org.inoculum.files.Storage;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.ImageFiles;

/**
 * Composes a set of fields of view. The folder has its name when it is whole; before, what is there
 * waits beside it, and the same command goes on with it.
 */
public final class Composition {
  /** Where cells that were generated for the set lie in it. */
  public static final String CELLS = "cells";

  private static final String PROGRESS = "progress.json";
  private static final double MOST_RATIO = 1.7;

  private final Path cells;
  private final Path out;
  private final ComposeOptions options;
  private final Optional<CellSupply> supply;
  private final Consumer<String> told;
  private final FileProgress progress;
  private final BooleanSupplier stop;

  /** Generates cells into a folder, or goes on with it; false where it was stopped. */
  @FunctionalInterface
  public interface CellSupply {
    /** Writes a synthetic data set to {@code folder}, which does not exist. */
    boolean generate(Path folder);
  }

  private Composition(
      Path cells,
      Path out,
      ComposeOptions options,
      Optional<CellSupply> supply,
      Consumer<String> told,
      FileProgress progress,
      BooleanSupplier stop) {
    this.cells = cells;
    this.out = out;
    this.options = options;
    this.supply = supply;
    this.told = told;
    this.progress = progress;
    this.stop = stop;
  }

  private record Progress(String composition) {}

  /**
   * Composes.
   *
   * @param cells a folder of crops, or of a sub-folder for each class, or a synthetic data set; with
   *     a supply, the run
   * @param out the new set; must not exist
   * @param supply makes the cells, where they are not there yet
   * @param told sentences that a user should know
   * @param progress how many are done of what
   * @param stop asked between fields
   * @return nothing where it was stopped
   * @throws UserException if crops, ground or annotations cannot be used
   */
  public static Optional<CompositionResult> compose(
      Path cells,
      Path out,
      ComposeOptions options,
      Optional<CellSupply> supply,
      Consumer<String> told,
      FileProgress progress,
      BooleanSupplier stop) {
    Composition composition =
        new Composition(cells, out, options, supply, told, progress, stop);
    List<CompositionResult> result = new ArrayList<>();
    boolean whole = Storage.resumableFolder(out, true, folder -> composition.fill(folder, result));
    return whole ? Optional.of(result.get(0)) : Optional.empty();
  }

  private boolean fill(Path folder, List<CompositionResult> result) throws IOException {
    ImageListing groundFiles = groundFiles();
    Path crops = cells;
    if (supply.isPresent()) {
      crops = folder.resolve(CELLS);
      if (!Files.exists(crops) && !supply.get().generate(crops)) {
        return false;
      }
    }
    ImageListing cropFiles = CellSource.list(crops);
    requireSame(folder, groundFiles, cropFiles);
    int channels = Math.max(channels(groundFiles), channels(cropFiles));
    List<CellCrop> read = CellSource.read(cropFiles, channels, progress);
    Modality modality = modality(read);
    CellPool pool =
        CellPool.cut(read, modality, options.recipe(), options.threads(), progress);
    Sheets.writeRejected(folder, pool, read);
    requireCells(pool, read);
    Map<String, Double> weights = weights(pool);

    Map<String, List<Box>> boxes = boxes(groundFiles);
    double scale = options.cellScale().orElse(1);
    int cropSide = pool.cells().get(0).cropSide();
    double unit = scale * cropSide / 128.0;
    BoxMeasure measure =
        boxes.isEmpty()
            ? BoxMeasure.NONE
            : BoxMeasure.of(
                BoxMeasure.annotated(groundFiles, boxes),
                pool,
                modality,
                options.recipe(),
                scale,
                channels);
    requireSameMagnification(measure, scale);
    double boxMargin = boxMargin(measure, unit);
    Grounds grounds =
        Grounds.prepare(
            groundFiles,
            boxes,
            new Grounds.Plan(
                pool,
                modality,
                options.recipe(),
                scale,
                unit,
                (int) Math.ceil(boxMargin),
                channels,
                options.seed(),
                options.threads()),
            folder,
            progress);
    tell(grounds);
    Sheets.writeReplaced(folder, grounds);

    List<String> classes = new ArrayList<>(weights.keySet());
    String description =
        "Composed field: synthetic. Cells from crops, laid on ground; not for diagnosis.";
    FieldWriter writer = new FieldWriter(folder, classes, description);
    FieldComposer composer =
        new FieldComposer(
            pool,
            grounds.fields(),
            modality,
            options,
            counts(),
            scale,
            unit,
            weights,
            boxMargin);
    if (!new FieldQueue(options.count(), options.threads(), progress, stop)
        .run(
            index -> {
              if (writer.record(index).isEmpty()) {
                writer.write(composer.compose(index));
              }
            })) {
      return false;
    }
    SetDocuments.Totals totals =
        new SetDocuments(folder, classes, writer, options.count()).write(description);
    CompositionResult made =
        new CompositionResult(
            Inoculum.program(),
            modality.label(),
            options.count(),
            totals.cells(),
            totals.objects(),
            totals.missing(),
            totals.ignored(),
            classes,
            pool.cells().size(),
            pool.rejected().size(),
            grounds.fields().size(),
            grounds.replaced(),
            grounds.left(),
            grounds.suspects(),
            boxMargin,
            scale,
            options.seed(),
            options.recipe());
    Sheets.writeContact(folder, groundFiles, boxes, writer, options.count(), unit, channels);
    Storage.writeFile(
        folder.resolve(CompositionCard.FILE),
        CompositionCard.text(made, pool, options, supply.isPresent()));
    Storage.writeFile(folder.resolve("composition.json"), FormatVersion.document(made));
    Storage.deleteTree(folder.resolve(FieldWriter.RECORDS));
    Storage.deleteTree(folder.resolve(PROGRESS));
    result.add(made);
    return true;
  }

  private ImageListing groundFiles() {
    if (!Files.isDirectory(options.ground())) {
      throw UserException.badData(
          options.ground()
              + " is no folder of ground: --ground names a folder of fields without cells, or, with --clean, of annotated ones");
    }
    return ImageListing.ofFields(options.ground());
  }

  private static int channels(ImageListing listing) {
    return ImageFiles.read(listing.entries().get(0).file(), DecodingLimits.DEFAULT).channels();
  }

  /** Everything that decides the bytes of the set; another composition is not gone on with. */
  private void requireSame(Path folder, ImageListing ground, ImageListing crops) {
    Map<String, Object> all = new TreeMap<>();
    all.put("program", Inoculum.program());
    all.put("count", options.count());
    all.put("options", options.toString().replaceAll("threads=\\d+", ""));
    all.put("ground", ground.entries().stream().map(ImageListing.Entry::source).toList());
    all.put("crops", crops.entries().stream().map(ImageListing.Entry::source).toList());
    Progress now = new Progress(Sha256.ofText(Json.line(all)));
    Path file = folder.resolve(PROGRESS);
    if (!Files.exists(file)) {
      Storage.writeFile(file, Json.document(now));
    } else if (!Json.read(file, Progress.class).equals(now)) {
      throw UserException.usage(
          "%s was begun with other cells, ground or options; ask for the same, name another --out, or remove %s"
              .formatted(out, out.resolveSibling("." + out.getFileName() + ".part")));
    }
  }

  private Modality modality(List<CellCrop> crops) {
    if (options.modality().isPresent()) {
      return options.modality().get();
    }
    ModalityChoice choice =
        ModalityChoice.of(crops.stream().map(CellCrop::image).limit(200).toList());
    told.accept("modality: " + choice.modality().label() + " (" + choice.why() + ")");
    if (choice.modality() == Modality.OTHER) {
      told.accept(
          "light is neither only absorbed nor only added, so each cell is blended with its ground; --modality says it better where you know it");
    }
    return choice.modality();
  }

  private void requireCells(CellPool pool, List<CellCrop> crops) {
    if (pool.cells().isEmpty()) {
      Path sheet = out.resolveSibling(out.getFileName() + "-rejected.png");
      Sheets.writeRejectedTo(sheet, pool, crops);
      throw UserException.badData(
          "none of the %d crops of %s gives a cell: %s; %s shows them"
              .formatted(crops.size(), cells, pool.reasonsInWords(), sheet));
    }
    if (!pool.rejected().isEmpty()) {
      told.accept(
          "%d of %d crops give no cell: %s; rejected.png shows them"
              .formatted(pool.rejected().size(), crops.size(), pool.reasonsInWords()));
    }
  }

  private Map<String, Double> weights(CellPool pool) {
    Map<String, Double> weights = new TreeMap<>();
    if (options.classes().isEmpty()) {
      pool.classes().forEach(name -> weights.put(name, 1.0));
    } else {
      pool.requireClasses(options.classes().keySet());
      weights.putAll(options.classes());
    }
    return weights;
  }

  private Map<String, List<Box>> boxes(ImageListing ground) {
    if (options.clean().isEmpty()) {
      return new HashMap<>();
    }
    Annotations annotations =
        Annotations.read(options.clean().get(), options.format(), null, BoxLimits.DEFAULT);
    Map<String, List<Box>> boxes = ground.boxes(annotations);
    if (boxes.isEmpty()) {
      throw UserException.badData(
          options.clean().get() + " holds no box of an image in " + options.ground());
    }
    return boxes;
  }

  private void requireSameMagnification(BoxMeasure measure, double scale) {
    if (measure.ratio().isEmpty()) {
      return;
    }
    double ratio = measure.ratio().getAsDouble() / scale;
    if (options.cellScale().isEmpty() && (ratio > MOST_RATIO || ratio < 1 / MOST_RATIO)) {
      throw UserException.badData(
          String.format(
              Locale.ROOT,
              "the objects annotated in %s are %.2f times as large as the cells of %s: they are of another magnification, or of another kind; --cell-scale %.2f lays cells so, --cell-scale 1 as they are",
              options.ground(),
              ratio,
              cells,
              ratio));
    }
  }

  private double boxMargin(BoxMeasure measure, double unit) {
    if (options.boxMargin().isPresent()) {
      return options.boxMargin().getAsDouble();
    }
    double usual = options.recipe().boxMargin() * unit;
    if (measure.margin().isPresent()) {
      double measured = Math.max(0, Math.round(10 * measure.margin().getAsDouble()) / 10.0);
      told.accept("boxes are %s pixels wider on each side than cells, as annotated".formatted(measured));
      return measured;
    }
    return Math.round(usual);
  }

  private CellCounts counts() {
    if (options.perField().isEmpty()) {
      return CellCounts.mixture(
          options.recipe().cellsPerField(), options.recipe().cellsShape());
    }
    Path file = Path.of(options.perField().get());
    if (!Files.exists(file)) {
      return CellCounts.parse(options.perField().get());
    }
    Map<String, Integer> observed = new TreeMap<>();
    Annotations annotations = Annotations.read(file, null, null, BoxLimits.DEFAULT);
    annotations.boxes().forEach(box -> observed.merge(box.image(), 1, Integer::sum));
    if (observed.isEmpty()) {
      throw UserException.badData(file + " holds no box, so it says nothing of cells a field");
    }
    return CellCounts.as(new ArrayList<>(observed.values()), file.toString());
  }

  private void tell(Grounds grounds) {
    if (grounds.replaced() > 0) {
      told.accept(
          "%d annotated objects were removed from the ground; replaced.png shows it"
              .formatted(grounds.replaced()));
    }
    if (grounds.left() > 0) {
      told.accept(
          "%d annotated objects could not be removed, since no part of their field fits; they are ignore regions"
              .formatted(grounds.left()));
    }
    told.accept(
        grounds.suspects() == 0
            ? "nothing in the ground looks like a cell that nobody annotated"
            : "%d places in the ground look like a cell that nobody annotated; they are ignore regions in coco.json"
                .formatted(grounds.suspects()));
  }
}
