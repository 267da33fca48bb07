package org.inoculum.data;

import java.nio.file.Path;
import org.inoculum.UserException;
import org.inoculum.annotation.BoxFormat;
import org.inoculum.annotation.BoxLimits;
import org.jspecify.annotations.Nullable;

/** The choice of what {@link Preparation} takes from each file. */
public sealed interface Cutting {
  /** The whole image. */
  record Whole() implements Cutting {}

  /**
   * A square around each box that was drawn into a field of view; the box names the class.
   *
   * @param annotations file or folder of boxes
   * @param format how they are written; null: found out
   * @param margin kept on each side of a box, as a share of its longer side, 0 to 10
   * @param limits of the annotations
   * @param groupColumn column of a CSV table that names the group of each box; null for none
   * @param stored whether boxes were drawn on images as they are stored, before their orientation
   *     (Exif) turns them upright
   */
  record Boxes(
      Path annotations,
      @Nullable BoxFormat format,
      double margin,
      BoxLimits limits,
      @Nullable String groupColumn,
      boolean stored)
      implements Cutting {
    /** Of boxes that were drawn on upright images. */
    public Boxes(
        Path annotations,
        @Nullable BoxFormat format,
        double margin,
        BoxLimits limits,
        @Nullable String groupColumn) {
      this(annotations, format, margin, limits, groupColumn, false);
    }

    /** Checks the margin. */
    public Boxes {
      if (!(margin >= 0 && margin <= 10)) {
        throw UserException.usage("--margin must be from 0 to 10, was " + margin);
      }
    }
  }

  /**
   * Squares side by side, row by row. What is left at the right and lower border is covered by
   * squares flush with it, which overlap those before; an image smaller than a square gives none.
   *
   * @param size side of a square in pixels, at least 2
   * @param stride from one square to the next, at least 1
   * @param mostTiles of all images together
   */
  record Tiles(int size, int stride, int mostTiles) implements Cutting {
    /** Checks the numbers. */
    public Tiles {
      if (size < 2 || stride < 1 || mostTiles < 1) {
        throw UserException.usage(
            "--tiles must be at least 2, --stride and --max-crops at least 1; were %d, %d and %d"
                .formatted(size, stride, mostTiles));
      }
    }

    /** How many squares lie along a side of an image. */
    long along(int length) {
      return length < size ? 0 : (length - size + stride - 1L) / stride + 1;
    }

    /** Where a square begins along a side. */
    int start(int index, int length) {
      return (int) Math.min((long) index * stride, length - size);
    }
  }
}
