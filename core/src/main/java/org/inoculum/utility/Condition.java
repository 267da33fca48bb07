package org.inoculum.utility;

import java.util.ArrayList;
import java.util.List;

/**
 * A way of training a classifier.
 *
 * @param use how synthetic images are used
 * @param augmentation of all images
 * @param steps gradient steps
 */
record Condition(Use use, Augmentation augmentation, int steps) {
  private static final List<Augmentation> USUAL_BARS =
      List.of(Augmentation.CLASSICAL, Augmentation.COLOUR);

  private static final List<Augmentation> ALL_BARS =
      List.of(Augmentation.CLASSICAL, Augmentation.COLOUR, Augmentation.STRONG);

  private static final List<Use> USUAL_USES = List.of(Use.QUARTER, Use.HALF, Use.FIRST);

  private static final List<Use> ALL_USES =
      List.of(Use.TENTH, Use.QUARTER, Use.HALF, Use.FIRST, Use.CONFIRMED);

  /**
   * All of a test.
   *
   * @param budgets numbers of steps, the least first
   * @param every whether all augmentations, which synthetic images have to beat and are used with,
   *     and all uses are tried
   * @param alone whether there are synthetic images of every class
   */
  static List<Condition> all(List<Integer> budgets, boolean every, boolean alone) {
    List<Augmentation> bars = every ? ALL_BARS : USUAL_BARS;
    List<Condition> all = new ArrayList<>();
    for (int steps : budgets) {
      all.add(new Condition(Use.NONE, Augmentation.NONE, steps));
      bars.forEach(bar -> all.add(new Condition(Use.NONE, bar, steps)));
      if (alone) {
        all.add(new Condition(Use.ALONE, Augmentation.CLASSICAL, steps));
      }
      for (Use use : every ? ALL_USES : USUAL_USES) {
        bars.forEach(bar -> all.add(new Condition(use, bar, steps)));
      }
    }
    return all;
  }

  /** Whether it is one of the trainings without synthetic images that these have to beat. */
  boolean isBar() {
    return use == Use.NONE;
  }

  /** The same without synthetic images. */
  Condition withoutSynthetic() {
    return new Condition(Use.NONE, augmentation, steps);
  }

  /** In words, such as "real, classical, 300 steps". */
  String describe() {
    return use.words() + ", " + augmentation.words() + ", " + steps + " steps";
  }
}
