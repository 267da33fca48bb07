package org.inoculum.compose;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.inoculum.annotation.Box;
import org.inoculum.data.ImageListing;
import org.inoculum.image.Crop;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;

/**
 * Measures annotated boxes: how much wider they are than the cells in them, and how large these are
 * beside the cells that were cut.
 *
 * @param margin median distance from a cell's mask to its box, in pixels of the fields; empty where
 *     too few cells could be cut
 * @param ratio size of the annotated cells over that of the cut ones; empty without boxes
 * @param boxes that were looked at
 */
record BoxMeasure(OptionalDouble margin, OptionalDouble ratio, int boxes) {
  private static final int LEAST = 5;
  private static final int MOST = 300;

  static final BoxMeasure NONE = new BoxMeasure(OptionalDouble.empty(), OptionalDouble.empty(), 0);

  /** A field with annotated boxes. */
  record Annotated(Path file, List<Box> boxes) {}

  static BoxMeasure of(
      List<Annotated> fields,
      CellPool pool,
      Modality modality,
      ComposeRecipe recipe,
      double scale,
      int channels) {
    List<Double> margins = new ArrayList<>();
    List<Double> sides = new ArrayList<>();
    int cropSide = (int) Math.round(128 * pool.unit(scale));
    CellCutter.Hues hues =
        pool.hues().containsValue(CellCutter.Hues.SEVERAL)
            ? CellCutter.Hues.SEVERAL
            : CellCutter.Hues.ONE;
    CellCutter cutter = new CellCutter(modality, hues, recipe);
    for (Annotated one : fields) {
      if (one.boxes.isEmpty() || sides.size() >= MOST) {
        continue;
      }
      Image field =
          GroundField.inChannels(ImageFiles.read(one.file, DecodingLimits.DEFAULT), channels);
      for (PixelBox box : PixelBox.of(one.boxes, field.width(), field.height())) {
        sides.add((double) Math.max(box.width(), box.height()));
        measure(field, box, cropSide, cutter, margins);
      }
    }
    List<Double> own = new ArrayList<>();
    for (Cell cell : pool.cells()) {
      int[] bounds = cell.cut().mask().bounds();
      own.add(
          cell.scale()
              * (Math.max(bounds[2] - bounds[0], bounds[3] - bounds[1])
                  + 1
                  + 2 * recipe.boxMargin() * cell.cropSide() / 128));
    }
    return new BoxMeasure(
        margins.size() < LEAST
            ? OptionalDouble.empty()
            : OptionalDouble.of(CellPool.median(margins)),
        sides.isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(CellPool.median(sides) / CellPool.median(own)),
        sides.size());
  }

  private static void measure(
      Image field, PixelBox box, int cropSide, CellCutter cutter, List<Double> margins) {
    int side = Math.max(cropSide, 2 * Math.max(box.width(), box.height()));
    int left = box.left() + box.width() / 2 - side / 2;
    int top = box.top() + box.height() / 2 - side / 2;
    if (left < 0 || top < 0 || left + side > field.width() || top + side > field.height()) {
      return;
    }
    try {
      int[] cell = cutter.cut(Crop.of(field, left, top, side)).mask().bounds();
      double toLeft = left + cell[0] - box.left();
      double toTop = top + cell[1] - box.top();
      double toRight = box.right() - (left + cell[2] + 1);
      double toBottom = box.bottom() - (top + cell[3] + 1);
      double most = 0.3 * Math.max(box.width(), box.height());
      if (Math.max(
              Math.max(Math.abs(toLeft), Math.abs(toTop)),
              Math.max(Math.abs(toRight), Math.abs(toBottom)))
          < most) {
        margins.add((toLeft + toTop + toRight + toBottom) / 4);
      }
    } catch (Rejected e) {
      // Not one cell: it tells nothing.
    }
  }

  /** The boxes of fields that are in a folder. */
  static List<Annotated> annotated(ImageListing listing, Map<String, List<Box>> boxes) {
    List<Annotated> annotated = new ArrayList<>();
    for (ImageListing.Entry entry : listing.entries()) {
      annotated.add(new Annotated(entry.file(), boxes.getOrDefault(entry.source(), List.of())));
    }
    return annotated;
  }
}
