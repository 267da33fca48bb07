package org.inoculum.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.inoculum.annotation.Annotations;
import org.inoculum.annotation.Box;
import org.inoculum.data.Cutting;
import org.inoculum.data.DataSetReader;
import org.inoculum.data.Manifest;
import org.inoculum.data.ReadOptions;
import org.inoculum.data.Reading;
import org.jspecify.annotations.Nullable;

/**
 * What the folder holds that {@code grow} is given.
 *
 * @param cut what is taken from each file
 * @param classes the number of images, or of boxes, of each
 * @param sha256 of the list of its images; null where there are boxes or tiles to cut
 */
record GrowData(Cutting cut, Map<String, Integer> classes, @Nullable String sha256) {
  private static final double USUAL_SHARE = 0.2;

  /** Below so many images none are kept aside without being asked: twelve would be missed. */
  private static final int ENOUGH_TO_SPLIT = 48;

  /**
   * A training is evaluated on twelve held-out images at least; one more, as shares are rounded.
   */
  private static final double KEPT_ASIDE = 13;

  /**
   * Looks at a folder.
   *
   * @throws org.inoculum.UserException of kind BAD_DATA if it cannot be trained on
   */
  static GrowData in(Path data, Cutting cut, int size, Reading reading, Console console) {
    Map<String, Integer> classes = new TreeMap<>();
    if (cut instanceof Cutting.Boxes boxes) {
      for (Box box :
          Annotations.read(boxes.annotations(), boxes.format(), boxes.groupColumn(), boxes.limits())
              .boxes()) {
        classes.merge(box.label(), 1, Integer::sum);
      }
      return new GrowData(cut, classes, null);
    }
    try (CountDisplay shown = new CountDisplay(console)) {
      Manifest manifest =
          DataSetReader.read(data, ReadOptions.DEFAULT.withSize(size).with(reading), shown)
              .manifest();
      manifest.classes().forEach(one -> classes.put(one.name(), one.images()));
      return new GrowData(cut, classes, cut instanceof Cutting.Whole ? manifest.sha256() : null);
    }
  }

  /** Images or boxes in all. */
  int images() {
    return classes.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Such as "bacillus: 64". */
  List<String> counts() {
    return classes.entrySet().stream().map(one -> one.getKey() + ": " + one.getValue()).toList();
  }

  /** The share that is kept aside to evaluate on, unless another is asked for; 0 for none. */
  double usualShare() {
    if (cut instanceof Cutting.Tiles) {
      return USUAL_SHARE; // how many there will be is not known yet
    }
    return images() < ENOUGH_TO_SPLIT
        ? 0
        : Math.max(USUAL_SHARE, Math.rint(1000 * KEPT_ASIDE / images()) / 1000);
  }
}
