package org.inoculum.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.inoculum.UserException;
import org.junit.jupiter.api.Test;

class JsonTest {
  private enum Colour {
    DARK_RED
  }

  private record Cell(String name, int count, Colour colour) {}

  @Test
  void recordsGoThereAndBackWithTheirFieldNames() {
    Cell cell = new Cell("a\"b", 3, Colour.DARK_RED);
    assertThat(Json.line(cell))
        .isEqualTo("{\"name\":\"a\\\"b\",\"count\":3,\"colour\":\"dark_red\"}");
    assertThat(Json.parse(Json.document(cell), Cell.class, "x")).isEqualTo(cell);
  }

  @Test
  void theWordNullIsNoDocument() {
    assertThatThrownBy(() -> Json.parse("null", Cell.class, "config.json"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("config.json");
  }

  @Test
  void anUnknownADoubledAndATrailingFieldAreErrorsThatNameTheSource() {
    assertThatThrownBy(
            () ->
                Json.parse(
                    "{\"name\":\"a\",\"count\":1,\"colour\":null,\"cuont\":3}",
                    Cell.class,
                    "config.json"))
        .hasMessageContaining("config.json")
        .hasMessageContaining("cuont");
    assertThatThrownBy(
            () -> Json.parse("{\"name\":\"a\",\"name\":\"b\"}", Cell.class, "config.json"))
        .hasMessageContaining("config.json");
    assertThatThrownBy(
            () ->
                Json.parse(
                    "{\"name\":\"a\",\"count\":1,\"colour\":null} x", Cell.class, "config.json"))
        .hasMessageContaining("config.json");
  }
}
