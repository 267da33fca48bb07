package org.inoculum.data;

import java.util.ArrayList;
import java.util.List;
import org.inoculum.UserException;
import org.inoculum.annotation.Annotations;

/** Boxes that no image can be made of: all are counted, and then they are refused or left out. */
final class BadBoxes {
  private static final int SHOWN = 10;

  private final Annotations annotations;
  private final boolean skip;
  private final List<String> reasons = new ArrayList<>();
  private int count;

  BadBoxes(Annotations annotations, boolean skip) {
    this.annotations = annotations;
    this.skip = skip;
  }

  /** The same so far, to be added to by one who goes through the images. */
  BadBoxes copy() {
    BadBoxes copy = new BadBoxes(annotations, skip);
    copy.reasons.addAll(reasons);
    copy.count = count;
    return copy;
  }

  /** Notes one reason for so many boxes. */
  void add(String reason, int boxes) {
    reasons.add(reason);
    count += boxes;
  }

  /** Refuses them, unless they are to be left out. */
  void check() {
    if (!skip && count > 0) {
      throw UserException.badData(
          "%d of the %d boxes in %s cannot be used (--skip-bad leaves them out): %s"
              .formatted(count, total(), annotations.source(), list()));
    }
  }

  /** A sentence of those that were left out; empty where there are none. */
  String note() {
    return count == 0
        ? ""
        : "left out %d of %d boxes that cannot be used: %s".formatted(count, total(), list());
  }

  private int total() {
    return annotations.boxes().size() + annotations.bad().size();
  }

  private String list() {
    String list = String.join("; ", reasons.subList(0, Math.min(SHOWN, reasons.size())));
    return reasons.size() > SHOWN ? list + "; and " + (reasons.size() - SHOWN) + " more" : list;
  }
}
