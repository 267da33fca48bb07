package org.inoculum.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.inoculum.detect.FieldsResult.ConditionDifference;
import org.inoculum.detect.FieldsResult.ConditionScores;
import org.junit.jupiter.api.Test;

class FieldsVerdictTest {
  private static final int FULL = 1800;

  @Test
  void asGoodAsAllAnnotatedFieldsMeansComposedOnes() {
    assertThat(verdict(0.012, -0.0005, 0.02, 9, FULL))
        .startsWith("Train on the composed fields and annotate only to test")
        .contains("+0.012 (95 % interval -0.001 to +0.020)", "worth at least 9 annotated fields.")
        .doesNotContain("--protocol");
  }

  @Test
  void betterWorseAndCannotTell() {
    assertThat(verdict(0.03, 0.01, 0.05, 9, FULL)).contains("is better than that of");
    assertThat(verdict(-0.1, -0.2, -0.05, 1, FULL))
        .startsWith("Annotate fields")
        .contains("at least 1 annotated field and fewer than the next number");
    assertThat(verdict(0.0, -0.05, 0.05, 3, FULL)).contains("cannot tell", "test on more fields");
    assertThat(verdict(-0.3, -0.4, -0.2, 0, FULL)).contains("less than 9 annotated fields.");
    List<ConditionDifference> more = new ArrayList<>(differences(-0.3, -0.4, -0.2));
    more.add(
        new ConditionDifference(
            "composed only", "1 annotated field", -0.1, -0.2, 0, List.of(), 0, 0, 0, 0, 0, 0));
    assertThat(FieldsVerdict.of(List.of(), more, 0, FULL, true))
        .contains("less than 1 annotated field.");
  }

  @Test
  void aQuickTestSaysThatItIsOne() {
    List<ConditionDifference> differences = differences(0.03, 0.01, 0.05);
    assertThat(FieldsVerdict.of(List.of(), differences, 9, 300, null))
        .contains("300 steps", "--protocol full");
    assertThat(FieldsVerdict.of(List.of(), differences, 9, 7200, false))
        .contains("After 7200 steps the AP was still rising");
  }

  @Test
  void withoutTheOtherSideItSaysWhatWasReached() {
    assertThat(FieldsVerdict.of(List.of(scores("9 annotated fields")), List.of(), null, FULL, true))
        .contains("9 annotated fields", "0.900", "whether composed fields do better");
    assertThat(
            FieldsVerdict.of(
                List.of(scores("composed only"), scores("pasted only")),
                List.of(),
                null,
                FULL,
                true))
        .contains("Trained on composed only", "whether annotated fields do better");
  }

  private static ConditionScores scores(String condition) {
    return new ConditionScores(
        condition,
        0.9,
        0.85,
        0.95,
        List.of(0.9),
        null,
        0.6,
        0.85,
        1.5,
        List.of(1.5),
        230,
        230,
        0,
        -3,
        3,
        List.of(),
        List.of(),
        null);
  }

  @Test
  void conditionsAreThePowersOfThreeAllAndTheComposed() {
    assertThat(FieldsCondition.of(12, List.of(), List.of("composed", "pasted")))
        .extracting(FieldsCondition::describe)
        .containsExactly(
            "1 annotated field",
            "3 annotated fields",
            "9 annotated fields",
            "12 annotated fields",
            "composed only",
            "12 annotated fields + composed",
            "pasted only");
    assertThat(FieldsCondition.of(0, List.of(), List.of("composed")))
        .extracting(FieldsCondition::describe)
        .containsExactly("composed only");
    assertThat(FieldsCondition.of(9, List.of(), List.of()))
        .extracting(FieldsCondition::describe)
        .containsExactly("1 annotated field", "3 annotated fields", "9 annotated fields");
    assertThat(FieldsCondition.of(9, List.of(5, 2, 12), List.of()))
        .extracting(FieldsCondition::annotated)
        .containsExactly(2, 5, 9);
    assertThat(FieldsCondition.of(9, List.of(0), List.of()))
        .extracting(FieldsCondition::annotated)
        .containsExactly(9);
  }

  @Test
  void otherSetsAreNamed() {
    List<ConditionDifference> differences = new ArrayList<>(differences(0.03, 0.01, 0.05));
    differences.add(
        new ConditionDifference(
            "composed only", "pasted only", 0.04, 0.02, 0.06, List.of(), 0, 0, 0, 0, 0, 0));
    assertThat(FieldsVerdict.of(List.of(), differences, 9, FULL, true))
        .endsWith(
            "Composed fields are better than the set 'pasted', AP +0.040 (95 % interval +0.020 to +0.060).");
  }

  private static String verdict(double difference, double low, double high, int worth, int steps) {
    return FieldsVerdict.of(List.of(), differences(difference, low, high), worth, steps, true);
  }

  private static List<ConditionDifference> differences(double difference, double low, double high) {
    return List.of(
        new ConditionDifference(
            "composed only",
            "9 annotated fields",
            difference,
            low,
            high,
            List.of(),
            0,
            0,
            0,
            0,
            0,
            0),
        new ConditionDifference(
            "9 annotated fields + composed",
            "9 annotated fields",
            0,
            -0.1,
            0.1,
            List.of(),
            0,
            0,
            0,
            0,
            0,
            0));
  }
}
