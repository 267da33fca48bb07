package org.inoculum.detect;

import java.util.ArrayList;
import java.util.List;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;

/**
 * What a detector is trained on.
 *
 * @param annotated how many annotated fields
 * @param composed whether on the composed fields, with annotated ones in equal shares
 */
record FieldsCondition(int annotated, boolean composed) {

  /** The conditions of a test: 1, 3, 9 … annotated fields, all of them, composed ones, both. */
  static List<FieldsCondition> of(int annotated, boolean composed) {
    List<FieldsCondition> conditions = new ArrayList<>();
    for (int count = 1; count < annotated; count *= 3) {
      conditions.add(new FieldsCondition(count, false));
    }
    if (annotated > 0) {
      conditions.add(new FieldsCondition(annotated, false));
    }
    if (composed) {
      conditions.add(new FieldsCondition(0, true));
    }
    if (composed && annotated > 0) {
      conditions.add(new FieldsCondition(annotated, true));
    }
    return conditions;
  }

  String describe() {
    String fields = annotated + (annotated == 1 ? " annotated field" : " annotated fields");
    if (annotated == 0) {
      return "composed only";
    }
    return composed ? fields + " + composed" : fields;
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
    if (composed) {
      sets.add(data.synthetic());
    }
    return sets;
  }
}
