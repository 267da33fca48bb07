package org.inoculum.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.inoculum.UserException;
import org.junit.jupiter.api.Test;

class FormatVersionTest {
  private record Cell(String name, int count) {}

  @Test
  void aDocumentBeginsWithTheVersionAndIsReadBack() {
    String text = FormatVersion.document(new Cell("a", 3));
    assertThat(text).startsWith("{\n  \"formatVersion\" : " + FormatVersion.CURRENT + ",");
    assertThat(FormatVersion.parse(text, Cell.class, "cell.json")).isEqualTo(new Cell("a", 3));
  }

  @Test
  void documentsOfOtherVersionsAreRefusedInOneLine() {
    assertThatThrownBy(
            () -> FormatVersion.parse("{\"name\":\"a\",\"old\":1}", Cell.class, "runs/00001-a"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "runs/00001-a is of format 1, and this version of the program reads format "
                + FormatVersion.CURRENT
                + ":"
                + " an earlier development version made it, so make it again");
    assertThatThrownBy(() -> FormatVersion.parse("{\"formatVersion\":9}", Cell.class, "cell.json"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("format 9")
        .hasMessageContaining("a later version made it");
  }
}
