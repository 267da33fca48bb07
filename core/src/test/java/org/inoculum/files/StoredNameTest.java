package org.inoculum.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.inoculum.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredNameTest {
  private static final Path FOLDER = Path.of("set");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/etc/x",
        "..",
        "../x",
        "a/../../x",
        "a/..",
        "./a",
        "a//b",
        "a/",
        "a\\b",
        "\0",
        "a\0b",
        "a\nb",
        "a/\u0085b"
      })
  void namesThatLeadElsewhereAreRefused(String name) {
    assertThatThrownBy(() -> StoredName.below(FOLDER, name, "part.json"))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.BAD_DATA))
        .hasMessageStartingWith("part.json holds the name");
    assertThatThrownBy(() -> StoredName.child(FOLDER, name, "part.json"))
        .isInstanceOf(UserException.class);
  }

  @Test
  void ordinaryNamesAreJoined() {
    assertThat(StoredName.below(FOLDER, "bacillus/000001.png", "x"))
        .isEqualTo(Path.of("set/bacillus/000001.png"));
    assertThat(StoredName.child(FOLDER, "E. coli (K-12) …", "x"))
        .isEqualTo(Path.of("set/E. coli (K-12) …"));
    assertThatThrownBy(() -> StoredName.child(FOLDER, "a/b", "x"))
        .hasMessageContaining("'a/b', which leads out");
  }
}
