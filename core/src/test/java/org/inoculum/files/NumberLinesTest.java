package org.inoculum.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NumberLinesTest {
  private final Map<String, Double> numbers = new TreeMap<>();

  private boolean read(String line) {
    byte[] text = ("before" + line + "after").getBytes(StandardCharsets.UTF_8);
    return NumberLines.read(text, 6, text.length - 11, (name, value) -> numbers.put(name, value));
  }

  @Test
  void numbersAreToldOfAndTheRestIsPassedOver() {
    assertThat(
            read(
                "{\"a\":1,\"b\":-2.5e-3,\"c\":\"text\",\"d\":{\"a\":7},\"e\":[8],\"f\":null,\"g\":true}"))
        .isTrue();
    assertThat(numbers).containsExactlyInAnyOrderEntriesOf(Map.of("a", 1.0, "b", -0.0025));
  }

  @Test
  void whatIsNoObjectIsNotTaken() {
    for (String line :
        new String[] {
          "",
          "1",
          "null",
          "[1]",
          "{",
          "{\"a\":1",
          "{\"a\":1}x",
          "{\"a\":1}{\"a\":2}",
          "{a:1}",
          "{\"a\":NaN}"
        }) {
      assertThat(read(line)).as(line).isFalse();
    }
  }
}
