package org.inoculum.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.inoculum.copies.CopyFilter;
import org.inoculum.copies.CopyFilter.Reason;
import org.inoculum.copies.Descriptor;
import org.inoculum.copies.Invariants;
import org.jspecify.annotations.Nullable;

/**
 * The summary of an image of a set, for the search of its neighbours.
 *
 * @param place its number in the set
 * @param file relative to the set's folder
 * @param rejected a copy or blank; null for neither, or where training images are not known
 * @param nearestReal the training image that is nearest; null where they are not known
 * @param descriptorText its descriptor
 * @param limit how near to an earlier image it repeats that one
 */
record ImageSummary(
    int place,
    String file,
    @Nullable Reason rejected,
    @Nullable String nearestReal,
    String descriptorText,
    double limit)
    implements Serializable {
  private static final long serialVersionUID = 1;

  static ImageSummary of(SyntheticImages.Entry entry, CopyFilter.SingleCheck alone) {
    return new ImageSummary(
        entry.place(),
        entry.file(),
        alone.rejected().orElse(null),
        alone.nearest().name(),
        alone.descriptor().exactText(),
        alone.repeatLimit());
  }

  static ImageSummary of(SyntheticImages.Entry entry, Descriptor descriptor) {
    return new ImageSummary(
        entry.place(), entry.file(), null, null, descriptor.exactText(), Descriptor.SAME);
  }

  Descriptor descriptor() {
    return Descriptor.ofExactText(descriptorText, "the descriptor of " + file);
  }

  /**
   * An image in a cell of the grid over three invariants of its descriptor.
   *
   * @param cell which
   * @param at whether the image lies there; otherwise one nearer than its limit may
   * @param look the image
   */
  record InCell(String cell, boolean at, ImageSummary look) implements Serializable {
    private static final long serialVersionUID = 1;
  }

  /** The cell that it lies in and those in which it can have a neighbour within its limit. */
  List<InCell> cells() {
    Invariants invariants = Invariants.of(descriptor());
    Invariants.Cell own = invariants.cell();
    List<InCell> cells = new ArrayList<>();
    for (Invariants.Cell cell : invariants.cellsWithin(limit)) {
      cells.add(new InCell(cell.toString(), cell.equals(own), this));
    }
    return cells;
  }
}
