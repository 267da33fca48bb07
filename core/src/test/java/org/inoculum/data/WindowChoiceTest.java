package org.inoculum.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.inoculum.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowChoiceTest {
  @Test
  void wordsAreValuesOrPercentiles() {
    assertThat(WindowChoice.parse("0.1%, 99.9%")).isEqualTo(WindowChoice.DEFAULT);
    assertThat(WindowChoice.parse("-1.5,4095")).isEqualTo(new WindowChoice(-1.5, 4095, false));
    for (String label : new String[] {"0.1%,99.9%", "-1.5,4095", "0,1.0E20"}) {
      assertThat(WindowChoice.parse(label).label()).isEqualTo(label);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "5,5", "9,1", "0%,101%", "1%,9", "a,b", "1,2,3", "NaN,1"})
  void refusesOthers(String label) {
    assertThatThrownBy(() -> WindowChoice.parse(label))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.USAGE))
        .message()
        .startsWith("a window");
  }
}
