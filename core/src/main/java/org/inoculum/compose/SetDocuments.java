package org.inoculum.compose;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.inoculum.files.Json;
import org.inoculum.files.Storage;

/**
 * Writes what describes all fields together: {@code coco.json}, {@code counts.csv}, {@code
 * cells.jsonl} and {@code data.yaml}, from the records of the fields, one after the other.
 */
final class SetDocuments {
  private static final int FLUSHED = 1 << 20;

  private final Path folder;
  private final List<String> classes;
  private final FieldWriter writer;
  private final int count;

  SetDocuments(Path folder, List<String> classes, FieldWriter writer, int count) {
    this.folder = folder;
    this.classes = List.copyOf(classes);
    this.writer = writer;
    this.count = count;
  }

  /**
   * The sums over all fields.
   *
   * @param cells that were laid
   * @param objects that have a box
   * @param missing cells for which there was no room
   * @param ignored regions
   */
  record Totals(long cells, long objects, long missing, long ignored) {}

  private interface Lines {
    void of(FieldRecord record, Text to) throws IOException;
  }

  /** Appends to a file in large pieces. */
  private static final class Text {
    private final Path file;
    private final StringBuilder text = new StringBuilder();

    Text(Path file) {
      this.file = file;
      Storage.deleteTree(file);
    }

    void add(String more) {
      text.append(more);
      if (text.length() > FLUSHED) {
        flush();
      }
    }

    void flush() {
      Storage.append(file, text.toString().getBytes(StandardCharsets.UTF_8));
      text.setLength(0);
    }

    void close() {
      flush();
      Storage.force(file);
    }
  }

  Totals write(String description) throws IOException {
    coco(description);
    Text cells = new Text(folder.resolve("cells.jsonl"));
    each((record, to) -> record.cells().forEach(cell -> to.add(Json.line(cell) + "\n")), cells);
    cells.close();
    Totals totals = counts();
    Storage.writeFile(folder.resolve("data.yaml"), yaml());
    return totals;
  }

  private void each(Lines lines, Text to) throws IOException {
    for (int i = 0; i < count; i++) {
      int index = i;
      lines.of(
          writer
              .record(i)
              .orElseThrow(() -> new IOException("the record of field " + index + " is missing")),
          to);
    }
  }

  private void coco(String description) throws IOException {
    Text coco = new Text(folder.resolve("coco.json"));
    coco.add("{\"info\":" + Json.line(Map.of("description", description)) + ",\"categories\":[");
    for (int i = 0; i < classes.size(); i++) {
      coco.add(
          (i == 0 ? "\n" : ",\n")
              + Json.line(CellMasks.ordered("id", i + 1, "name", classes.get(i))));
    }
    coco.add("],\n\"images\":[");
    each(
        (record, to) ->
            to.add(
                (record.index() == 0 ? "\n" : ",\n")
                    + Json.line(
                        CellMasks.ordered(
                            "id",
                            record.index() + 1,
                            "file_name",
                            record.file(),
                            "width",
                            record.width(),
                            "height",
                            record.height()))),
        coco);
    coco.add("],\n\"annotations\":[");
    long[] id = new long[1];
    each(
        (record, to) -> {
          for (FieldRecord.ObjectRecord object : record.objects()) {
            Map<String, Object> annotation =
                annotation(++id[0], record, classes.indexOf(object.className()));
            annotation.put("bbox", object.box());
            annotation.put("area", object.area());
            annotation.put("iscrowd", 0);
            annotation.put("segmentation", segmentation(record, object.counts()));
            annotation.put("cells", object.cells());
            to.add((id[0] == 1 ? "\n" : ",\n") + Json.line(annotation));
          }
          for (List<Integer> region : record.ignored()) {
            for (int label = 0; label < classes.size(); label++) {
              Map<String, Object> annotation = annotation(++id[0], record, label);
              annotation.put("bbox", region);
              annotation.put("area", region.get(2) * region.get(3));
              annotation.put("iscrowd", 1);
              annotation.put("segmentation", segmentation(record, counts(record, region)));
              to.add((id[0] == 1 ? "\n" : ",\n") + Json.line(annotation));
            }
          }
        },
        coco);
    coco.add("]}\n");
    coco.close();
  }

  private static Map<String, Object> annotation(long id, FieldRecord record, int label) {
    return CellMasks.ordered("id", id, "image_id", record.index() + 1, "category_id", label + 1);
  }

  private static Map<String, Object> segmentation(FieldRecord record, String counts) {
    return CellMasks.ordered("size", List.of(record.height(), record.width()), "counts", counts);
  }

  private static String counts(FieldRecord record, List<Integer> region) {
    boolean[] all = new boolean[region.get(2) * region.get(3)];
    Arrays.fill(all, true);
    return new PixelSet(region.get(2), region.get(3), all)
        .at(region.get(0), region.get(1))
        .runs(record.width(), record.height());
  }

  private Totals counts() throws IOException {
    Text counts = new Text(folder.resolve("counts.csv"));
    counts.add("image,cells,objects,ignored");
    classes.forEach(name -> counts.add("," + csv(name)));
    counts.add("\n");
    long[] totals = new long[4];
    each(
        (record, to) -> {
          to.add(
              record.file()
                  + ","
                  + record.cells().size()
                  + ","
                  + record.objects().size()
                  + ","
                  + record.ignored().size());
          for (String name : classes) {
            to.add(
                ","
                    + record.cells().stream()
                        .filter(cell -> cell.className().equals(name))
                        .count());
          }
          to.add("\n");
          totals[0] += record.cells().size();
          totals[1] += record.objects().size();
          totals[2] += record.missing();
          totals[3] += record.ignored().size();
        },
        counts);
    counts.close();
    return new Totals(totals[0], totals[1], totals[2], totals[3]);
  }

  private static String csv(String name) {
    return name.matches("[\\w .-]+") ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Ultralytics' description of a data set (docs.ultralytics.com, "Object detection datasets"). */
  private String yaml() {
    StringBuilder yaml =
        new StringBuilder(
            """
            # Boxes are in labels/; for segmentation, put outlines/ in the place of labels/.
            path: .
            train: images
            val: images
            names:
            """);
    for (int i = 0; i < classes.size(); i++) {
      yaml.append("  ").append(i).append(": ").append(Json.line(classes.get(i))).append('\n');
    }
    return yaml.toString();
  }
}
