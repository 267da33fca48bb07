package org.inoculum.detect;

import java.nio.file.Path;
import java.util.ArrayList;
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
 * @param synthetic composed fields to train on; may be none
 */
record FieldsData(
    DetectorLabels labels,
    double medianSide,
    double scale,
    List<DetectorField> train,
    List<DetectorField> heldOut,
    List<DetectorField> synthetic) {
  /** Most composed fields that are held in memory. */
  static final int MOST_SYNTHETIC = 400;

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
    List<AnnotatedField> synthetic = read(source.synthetic(), source.syntheticBoxes(), null, note);
    if (train.isEmpty() && synthetic.isEmpty()) {
      throw UserException.usage("name fields to train on: --train, --synthetic or both");
    }
    if (heldOut.size() < 2) {
      throw UserException.badData(
          source.heldOut() + " has " + heldOut.size() + " annotated fields; at least 2 are needed");
    }
    refuseSharedGroups(train, heldOut);
    if (synthetic.size() > MOST_SYNTHETIC) {
      note.accept(
          "of "
              + synthetic.size()
              + " composed fields "
              + MOST_SYNTHETIC
              + " drawn ones are used, which is more than a training looks at");
      synthetic = some(synthetic, MOST_SYNTHETIC, seed);
    }
    List<List<AnnotatedField>> all = List.of(train, heldOut, synthetic);
    DetectorLabels labels = DetectorLabels.of(all, source.labels(), source.ignoredLabels());
    tellOfOthers(all, labels, note);
    double medianSide = DetectorData.medianSide(all, labels);
    double scale = DetectorData.scale(medianSide);
    FieldsData data =
        new FieldsData(
            labels,
            medianSide,
            scale,
            DetectorData.read(train, labels, scale),
            DetectorData.read(heldOut, labels, scale),
            DetectorData.read(synthetic, labels, scale));
    data.refuseLeaks();
    data.compareSizes(note);
    if (data.cells(data.heldOut) == 0) {
      throw UserException.badData(
          source.heldOut()
              + " holds no cell of "
              + labels.classes()
              + ", so nothing can be tested");
    }
    for (List<DetectorField> fields : List.of(data.train, data.synthetic)) {
      if (!fields.isEmpty() && data.cells(fields) == 0) {
        throw UserException.badData(
            (fields == data.train ? source.train() : source.synthetic())
                + " holds no cell of "
                + labels.classes()
                + ", so nothing can be learned from it");
      }
    }
    return data;
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
      Stream.concat(train.stream(), synthetic.stream())
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
    double composed = side(synthetic);
    if (!synthetic.isEmpty() && Math.abs(Math.log(composed / real)) > Math.log(1.3)) {
      note.accept(
          String.format(
              Locale.ROOT,
              "boxes of composed cells are %.0f pixels long in the middle, annotated ones %.0f: is it one magnification, and are boxes as loose?",
              composed / scale,
              real / scale));
    }
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
