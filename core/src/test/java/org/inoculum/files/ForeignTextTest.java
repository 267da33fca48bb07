package org.inoculum.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ForeignTextTest {
  private static final String HOSTILE =
      "a\nb\r\u001b[2Jc\u009b31m\u202egnp.exe\u2066\u2028\u200f\u0085\ufeff\u061c\u007f";

  @Test
  void aLineStaysOneAndReadsAsItIs() {
    assertThat(ForeignText.line(HOSTILE)).isEqualTo("a?b??[2Jc?31m?gnp.exe???????");
    assertThat(ForeignText.line("é, 細菌, \ta … 🦠")).isEqualTo("é, 細菌, \ta … 🦠");
  }

  @Test
  void jsonHoldsTheSameValuesWithoutSuchCharacters() {
    String document = Json.document(Map.of("name", HOSTILE));
    String shown = ForeignText.json(document);
    assertThat(shown).doesNotContainPattern("[\\p{Cc}\\u2028\\u202e\\u2066&&[^\n]]");
    assertThat(Json.parse(shown, Map.class, "shown").get("name")).isEqualTo(HOSTILE);
  }
}
