package org.inoculum.compose;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.inoculum.UserException;
import org.inoculum.annotation.Annotations;
import org.inoculum.annotation.Box;
import org.inoculum.annotation.BoxLimits;
import org.inoculum.data.ImageListing;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.ImageFiles;
import org.inoculum.image.ImageHeader;

/** What a composition is given: checks it, and measures what nobody said. */
final class ComposeInputs {
  private static final double MOST_RATIO = 1.7;

  /** What a thread needs at most for each pixel of a field, while it looks for suspects. */
  private static final long BYTES_PER_PIXEL = 100;

  private final Path cells;
  private final ComposeOptions options;
  private final Consumer<String> told;

  ComposeInputs(Path cells, ComposeOptions options, Consumer<String> told) {
    this.cells = cells;
    this.options = options;
    this.told = told;
  }

  ImageListing groundFiles() {
    if (!Files.isDirectory(options.ground())) {
      throw UserException.badData(
          options.ground()
              + " is no folder of ground: --ground names a folder of fields without cells, or, with --clean, of annotated ones");
    }
    return ImageListing.ofFields(options.ground());
  }

  /**
   * As many threads as were asked for, if the memory holds a field of the first one's size each.
   */
  int threads(ImageListing ground) {
    ImageHeader first = ImageFiles.header(ground.entries().get(0).file(), DecodingLimits.DEFAULT);
    long field = BYTES_PER_PIXEL * first.width() * first.height();
    long fitting = Runtime.getRuntime().maxMemory() * 4 / 5 / field;
    return (int) Math.max(1, Math.min(options.threads(), fitting));
  }

  static int channels(ImageListing listing) {
    return ImageFiles.read(listing.entries().get(0).file(), DecodingLimits.DEFAULT).channels();
  }

  Modality modality(List<CellCrop> crops) {
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

  Map<String, Double> weights(CellPool pool) {
    Map<String, Double> weights = new TreeMap<>();
    if (options.classes().isEmpty()) {
      pool.classes().forEach(name -> weights.put(name, 1.0));
    } else {
      pool.requireClasses(options.classes().keySet());
      weights.putAll(options.classes());
    }
    return weights;
  }

  Map<String, List<Box>> boxes(ImageListing ground) {
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

  void requireSameMagnification(BoxMeasure measure, double scale) {
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

  double boxMargin(BoxMeasure measure, double unit) {
    if (options.boxMargin().isPresent()) {
      return options.boxMargin().getAsDouble();
    }
    double usual = options.recipe().boxMargin() * unit;
    if (measure.margin().isPresent()) {
      double measured = Math.max(0, Math.round(10 * measure.margin().getAsDouble()) / 10.0);
      told.accept(
          "boxes are %s pixels wider on each side than cells, as annotated".formatted(measured));
      return measured;
    }
    return Math.round(usual);
  }

  CellCounts counts() {
    if (options.perField().isEmpty()) {
      return CellCounts.mixture(options.recipe().cellsPerField(), options.recipe().cellsShape());
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
}
