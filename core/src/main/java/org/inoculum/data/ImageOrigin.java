package org.inoculum.data;

import java.util.List;
import org.inoculum.UserException;
import org.inoculum.annotation.Box;
import org.jspecify.annotations.Nullable;

/**
 * The origin of an image of a prepared folder: a line of {@value #FILE}.
 *
 * @param file the image, relative to the folder
 * @param source the file it was taken from, relative to the folder that was prepared
 * @param sha256 of that file
 * @param group what must stay together when the data set is split
 * @param box left, top, width and height in pixels of the source; null where there was none
 * @param annotation where in the annotations the box is written
 * @param crop left, top and side of the square that was cut out; null for the whole image
 */
record ImageOrigin(
    String file,
    String source,
    String sha256,
    String group,
    @Nullable List<Double> box,
    @Nullable String annotation,
    @Nullable List<Integer> crop) {
  /** Name of the file in the prepared folder. */
  static final String FILE = "origins.jsonl";

  /** Refuses lines that say nothing. */
  ImageOrigin {
    if (file == null || source == null || group == null) {
      throw UserException.badData("a line of " + FILE + " lacks file, source or group");
    }
  }

  /** Of a file that was made of a piece. */
  static ImageOrigin of(String file, Piece piece) {
    Box box = piece.box();
    Region region = piece.region();
    return new ImageOrigin(
        file,
        piece.field().source(),
        piece.sha256(),
        piece.field().group(),
        box == null ? null : List.of(box.left(), box.top(), box.width(), box.height()),
        box == null ? null : box.place(),
        region == null ? null : List.of(region.left(), region.top(), region.side()));
  }
}
