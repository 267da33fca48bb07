package org.inoculum.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Double#parseDouble} is the reference. */
class DecimalNumberTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "-0.0",
        "7",
        "0.1",
        "-.5",
        "5.",
        "1e5",
        "1E+22",
        "-2.5e-21",
        "007.250",
        "9007199254740992",
        "9007199254740991e22",
        "0.0000000000000000000001"
      })
  void plainNumbersAreRightToTheBit(String text) {
    assertThat(DecimalNumber.parse("9," + text + ",9", 2, 2 + text.length()))
        .isEqualTo(Double.parseDouble(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        ".",
        "-.",
        "e5",
        ".e1",
        "1e",
        "1e+",
        "1e-",
        "1e5.0",
        "1.2.3",
        "--1",
        "+1",
        " 1",
        "1 ",
        "1f",
        "0x1p3",
        "NaN",
        "Infinity",
        "9007199254740993",
        "1234567890123456789",
        "1e23",
        "2.5e-22",
        "1e-23",
        "1e0001"
      })
  void whatIsNotPlainIsLeftToTheOtherParser(String text) {
    assertThat(DecimalNumber.parse(text, 0, text.length())).isNaN();
  }

  @Test
  void printedFloatsComeBack() {
    RandomStream random = RandomStream.of(1, Purpose.CHECKING, 0);
    for (int i = 0; i < 20_000; i++) {
      double value = random.nextGaussian() * Math.pow(10, random.nextInt(24) - 12);
      String text = Float.toString((float) value);
      double parsed = DecimalNumber.parse(text, 0, text.length());
      if (!Double.isNaN(parsed)) {
        assertThat(parsed).isEqualTo(Double.parseDouble(text));
      }
      String fixed = "%.6f".formatted(value % 1000);
      assertThat(DecimalNumber.parse(fixed, 0, fixed.length()))
          .isEqualTo(Double.parseDouble(fixed));
    }
  }
}
