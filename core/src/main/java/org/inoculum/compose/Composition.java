package org.inoculum.compose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.inoculum.Inoculum;
import org.inoculum.UserException;
import org.inoculum.annotation.Box;
import org.inoculum.data.FileProgress;
import org.inoculum.data.ImageListing;
import org.inoculum.files.FormatVersion;
import org.inoculum.files.Json;
import org.inoculum.files.Sha256;
import org.inoculum.files.Storage;

/**
 * Composes a set of fields of view. The folder has its name when it is whole; before, what is there
 * waits beside it, and the same command goes on with it.
 */
public final class Composition {
  /** Where cells that were generated for the set lie in it. */
  public static final String CELLS = "cells";

  private static final String PROGRESS = "progress.json";

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
   * @param cells a folder of crops, or of a sub-folder for each class, or a synthetic data set;
   *     with a supply, the run
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
    Composition composition = new Composition(cells, out, options, supply, told, progress, stop);
    List<CompositionResult> result = new ArrayList<>();
    boolean whole = Storage.resumableFolder(out, true, folder -> composition.fill(folder, result));
    return whole ? Optional.of(result.get(0)) : Optional.empty();
  }

  private boolean fill(Path folder, List<CompositionResult> result) throws IOException {
    ComposeInputs inputs = new ComposeInputs(cells, options, told);
    ImageListing groundFiles = inputs.groundFiles();
    beginOrGoOn(folder, groundFiles);
    Path crops = cells;
    if (supply.isPresent()) {
      crops = folder.resolve(CELLS);
      if (!Files.exists(crops) && !supply.get().generate(crops)) {
        return false;
      }
    }
    ImageListing cropFiles = CellSource.list(crops);
    int channels = Math.max(ComposeInputs.channels(groundFiles), ComposeInputs.channels(cropFiles));
    int threads = inputs.threads(groundFiles);
    List<CellCrop> read = CellSource.read(cropFiles, channels, progress);
    Modality modality = inputs.modality(read);
    CellPool pool = CellPool.cut(read, modality, options.recipe(), threads, progress);
    Sheets.writeRejected(folder, pool, read);
    requireCells(pool, read);
    Map<String, Double> weights = inputs.weights(pool);

    Map<String, List<Box>> boxes = inputs.boxes(groundFiles);
    double scale = options.cellScale().orElse(1);
    double unit = pool.unit(scale);
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
    inputs.requireSameMagnification(measure, scale);
    double boxMargin = inputs.boxMargin(measure, unit);
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
                threads),
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
            options.laying() == ComposeOptions.Laying.CUT
                ? pool
                : pool.asRectangles(read, modality, options.recipe()),
            grounds.fields(),
            modality,
            options,
            inputs.counts(),
            scale,
            unit,
            weights,
            boxMargin);
    if (!new FieldQueue(options.count(), threads, progress, stop)
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

  /**
   * Goes on with what was begun with everything the same that decides the bytes of the set. Where
   * anything is another, begins anew if no field is whole yet.
   */
  private void beginOrGoOn(Path folder, ImageListing ground) throws IOException {
    Map<String, Object> all = new TreeMap<>();
    all.put("program", Inoculum.program());
    all.put("options", options.toString().replaceAll("threads=\\d+", ""));
    all.put("ground", ground.entries().stream().map(ImageListing.Entry::source).toList());
    all.put(
        "cells",
        supply.isPresent()
            ? cells.toString()
            : CellSource.list(cells).entries().stream().map(ImageListing.Entry::source).toList());
    Progress now = new Progress(Sha256.ofText(Json.line(all)));
    Path file = folder.resolve(PROGRESS);
    if (Files.exists(file) && Json.read(file, Progress.class).equals(now)) {
      return;
    }
    if (hasFields(folder)) {
      throw UserException.usage(
          "%s was begun with other cells, ground or options; ask for the same, name another --out, or remove %s"
              .formatted(out, out.resolveSibling("." + out.getFileName() + ".part")));
    }
    try (Stream<Path> left = Files.list(folder)) {
      left.toList().forEach(Storage::deleteTree);
    }
    Storage.writeFile(file, Json.document(now));
  }

  private static boolean hasFields(Path folder) throws IOException {
    Path records = folder.resolve(FieldWriter.RECORDS);
    if (!Files.isDirectory(records)) {
      return false;
    }
    try (Stream<Path> whole = Files.list(records)) {
      return whole.findAny().isPresent();
    }
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
