package org.inoculum.detect;

import java.util.ArrayList;
import java.util.List;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;

/**
 * What a detector is trained on.
 *
 * @param annotated how many annotated fields
 * @param composed name of the set of composed fields, with annotated ones in equal shares; "" for
 *     none
 */
record FieldsCondition(int annotated, String composed) {
  /** The set of composed fields that the test is about. */
  static final String COMPOSED = "composed";

  /**
   * The conditions of a test: some annotated fields, all of them, composed ones, both, other sets
   * of composed ones.
   *
   * @param all annotated fields there are
   * @param some numbers of them to try beside all; empty: 1, 3, 9 …
   * @param sets names of the sets of composed fields
   */
  static List<FieldsCondition> of(int all, List<Integer> some, List<String> sets) {
    List<FieldsCondition> conditions = new ArrayList<>();
    List<Integer> numbers = some.isEmpty() ? powersOfThree(all) : some;
    numbers.stream()
        .distinct()
        .sorted()
        .filter(count -> count > 0 && count < all)
        .forEach(count -> conditions.add(new FieldsCondition(count, "")));
    if (all > 0) {
      conditions.add(new FieldsCondition(all, ""));
    }
    for (String set : sets) {
      conditions.add(new FieldsCondition(0, set));
      if (set.equals(COMPOSED) && all > 0) {
        conditions.add(new FieldsCondition(all, set));
      }
    }
    return conditions;
  }

  private static List<Integer> powersOfThree(int below) {
    List<Integer> powers = new ArrayList<>();
    for (int count = 1; count < below; count *= 3) {
      powers.add(count);
    }
    return powers;
  }

  String describe() {
    String fields = annotated + (annotated == 1 ? " annotated field" : " annotated fields");
    if (annotated == 0) {
      return composed + " only";
    }
    return composed.isEmpty() ? fields : fields + " + " + composed;
  }

  /** The fields of one seed; fewer annotated ones are a part of more. */
  List<List<DetectorField>> sets(FieldsData data, long seed) {
    List<List<DetectorField>> sets = new ArrayList<>();
    if (annotated > 0) {
      List<DetectorField> left = new ArrayList<>(data.train());
      RandomStream random = RandomStream.of(seed, Purpose.HELD_OUT, 0);
      List<DetectorField> taken = new ArrayList<>();
      // The first field has a cell: from none nothing is learned.
      while (taken.size() < annotated) {
        DetectorField next = left.get(random.nextInt(left.size()));
        if (!taken.isEmpty() || !next.targets().isEmpty()) {
          left.remove(next);
          taken.add(next);
        }
      }
      sets.add(taken);
    }
    List<DetectorField> fields = data.synthetic().get(composed);
    if (fields != null) {
      sets.add(fields);
    }
    return sets;
  }
}
