package org.inoculum.compose;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a composed field, and says that all its files are whole.
 *
 * @param index number of the field
 * @param file of its image, below the set
 * @param ground file that it was laid on, below the folder of ground
 * @param width columns
 * @param height rows
 * @param objects what has a box
 * @param ignored left, top, width and height of regions that may hold a cell of the ground
 * @param cells where each came from
 * @param missing cells for which there was no room
 */
record FieldRecord(
    int index,
    String file,
    String ground,
    int width,
    int height,
    List<ObjectRecord> objects,
    List<List<Integer>> ignored,
    List<CellRecord> cells,
    int missing) {

  /**
   * An object with a box.
   *
   * @param className its class
   * @param cells how many cells it is
   * @param box left, top, width and height, in pixels
   * @param area pixels of its mask
   * @param counts COCO's compressed runs of its mask
   */
  record ObjectRecord(String className, int cells, List<Double> box, int area, String counts) {}

  /**
   * A line of {@code cells.jsonl}: a cell and how it was laid.
   *
   * @param file the field's image
   * @param label its value in the label mask
   * @param object number of its object in the field, from 0
   * @param className its class
   * @param crop file that it was cut out of
   * @param seed of a generated crop's latents; null for a real one
   * @param index of a generated crop; null for a real one
   * @param snapshot of a generated crop's generator; null for a real one
   * @param ground file that it was laid on
   * @param x column of its centre
   * @param y row of its centre
   * @param degrees that it was turned by
   * @param mirrored whether it was mirrored first
   * @param scale pixels of the field for each of the crop
   * @param strength factor of each channel
   * @param blur deviation, in pixels
   */
  record CellRecord(
      String file,
      int label,
      int object,
      String className,
      String crop,
      @Nullable Long seed,
      @Nullable Long index,
      @Nullable String snapshot,
      String ground,
      double x,
      double y,
      double degrees,
      boolean mirrored,
      double scale,
      List<Double> strength,
      double blur) {}
}
