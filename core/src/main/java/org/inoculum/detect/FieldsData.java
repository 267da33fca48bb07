package org.inoculum.detect;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.inoculum.UserException;
import org.inoculum.annotation.Box;
import org.inoculum.data.AnnotatedField;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.jspecify.annotations.Nullable;

/**
 * The fields of the test, at the detector's scale.
 *
 * @param labels classes
 * @param medianSide the median of the longer sides of the boxes in pixels of the fields
 * @param scale pixels of the detector's input for one of a field
 * @param train annotated fields to train on; may be none
 * @param heldOut annotated fields to test on
 * @param synthetic sets of composed fields to train on, by name; may be none
 */
record FieldsData(
    DetectorLabels labels,
    double medianSide,
    double scale,
    List<DetectorField> train,
    List<DetectorField> heldOut,
    Map<String, List<DetectorField>> synthetic) {
  /** Most composed fields that are held in memory. */
  static final int MOST_SYNTHETIC = 400;

  /** Names of sets in a result. */
  private static final Set<String> RESERVED = Set.of("train", "heldOut", "synthetic");

  /** From this share of equal pixels on, one field was made of the other. */
  private static final double SAME = 0.3;

  /**
   * Reads them.
   *
   * @param groupBy finds in a field's name the group that stays on one side; null for none
   * @throws UserException of kind BAD_DATA if a test field, or a field of its group, is trained on
   */
  static FieldsData read(
      FieldsSource source, @Nullable String groupBy, long seed, Consumer<String> note) {
    List<AnnotatedField> train = read(source.train(), source.trainBoxes(), groupBy, note);
    List<AnnotatedField> heldOut = read(source.heldOut(), source.heldOutBoxes(), groupBy, note);
    Map<String, List<AnnotatedField>> synthetic = composed(source, seed, note);
    if (train.isEmpty() && synthetic.isEmpty()) {
      throw UserException.usage("name fields to train on: --train, --synthetic or both");
    }
    if (heldOut.size() < 2) {
      throw UserException.badData(
          source.heldOut() + " has " + heldOut.size() + " annotated fields; at least 2 are needed");
    }
    refuseSharedGroups(train, heldOut);
    List<List<AnnotatedField>> all = new ArrayList<>(List.of(train, heldOut));
    all.addAll(synthetic.values());
    DetectorLabels labels = DetectorLabels.of(all, source.labels(), source.ignoredLabels());
    tellOfOthers(all, labels, note);
    double medianSide = DetectorData.medianSide(all, labels);
    double scale = DetectorData.scale(medianSide);
    Map<String, List<DetectorField>> read = new LinkedHashMap<>();
    synthetic.forEach((name, some) -> read.put(name, DetectorData.read(some, labels, scale)));
    FieldsData data =
        new FieldsData(
            labels,
            medianSide,
            scale,
            DetectorData.read(train, labels, scale),
            DetectorData.read(heldOut, labels, scale),
            Collections.unmodifiableMap(read));
    data.refuseLeaks();
    data.compareSizes(note);
    if (data.cells(data.heldOut) == 0) {
      throw UserException.badData(
          source.heldOut()
              + " holds no cell of "
              + labels.classes()
              + ", so nothing can be tested");
    }
    if (!train.isEmpty()) {
      data.requireCells(data.train, String.valueOf(source.train()));
    }
    data.synthetic.forEach((name, fields) -> data.requireCells(fields, "the set '" + name + "'"));
    return data;
  }

  private void requireCells(List<DetectorField> fields, String where) {
    if (cells(fields) == 0) {
      throw UserException.badData(
          where + " holds no cell of " + labels.classes() + ", so nothing can be learned from it");
    }
  }

  /** The sets of composed fields, each of which fits into memory. */
  private static Map<String, List<AnnotatedField>> composed(
      FieldsSource source, long seed, Consumer<String> note) {
    Map<String, List<AnnotatedField>> sets = new LinkedHashMap<>();
    if (source.synthetic() != null) {
      sets.put(
          FieldsCondition.COMPOSED, read(source.synthetic(), source.syntheticBoxes(), null, note));
    }
    source
        .others()
        .forEach(
            (name, folder) -> {
              if (RESERVED.contains(name) || name.isBlank() || sets.containsKey(name)) {
                throw UserException.usage(
                    "--compare needs a name of its own for each set, was '" + name + "'");
              }
              sets.put(name, read(folder, null, null, note));
            });
    sets.replaceAll(
        (name, fields) -> {
          if (fields.size() <= MOST_SYNTHETIC) {
            return fields;
          }
          note.accept(
              "of "
                  + fields.size()
                  + " fields of the set '"
                  + name
                  + "' "
                  + MOST_SYNTHETIC
                  + " drawn ones are used, which is more than a training looks at");
          return some(fields, MOST_SYNTHETIC, seed);
        });
    return sets;
  }

  /** Cells in fields. */
  long cells(List<DetectorField> fields) {
    return fields.stream().mapToLong(field -> field.targets().size()).sum();
  }

  private static List<AnnotatedField> read(
      @Nullable Path folder,
      @Nullable Path boxes,
      @Nullable String groupBy,
      Consumer<String> note) {
    return folder == null ? List.of() : AnnotatedField.read(folder, boxes, groupBy, note);
  }

  private static List<AnnotatedField> some(List<AnnotatedField> fields, int count, long seed) {
    List<AnnotatedField> left = new ArrayList<>(fields);
    RandomStream random = RandomStream.of(seed, Purpose.SAMPLING, -1);
    List<AnnotatedField> taken = new ArrayList<>();
    while (taken.size() < count) {
      taken.add(left.remove(random.nextInt(left.size())));
    }
    return taken;
  }

  private static void refuseSharedGroups(List<AnnotatedField> train, List<AnnotatedField> heldOut) {
    Map<String, AnnotatedField> trained = new LinkedHashMap<>();
    train.forEach(field -> trained.put(field.group(), field));
    for (AnnotatedField field : heldOut) {
      AnnotatedField other = trained.get(field.group());
      if (other != null && !field.group().equals(field.source())) {
        throw UserException.badData(
            "%s and %s are both of the group '%s' (--group-by), so the test would prove nothing; move one to the other side"
                .formatted(other.file(), field.file(), field.group()));
      }
    }
  }

  private static void tellOfOthers(
      List<List<AnnotatedField>> sets, DetectorLabels labels, Consumer<String> note) {
    Map<String, Integer> others = new TreeMap<>();
    sets.stream()
        .flatMap(List::stream)
        .flatMap(field -> field.boxes().stream())
        .map(Box::label)
        .filter(name -> labels.of(name) < 0 && !labels.ignores(name))
        .forEach(name -> others.merge(name, 1, Integer::sum));
    if (!others.isEmpty()) {
      note.accept("boxes that count as ground, since no --label names them: " + others);
    }
  }

  private void refuseLeaks() {
    Set<String> leaks = new HashSet<>();
    for (DetectorField test : heldOut) {
      Stream.concat(train.stream(), synthetic.values().stream().flatMap(List::stream))
          .parallel()
          .filter(field -> field.density().sameAs(test.density()) > SAME)
          .findFirst()
          .ifPresent(field -> leaks.add(field.name() + " shows the test field " + test.name()));
    }
    if (!leaks.isEmpty()) {
      throw UserException.badData(
          leaks.size()
              + " test fields are also trained on, so the result would prove nothing: "
              + leaks.stream().sorted().findFirst().orElseThrow()
              + "; compose on other ground, or remove them from either side");
    }
  }

  /** Composed cells of another size are of another magnification, or their boxes are. */
  private void compareSizes(Consumer<String> note) {
    double real = side(train.isEmpty() ? heldOut : train);
    synthetic.forEach(
        (name, fields) -> {
          double composed = side(fields);
          if (Math.abs(Math.log(composed / real)) > Math.log(1.3)) {
            note.accept(
                String.format(
                    Locale.ROOT,
                    "boxes of the set '%s' are %.0f pixels long in the middle, annotated ones %.0f: is it one magnification, and are boxes as loose?",
                    name,
                    composed / scale,
                    real / scale));
          }
        });
  }

  private static double side(List<DetectorField> fields) {
    double[] sides =
        fields.stream()
            .flatMap(field -> field.targets().stream())
            .mapToDouble(target -> target.box().longer())
            .sorted()
            .toArray();
    return sides.length == 0 ? Double.NaN : sides[sides.length / 2];
  }
}
