package org.inoculum.spark;

import java.io.IOException;
import java.io.Serializable;

/** A point at which tests let a task fail. */
@FunctionalInterface
interface FaultPoint extends Serializable {
  /** A place in a task. */
  enum Place {
    /** After a batch of a chunk. */
    DRAWING,
    /** When a chunk's tar has its name and its list is missing. */
    BETWEEN_TAR_AND_LIST,
    /** After a file of the set. */
    ASSEMBLING
  }

  /** Nothing fails by itself. */
  FaultPoint NONE = (place, number) -> {};

  /**
   * A task came by.
   *
   * @param number of the chunk or piece
   */
  void at(Place place, int number) throws IOException;
}
