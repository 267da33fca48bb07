package org.inoculum.compose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inoculum.image.Image;

/**
 * A field with its truth.
 *
 * @param index number of the field
 * @param ground what it was laid on
 * @param image what it looks like
 * @param cells in the order in which they were laid
 * @param objects what an annotator would draw a box around: cells, or clusters of them
 * @param objectOf number of each cell's object
 * @param labels number of the uppermost cell at each pixel, from 1
 * @param missing cells that were wanted and for which there was no room
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ComposedField(
    int index,
    GroundField ground,
    Image image,
    List<LaidCell> cells,
    List<Marked> objects,
    int[] objectOf,
    short[] labels,
    int missing) {

  /**
   * An object.
   *
   * @param className the class of its first cell
   * @param cells how many cells it is
   * @param left first column of its mask's window in the field
   * @param top first row
   * @param mask its visible pixels
   * @param box left, top, width and height, with the margin, within the field
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Marked(String className, int cells, int left, int top, PixelSet mask, double[] box) {}

  static ComposedField of(
      int index,
      GroundField ground,
      FieldCanvas canvas,
      List<LaidCell> cells,
      ComposeOptions.Clusters clusters,
      int wanted,
      double boxMargin) {
    int[] objectOf = objectOf(canvas, cells, clusters);
    List<Marked> objects = new ArrayList<>();
    int count = Arrays.stream(objectOf).max().orElse(-1) + 1;
    for (int object = 0; object < count; object++) {
      objects.add(marked(object, objectOf, canvas, cells, boxMargin));
    }
    return new ComposedField(
        index,
        ground,
        canvas.painted(),
        cells,
        objects,
        objectOf,
        canvas.labels(),
        wanted - cells.size());
  }

  private static int[] objectOf(
      FieldCanvas canvas, List<LaidCell> cells, ComposeOptions.Clusters clusters) {
    int[] first = new int[cells.size()];
    for (int i = 0; i < first.length; i++) {
      first[i] = i;
      for (int j = 0; j < i && clusters == ComposeOptions.Clusters.ONE; j++) {
        if (canvas.group(j) == canvas.group(i) && canvas.isNear(cells.get(j), cells.get(i))) {
          int from = first[i];
          int to = first[j];
          for (int k = 0; k <= i; k++) {
            first[k] = first[k] == from ? to : first[k];
          }
        }
      }
    }
    int[] numbers = new int[first.length];
    int next = 0;
    for (int i = 0; i < first.length; i++) {
      int same = -1;
      for (int j = 0; j < i; j++) {
        same = first[j] == first[i] ? numbers[j] : same;
      }
      numbers[i] = same >= 0 ? same : next++;
    }
    return numbers;
  }

  private static Marked marked(
      int object, int[] objectOf, FieldCanvas canvas, List<LaidCell> cells, double margin) {
    int left = Integer.MAX_VALUE;
    int top = Integer.MAX_VALUE;
    int right = 0;
    int bottom = 0;
    String className = "";
    int count = 0;
    for (int i = 0; i < objectOf.length; i++) {
      if (objectOf[i] == object) {
        LaidCell cell = cells.get(i);
        int[] bounds = cell.mask().bounds();
        left = Math.min(left, Math.max(0, cell.left() + bounds[0]));
        top = Math.min(top, Math.max(0, cell.top() + bounds[1]));
        right = Math.max(right, Math.min(canvas.width(), cell.left() + bounds[2] + 1));
        bottom = Math.max(bottom, Math.min(canvas.height(), cell.top() + bounds[3] + 1));
        className = count++ == 0 ? cell.cell().className() : className;
      }
    }
    PixelSet mask = PixelSet.empty(right - left, bottom - top);
    for (int i = 0; i < objectOf.length; i++) {
      if (objectOf[i] == object) {
        LaidCell cell = cells.get(i);
        for (int k = 0; k < cell.mask().in.length; k++) {
          int x = cell.left() + k % cell.mask().width - left;
          int y = cell.top() + k / cell.mask().width - top;
          if (cell.mask().in[k] && x >= 0 && y >= 0 && x < mask.width && y < mask.height) {
            mask.in[y * mask.width + x] = true;
          }
        }
      }
    }
    double boxLeft = Math.max(0, left - margin);
    double boxTop = Math.max(0, top - margin);
    double[] box = {
      boxLeft,
      boxTop,
      Math.max(1, Math.min(canvas.width(), right + margin) - boxLeft),
      Math.max(1, Math.min(canvas.height(), bottom + margin) - boxTop)
    };
    return new Marked(className, count, left, top, mask, box);
  }
}
