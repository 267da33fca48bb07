package org.inoculum.detect;

import java.util.List;

/**
 * An annotated field at the detector's scale.
 *
 * @param name of its file
 * @param group that stays together
 * @param density what the detector sees
 * @param targets cells, in its pixels
 * @param ignored regions in which nobody says what there is, in its pixels
 */
record DetectorField(
    String name, String group, Density density, List<Target> targets, List<Rect> ignored) {
  DetectorField {
    targets = List.copyOf(targets);
    ignored = List.copyOf(ignored);
  }
}
