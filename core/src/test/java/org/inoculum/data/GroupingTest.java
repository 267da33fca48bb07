package org.inoculum.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.inoculum.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupingTest {
  private static final List<String> NAMES = List.of("s1/P01_a.png", "s1/P02_a.png", "s2/P01_b.png");

  @Test
  void theFirstCapturingGroupOrWhatIsFound() {
    assertThat(Grouping.of("^(P[0-9]+)_", NAMES))
        .isEqualTo(Map.of("s1/P01_a.png", "P01", "s1/P02_a.png", "P02", "s2/P01_b.png", "P01"));
    assertThat(Grouping.of("P\\d+", NAMES)).containsEntry("s2/P01_b.png", "P01");
    assertThat(Grouping.of("_(a|b)(.)", NAMES)).containsEntry("s1/P02_a.png", "a");
  }

  @Test
  void anExpressionWithASlashIsSearchedInThePath() {
    assertThat(Grouping.of("^([^/]+)/", NAMES))
        .isEqualTo(Map.of("s1/P01_a.png", "s1", "s1/P02_a.png", "s1", "s2/P01_b.png", "s2"));
    // Without one, the folder cannot be seen.
    refused("^s1", "finds no group in 3 of 3 names, such as P01_a.png, P02_a.png, P01_b.png");
  }

  @Test
  void namesWithoutAGroupAreRefused() {
    refused("P02", "--group-by P02 finds no group in 2 of 3 names, such as P01_a.png, P01_b.png");
    refused("P01|(P02)", "in 2 of 3 names"); // found, but not by the group
    refused("x*", "in 3 of 3 names");
    refused("(", "is no regular expression");
  }

  @ParameterizedTest
  @ValueSource(strings = {"^(a+)+\\1b$", ".*.*.*.*.*.*x", "(a*)*\\1b"})
  void expressionsThatTakeForeverAreEnded(String expression) {
    String name = "a".repeat(200) + "!";
    assertThatThrownBy(() -> Grouping.of(expression, List.of(name)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("takes too long on the name");
  }

  private static void refused(String expression, String message) {
    assertThatThrownBy(() -> Grouping.of(expression, NAMES))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.USAGE))
        .hasMessageContaining(message);
  }
}
