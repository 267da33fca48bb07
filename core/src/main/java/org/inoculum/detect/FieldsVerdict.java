package org.inoculum.detect;

import java.util.List;
import java.util.Locale;
import org.inoculum.detect.FieldsResult.ConditionDifference;
import org.inoculum.detect.FieldsResult.ConditionScores;
import org.jspecify.annotations.Nullable;

/** The result in words that say what to do. */
final class FieldsVerdict {
  /** A loss of AP that is not worth annotating for. */
  static final double MARGIN = 0.01;

  private FieldsVerdict() {}

  /**
   * The sentences.
   *
   * @param differences composed fields against all annotated ones, both against those, then against
   *     fewer; none where one of the two is missing
   */
  static String of(
      List<ConditionScores> conditions,
      List<ConditionDifference> differences,
      @Nullable Integer worth,
      int steps,
      @Nullable Boolean flat) {
    StringBuilder text = new StringBuilder();
    if (differences.isEmpty() || worth == null) {
      ConditionScores last =
          conditions.stream()
              .filter(one -> one.condition().equals(FieldsCondition.COMPOSED + " only"))
              .findFirst()
              .orElse(conditions.get(conditions.size() - 1));
      text.append(
          String.format(
              Locale.ROOT,
              "Trained on %s, the detector reaches an AP of %.3f (95 %% interval %.3f to %.3f) and counts %.2f cells wrong a field; whether %s fields do better was not tested.",
              last.condition(),
              last.ap(),
              last.low(),
              last.high(),
              last.countError(),
              last.condition().contains("annotated") ? "composed" : "annotated"));
    } else {
      ConditionDifference alone = differences.get(0);
      text.append(first(alone)).append(' ').append(worth(worth, alone.against(), differences));
      ConditionDifference both = differences.get(1);
      if (both.low() > 0) {
        text.append(" Training on both is better still, by ").append(numbers(both)).append('.');
      } else if (both.high() < 0) {
        text.append(" Do not train on both: that lowers it by ").append(numbers(both)).append('.');
      } else {
        text.append(" Whether training on both is better cannot be told: ")
            .append(numbers(both))
            .append('.');
      }
    }
    differences.stream()
        .skip(worth == null ? 0 : 2)
        .filter(one -> one.against().endsWith(" only"))
        .forEach(one -> text.append(' ').append(other(one)));
    if (flat == null) {
      text.append(
          String.format(
              Locale.ROOT,
              " Whether %d steps are enough was not tested; decide by --protocol full.",
              steps));
    } else if (!flat) {
      text.append(
          String.format(
              Locale.ROOT, " After %d steps the AP was still rising; train longer.", steps));
    }
    return text.toString();
  }

  private static String first(ConditionDifference alone) {
    if (alone.low() > 0) {
      return "Train on the composed fields: their detector is better than that of "
          + alone.against()
          + ", AP "
          + numbers(alone)
          + ".";
    }
    if (alone.low() > -MARGIN) {
      return "Train on the composed fields and annotate only to test: they do as well as "
          + alone.against()
          + ", AP "
          + numbers(alone)
          + ".";
    }
    if (alone.high() < 0) {
      return "Annotate fields: composed ones alone do worse than "
          + alone.against()
          + ", AP "
          + numbers(alone)
          + ".";
    }
    return "This test cannot tell whether composed fields alone do as well as "
        + alone.against()
        + ", AP "
        + numbers(alone)
        + "; test on more fields.";
  }

  private static String other(ConditionDifference one) {
    String against = "'" + one.against().replaceFirst(" only$", "") + "', AP " + numbers(one) + ".";
    return one.low() > 0
        ? "Composed fields are better than the set " + against
        : one.high() < 0
            ? "Composed fields are worse than the set " + against
            : "Composed fields are neither better nor worse than the set " + against;
  }

  private static String worth(int worth, String all, List<ConditionDifference> differences) {
    if (worth == 0) {
      String least =
          differences.stream()
              .skip(2)
              .map(ConditionDifference::against)
              .filter(against -> against.contains("annotated"))
              .findFirst()
              .orElse(all);
      return "By the mean they are worth less than " + least + ".";
    }
    return all.startsWith(worth + " ")
        ? "By the mean they are worth at least " + all + "."
        : "By the mean they are worth at least "
            + worth
            + (worth == 1 ? " annotated field" : " annotated fields")
            + " and fewer than the next number that was tried.";
  }

  private static String numbers(ConditionDifference one) {
    return String.format(
        Locale.ROOT,
        "%+.3f (95 %% interval %+.3f to %+.3f)",
        one.difference(),
        one.low(),
        one.high());
  }
}
