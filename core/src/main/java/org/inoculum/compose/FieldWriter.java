package org.inoculum.compose;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.inoculum.UserException;
import org.inoculum.files.Json;
import org.inoculum.files.Storage;
import org.inoculum.image.Image;
import org.inoculum.image.Png;

/**
 * Writes the files of a field: image, label mask, YOLO boxes and outlines, and last the record that
 * says that all are whole. Any number of threads may write different fields.
 */
final class FieldWriter {
  static final String IMAGES = "images";
  static final String MASKS = "masks";
  static final String LABELS = "labels";
  static final String OUTLINES = "outlines";
  static final String RECORDS = "records";

  private final Path folder;
  private final List<String> classes;
  private final String description;

  /**
   * For a set that is being written.
   *
   * @param classes in the order of their numbers
   * @param description what the images say of themselves
   */
  FieldWriter(Path folder, List<String> classes, String description) {
    this.folder = folder;
    this.classes = List.copyOf(classes);
    this.description = description;
    for (String name : List.of(IMAGES, MASKS, LABELS, OUTLINES, RECORDS)) {
      Storage.createFolders(folder.resolve(name));
    }
  }

  /** Name of a field's files without extension. */
  static String stem(int index) {
    return String.format(Locale.ROOT, "%06d", index);
  }

  /** The record of a field, if it was written whole. */
  Optional<FieldRecord> record(int index) {
    Path file = folder.resolve(RECORDS).resolve(stem(index) + ".json");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.read(file, FieldRecord.class));
    } catch (UserException e) {
      return Optional.empty(); // torn by a crash: written again
    }
  }

  /** Writes a field. */
  FieldRecord write(ComposedField field) {
    String stem = stem(field.index());
    put(
        IMAGES,
        stem + ".png",
        Png.encode(field.image(), Map.of("Description", description, "Software", "inoculum")));
    put(MASKS, stem + ".png", Png.encode(labels(field)));
    put(LABELS, stem + ".txt", boxes(field).getBytes(StandardCharsets.UTF_8));
    put(OUTLINES, stem + ".txt", outlines(field).getBytes(StandardCharsets.UTF_8));
    FieldRecord record = record(field);
    put(RECORDS, stem + ".json", (Json.line(record) + "\n").getBytes(StandardCharsets.UTF_8));
    return record;
  }

  private void put(String place, String name, byte[] content) {
    Path file = folder.resolve(place).resolve(name);
    if (Files.exists(file)) { // of an attempt that was killed
      Storage.deleteTree(file);
    }
    Storage.writeInto(file, content);
  }

  /** Grey, 16 bits: 0 is ground, any other value a cell. */
  private static Image labels(ComposedField field) {
    return new Image(field.image().width(), field.image().height(), 1, 16, field.labels().clone());
  }

  private String boxes(ComposedField field) {
    StringBuilder text = new StringBuilder();
    double width = field.image().width();
    double height = field.image().height();
    for (ComposedField.Marked object : field.objects()) {
      double[] box = object.box();
      text.append(
          String.format(
              Locale.ROOT,
              "%d %.6f %.6f %.6f %.6f\n",
              classes.indexOf(object.className()),
              (box[0] + box[2] / 2) / width,
              (box[1] + box[3] / 2) / height,
              box[2] / width,
              box[3] / height));
    }
    return text.toString();
  }

  private String outlines(ComposedField field) {
    StringBuilder text = new StringBuilder();
    double width = field.image().width();
    double height = field.image().height();
    for (ComposedField.Marked object : field.objects()) {
      text.append(classes.indexOf(object.className()));
      for (int[] corner : Outline.of(object.mask())) {
        text.append(
            String.format(
                Locale.ROOT,
                " %.6f %.6f",
                (corner[0] + object.left()) / width,
                (corner[1] + object.top()) / height));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static FieldRecord record(ComposedField field) {
    String file = IMAGES + "/" + stem(field.index()) + ".png";
    List<FieldRecord.ObjectRecord> objects = new ArrayList<>();
    for (ComposedField.Marked object : field.objects()) {
      objects.add(
          new FieldRecord.ObjectRecord(
              object.className(),
              object.cells(),
              Arrays.stream(object.box()).boxed().toList(),
              object.mask().count(),
              object
                  .mask()
                  .at(object.left(), object.top())
                  .runs(field.image().width(), field.image().height())));
    }
    List<FieldRecord.CellRecord> cells = new ArrayList<>();
    for (int i = 0; i < field.cells().size(); i++) {
      LaidCell laid = field.cells().get(i);
      Cell cell = laid.cell();
      LaidCell.Pose pose = laid.pose();
      cells.add(
          new FieldRecord.CellRecord(
              file,
              i + 1,
              field.objectOf()[i],
              cell.className(),
              cell.source(),
              cell.seed(),
              cell.index(),
              cell.snapshot(),
              field.ground().source(),
              rounded(pose.x()),
              rounded(pose.y()),
              rounded(Math.toDegrees(pose.angle())),
              pose.mirrored(),
              rounded(pose.scale()),
              Arrays.stream(pose.strength()).map(FieldWriter::rounded).boxed().toList(),
              rounded(pose.blur())));
    }
    return new FieldRecord(
        field.index(),
        file,
        field.ground().source(),
        field.image().width(),
        field.image().height(),
        objects,
        field.ground().ignored().stream()
            .map(box -> List.of(box.left(), box.top(), box.width(), box.height()))
            .toList(),
        cells,
        field.missing());
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
