package org.inoculum.data;

import java.util.Locale;
import org.inoculum.annotation.Box;
import org.jspecify.annotations.Nullable;

/**
 * The source of one image: a part of a field of view, or a whole image.
 *
 * @param field where it is taken from
 * @param sha256 of the field's file
 * @param className its class; empty for none
 * @param number in its field, from 0
 * @param region the part; null for the whole
 * @param box that the part was cut around, in pixels; null where there was none
 */
record Piece(
    Field field,
    String sha256,
    String className,
    int number,
    @Nullable Region region,
    @Nullable Box box) {

  /** What its files begin with, unlike that of any other piece. */
  String stem() {
    return region == null
        ? field.stem()
        : field.stem() + String.format(Locale.ROOT, "_%04d", number);
  }

  /** Its name for people. */
  String name() {
    return region == null ? field.source() : stem() + " of " + field.source();
  }
}
