package org.inoculum.compose;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inoculum.data.FileProgress;
import org.inoculum.data.ImageListing;
import org.inoculum.files.Json;
import org.inoculum.files.Storage;

/** Writes masks of the cells of crops: {@value #FILE} beside them, as COCO's tools read it. */
public final class CellMasks {
  /** Name of the file. */
  public static final String FILE = "coco-masks.json";

  private CellMasks() {}

  /**
   * The result.
   *
   * @param masks that were written
   * @param rejected crops in which no cell could be cut out, which have none
   */
  public record Result(int masks, List<RejectedCrop> rejected) {
    /** Keeps a copy of the list. */
    public Result {
      rejected = List.copyOf(rejected);
    }
  }

  /**
   * Cuts the cell of each image of a folder, as composing does, and writes box and mask (RLE).
   *
   * @param folder a synthetic data set, or a folder of crops
   */
  public static Result write(
      Path folder, ComposeRecipe recipe, int threads, FileProgress progress) {
    ImageListing listing = CellSource.list(folder);
    List<CellCrop> crops = CellSource.read(listing, ComposeInputs.channels(listing), progress);
    Modality modality =
        ModalityChoice.of(crops.stream().map(CellCrop::image).limit(200).toList()).modality();
    CellPool pool = CellPool.cut(crops, modality, recipe, threads, progress);
    Map<String, Cell> bySource = new LinkedHashMap<>();
    pool.cells().forEach(cell -> bySource.put(cell.source(), cell));
    List<String> classes =
        listing.entries().stream().map(ImageListing.Entry::className).distinct().toList();
    List<Map<String, Object>> images = new ArrayList<>();
    List<Map<String, Object>> annotations = new ArrayList<>();
    for (CellCrop crop : crops) {
      int width = crop.image().width();
      int height = crop.image().height();
      images.add(
          ordered(
              "id",
              images.size() + 1,
              "file_name",
              crop.source(),
              "width",
              width,
              "height",
              height));
      Cell cell = bySource.get(crop.source());
      if (cell != null) {
        annotations.add(
            annotation(
                cell,
                annotations.size() + 1,
                images.size(),
                classes.indexOf(crop.className()) + 1,
                width,
                height));
      }
    }
    List<Map<String, Object>> categories = new ArrayList<>();
    for (String name : classes) {
      categories.add(ordered("id", categories.size() + 1, "name", name));
    }
    Storage.writeFile(
        folder.resolve(FILE),
        Json.line(
                ordered(
                    "info",
                    Map.of("description", "masks cut by their density, not drawn by hand"),
                    "images",
                    images,
                    "categories",
                    categories,
                    "annotations",
                    annotations))
            + "\n");
    return new Result(annotations.size(), pool.rejected());
  }

  private static Map<String, Object> annotation(
      Cell cell, int id, int image, int category, int width, int height) {
    PixelSet mask = cell.cut().mask();
    int[] bounds = mask.bounds();
    Map<String, Object> annotation = ordered("id", id, "image_id", image, "category_id", category);
    annotation.put(
        "bbox",
        List.of(
            cell.left() + bounds[0],
            cell.top() + bounds[1],
            bounds[2] - bounds[0] + 1,
            bounds[3] - bounds[1] + 1));
    annotation.put("area", mask.count());
    annotation.put("iscrowd", 0);
    annotation.put(
        "segmentation",
        ordered(
            "size",
            List.of(height, width),
            "counts",
            mask.at(cell.left(), cell.top()).runs(width, height)));
    return annotation;
  }

  static Map<String, Object> ordered(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }
}
