package org.inoculum.data;

import org.inoculum.annotation.Annotations;
import org.jspecify.annotations.Nullable;

/**
 * The record of how images were cut out of fields of view.
 *
 * @param annotations name of the file or folder of boxes; null for tiles
 * @param format word of its {@link org.inoculum.annotation.BoxFormat}; null for tiles
 * @param margin on each side of a box, as a share of its longer side; null for tiles
 * @param tile side of a tile in pixels; null for boxes
 * @param stride from one tile to the next; null for boxes
 */
record CutRecord(
    @Nullable String annotations,
    @Nullable String format,
    @Nullable Double margin,
    @Nullable Integer tile,
    @Nullable Integer stride) {

  /** What a user asked for; null for whole images. */
  static @Nullable CutRecord of(PrepareOptions options, Fields fields) {
    Annotations annotations = fields.annotations();
    if (options.cutting() instanceof Cutting.Boxes boxes && annotations != null) {
      return new CutRecord(
          String.valueOf(boxes.annotations().getFileName()),
          annotations.format().label(),
          boxes.margin(),
          null,
          null);
    }
    if (options.cutting() instanceof Cutting.Tiles tiles) {
      return new CutRecord(null, null, null, tiles.size(), tiles.stride());
    }
    return null;
  }
}
