package org.inoculum.annotation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inoculum.files.Json;

/**
 * A document in COCO's object detection format, being written (Lin et al., "Microsoft COCO: common
 * objects in context", arXiv 1405.0312; cocodataset.org, "Data format"). Images, categories and
 * annotations are numbered from 1.
 */
public final class CocoFile {
  private final Map<String, Object> info = new LinkedHashMap<>();
  private final List<String> categories;
  private final List<Map<String, Object>> images = new ArrayList<>();
  private final List<Map<String, Object>> annotations = new ArrayList<>();
  private int width;
  private int height;

  /**
   * A document without images.
   *
   * @param description what a reader must know of it
   * @param categories names of the classes, in the order of their labels
   */
  public CocoFile(String description, List<String> categories) {
    info.put("description", description);
    this.categories = List.copyOf(categories);
  }

  /** Adds an image; cells that are added from now on lie in it. */
  public void addImage(String fileName, int imageWidth, int imageHeight) {
    width = imageWidth;
    height = imageHeight;
    Map<String, Object> image = new LinkedHashMap<>();
    image.put("id", images.size() + 1);
    image.put("file_name", fileName);
    image.put("width", width);
    image.put("height", height);
    images.add(image);
  }

  /**
   * Adds a cell to the last image, with a box in pixels and a mask.
   *
   * @param label of its class, an index of the categories
   * @param mask of the whole image
   */
  public void addCell(int label, double[] box, Mask mask) {
    Map<String, Object> cell = cell(label, box);
    cell.put("area", mask.area());
    Map<String, Object> segmentation = new LinkedHashMap<>();
    segmentation.put("size", List.of(height, width));
    segmentation.put("counts", mask.runs(width, height));
    cell.put("segmentation", segmentation);
    cell.put("iscrowd", 0);
    annotations.add(cell);
  }

  /**
   * Adds a found cell to the last image, with a box in pixels.
   *
   * @param score how sure whoever found it is, 0..1
   */
  public void addFound(int label, double[] box, double score) {
    Map<String, Object> cell = cell(label, box);
    cell.put("area", box[2] * box[3]);
    cell.put("iscrowd", 0);
    cell.put("score", score);
    annotations.add(cell);
  }

  private Map<String, Object> cell(int label, double[] box) {
    Map<String, Object> cell = new LinkedHashMap<>();
    cell.put("id", annotations.size() + 1);
    cell.put("image_id", images.size());
    cell.put("category_id", label + 1);
    cell.put("bbox", List.of(box[0], box[1], box[2], box[3]));
    return cell;
  }

  /** The whole document on one line. */
  public String document() {
    List<Map<String, Object>> named = new ArrayList<>();
    for (int label = 0; label < categories.size(); label++) {
      named.add(Map.of("id", label + 1, "name", categories.get(label)));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("info", info);
    document.put("images", images);
    document.put("categories", named);
    document.put("annotations", annotations);
    return Json.line(document) + "\n";
  }
}
