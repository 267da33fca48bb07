package org.inoculum.detect;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.inoculum.UserException;
import org.inoculum.annotation.CocoFile;
import org.inoculum.data.AnnotatedField;
import org.inoculum.data.FileProgress;
import org.inoculum.files.Storage;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;
import org.inoculum.image.Png;
import org.inoculum.torch.Engine;
import org.inoculum.torch.Precision;
import org.inoculum.torch.PrecisionChoice;
import org.inoculum.torch.Workers;

/**
 * The cells of a folder of fields, found by a detector.
 *
 * @param classes that are told apart
 * @param fields one a field, sorted by name
 */
public record FieldCounts(List<String> classes, List<Count> fields) {
  /** Keeps copies of the lists. */
  public FieldCounts {
    classes = List.copyOf(classes);
    fields = List.copyOf(fields);
  }

  /**
   * The count of one field.
   *
   * @param field its file below the folder
   * @param cells of all classes
   * @param byClass in the order of the classes
   */
  public record Count(String field, int cells, List<Integer> byClass) {}

  /** Cells in all fields. */
  public int cells() {
    return fields.stream().mapToInt(Count::cells).sum();
  }

  private record Found(Path file, String name, int width, int height, List<Detection> cells) {}

  /**
   * Looks at every field of a folder and writes a new folder with {@code coco.json} (boxes and
   * scores), {@code counts.csv}, {@code README.md} and {@code overlays}.
   *
   * @param threads fields that are looked at at a time
   * @throws UserException of kind USAGE if {@code out} exists, BAD_DATA if a field cannot be read,
   *     FAILURE if it was stopped
   */
  public static FieldCounts write(
      Detector detector,
      Path folder,
      Path out,
      int threads,
      PrecisionChoice precision,
      FileProgress progress,
      BooleanSupplier stop) {
    Storage.refuseExisting(out);
    List<Map.Entry<String, Path>> files = List.copyOf(AnnotatedField.unknown(folder).entrySet());
    Precision settled = Engine.start(threads, precision).precision();
    List<String> classes = detector.info().classes();
    List<String> names = overlayNames(files.stream().map(Map.Entry::getKey).toList());
    List<FieldCounts> result = new ArrayList<>();
    Storage.newFolder(
        out,
        part -> {
          Path overlays = part.resolve("overlays");
          Storage.createFolders(overlays);
          Found[] found = new Found[files.size()];
          AtomicInteger done = new AtomicInteger();
          try (Workers workers = Workers.start(found.length, Math.min(threads, found.length))) {
            workers.each(
                found.length,
                i -> {
                  if (stop.getAsBoolean()) {
                    throw UserException.failure("stopped after " + done + " fields");
                  }
                  Path file = files.get(i).getValue();
                  Image image = ImageFiles.read(file, DecodingLimits.DEFAULT);
                  List<Detection> cells = detector.detect(image, settled);
                  found[i] =
                      new Found(file, files.get(i).getKey(), image.width(), image.height(), cells);
                  Storage.writeInto(
                      overlays.resolve(names.get(i) + ".png"),
                      Png.encode(FieldOverlay.draw(image, cells)));
                  synchronized (done) {
                    progress.at("looking", done.incrementAndGet(), found.length);
                  }
                });
          }
          FieldCounts counts = counts(classes, List.of(found));
          result.add(counts);
          writeText(part.resolve("coco.json"), coco(detector, List.of(found)));
          writeText(part.resolve("counts.csv"), counts.table());
          writeText(part.resolve("README.md"), counts.card(detector.info()));
        });
    return result.get(0);
  }

  /** Without the extension, unless two would be called the same. */
  private static List<String> overlayNames(List<String> files) {
    List<String> flat = files.stream().map(name -> name.replace('/', '_')).toList();
    List<String> stems = flat.stream().map(name -> name.replaceFirst("\\.[^.]*$", "")).toList();
    return Set.copyOf(stems).size() == stems.size() ? stems : flat;
  }

  private static void writeText(Path file, String text) {
    Storage.writeInto(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static FieldCounts counts(List<String> classes, List<Found> found) {
    List<Count> counts = new ArrayList<>();
    for (Found one : found) {
      int[] byClass = new int[classes.size()];
      one.cells.forEach(cell -> byClass[cell.label()]++);
      counts.add(
          new Count(one.name, one.cells.size(), java.util.Arrays.stream(byClass).boxed().toList()));
    }
    return new FieldCounts(classes, counts);
  }

  private static String coco(Detector detector, List<Found> found) {
    CocoFile coco =
        new CocoFile(
            "Found by a detector of Inoculum, trained on "
                + detector.info().trainedOn()
                + ". "
                + Detector.NOTICE,
            detector.info().classes());
    for (Found one : found) {
      coco.addImage(one.name, one.width, one.height);
      for (Detection cell : one.cells) {
        Rect box = cell.box();
        double[] numbers = {
          rounded(box.left(), 100),
          rounded(box.top(), 100),
          rounded(box.width(), 100),
          rounded(box.height(), 100)
        };
        coco.addFound(cell.label(), numbers, rounded(cell.score(), 10_000));
      }
    }
    return coco.document();
  }

  private static double rounded(double value, double units) {
    return Math.round(value * units) / units;
  }

  private String table() {
    StringBuilder text = new StringBuilder("field,cells");
    classes.forEach(name -> text.append(',').append(quoted(name)));
    text.append('\n');
    for (Count one : fields) {
      text.append(quoted(one.field)).append(',').append(one.cells);
      one.byClass.forEach(count -> text.append(',').append(count));
      text.append('\n');
    }
    return text.toString();
  }

  /** As RFC 4180 asks; a spreadsheet does not take it for a formula. */
  private static String quoted(String text) {
    String safe = text.matches("(?s)[=+@\\-\\t\\r].*") ? "'" + text : text;
    return safe.matches("[\\w ./()-]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }

  private String card(DetectorInfo info) {
    return """
        # Counted fields

        %d cells in %d fields. coco.json has boxes and scores, counts.csv the counts, overlays the boxes drawn on the fields.

        %s

        - Trained on: %s, %d steps.
        - Tested: %s.
        - Classes and the score from which on a cell counts: %s, %s.
        - A field of another stain, magnification or kind of specimen may give any count.
        """
        .formatted(
            cells(),
            fields.size(),
            Detector.NOTICE,
            info.trainedOn(),
            info.steps(),
            info.tested(),
            info.classes(),
            info.thresholds());
  }
}
