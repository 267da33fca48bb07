package org.inoculum.generate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inoculum.files.Json;
import org.inoculum.files.Storage;
import org.inoculum.files.StoredFile;
import org.inoculum.run.RunDirectory;

/**
 * A folder of PNG files for each class; {@code metadata.jsonl}, by which Hugging Face's image
 * folder knows their labels; {@code coco.json}, the same as labels of whole images in COCO's form.
 */
final class FolderWriter implements SyntheticSetWriter {
  static final String METADATA = "metadata.jsonl";
  static final String COCO = "coco.json";

  private final AppendedFiles files;
  private final List<String> classes;
  private final List<String> generated;
  private final int side;

  /**
   * Makes the folders of the classes that are generated.
   *
   * @param classes all there are, by their numbers
   * @param generated names of those that there will be images of
   * @param side of the images, in pixels
   */
  FolderWriter(AppendedFiles files, List<String> classes, List<String> generated, int side) {
    this.files = files;
    this.classes = classes;
    this.side = side;
    this.generated = List.copyOf(generated);
    generated.forEach(name -> Storage.createFolders(files.path(name)));
  }

  @Override
  public String place(long number, String className, byte[] png) {
    return className + "/" + RunDirectory.number(number) + ".png";
  }

  @Override
  public void write(GeneratedImage row, byte[] png) {
    files.put(row.file(), png);
    files.append(METADATA, (Json.line(metadata(row)) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** What a loader of the set gets beside the image. */
  private static Map<String, Object> metadata(GeneratedImage row) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("file_name", row.file());
    metadata.put("label", row.className());
    metadata.put("synthetic", true);
    metadata.put("seed", row.seed());
    metadata.put("index", row.index());
    metadata.put("snapshot", row.snapshot());
    return metadata;
  }

  @Override
  public Written written() {
    return new Written() {
      @Override
      public byte[] next(GeneratedImage row) throws IOException {
        return StoredFile.bytes(files.path(row.file()), StoredFile.ARRAY);
      }

      @Override
      public void close() {
        // Each file was closed.
      }
    };
  }

  @Override
  public void finish() throws IOException {
    coco("{\"info\":" + Json.line(Map.of("description", "synthetic images")) + ",\"categories\":[");
    for (int i = 0; i < classes.size(); i++) {
      Map<String, Object> category = new LinkedHashMap<>();
      category.put("id", i + 1);
      category.put("name", classes.get(i));
      coco((i == 0 ? "\n" : ",\n") + Json.line(category));
    }
    coco("],\n\"images\":[");
    rows(
        row -> {
          Map<String, Object> image = new LinkedHashMap<>();
          image.put("id", row.number());
          image.put("file_name", row.file());
          image.put("width", side);
          image.put("height", side);
          return image;
        });
    coco("],\n\"annotations\":[");
    long count =
        rows(
            row -> {
              Map<String, Object> annotation = new LinkedHashMap<>();
              annotation.put("id", row.number());
              annotation.put("image_id", row.number());
              annotation.put("category_id", classes.indexOf(row.className()) + 1);
              return annotation;
            });
    coco("]}\n");
    files.requireImages(generated, count);
  }

  private interface Entry {
    Map<String, Object> of(GeneratedImage row);
  }

  /** An entry for each image, some at a time: there may be millions. */
  private long rows(Entry entry) {
    StringBuilder text = new StringBuilder();
    int[] count = new int[1];
    Path manifest = files.folder().resolve(ManifestWriter.MANIFEST);
    Json.forEachLine(
        manifest,
        GeneratedImage.class,
        row -> {
          text.append(count[0]++ == 0 ? "\n" : ",\n").append(Json.line(entry.of(row)));
          if (count[0] % 1000 == 0) {
            coco(text.toString());
            text.setLength(0);
          }
        });
    coco(text.toString());
    return count[0];
  }

  private void coco(String text) {
    files.append(COCO, text.getBytes(StandardCharsets.UTF_8));
  }
}
