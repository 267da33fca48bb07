package org.inoculum.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.inoculum.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageTest {
  @TempDir private Path folder;

  @Test
  void aFileIsReplacedWholeAndLeavesNothingBeside() throws IOException {
    Path file = folder.resolve("status.json");
    Storage.writeFile(file, "one");
    Storage.writeFile(file, "two");
    assertThat(Files.readString(file)).isEqualTo("two");
    assertThat(names(folder)).containsExactly("status.json");
  }

  @Test
  void aFolderAppearsWithEverythingInIt() throws IOException {
    Path made = folder.resolve("set");
    Storage.newFolder(made, part -> Storage.writeInto(part.resolve("a.png"), new byte[] {1, 2}));
    assertThat(names(made)).containsExactly("a.png");
    assertThat(names(folder)).containsExactly("set");
  }

  @Test
  void aFolderWhoseWriterFailsDoesNotAppear() throws IOException {
    Path made = folder.resolve("set");
    assertThatThrownBy(
            () ->
                Storage.newFolder(
                    made,
                    part -> {
                      Storage.writeInto(part.resolve("a.png"), new byte[] {1, 2});
                      throw new IllegalStateException("stopped half-way");
                    }))
        .hasMessage("stopped half-way");
    assertThat(names(folder)).isEmpty();
  }

  @Test
  void whatAKilledAttemptLeftIsNotMixedIn() throws IOException {
    Files.createDirectories(folder.resolve(".set.part"));
    Files.writeString(folder.resolve(".set.part/old.png"), "old");
    Storage.newFolder(
        folder.resolve("set"), part -> Storage.writeFile(part.resolve("new.png"), "new"));
    assertThat(names(folder.resolve("set"))).containsExactly("new.png");
  }

  @Test
  void nothingIsOverwritten() {
    Path made = folder.resolve("set");
    Storage.createFolders(made);
    assertThatThrownBy(() -> Storage.newFolder(made, part -> {}))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.USAGE))
        .hasMessageContaining("set exists already");
  }

  @Test
  void aFullDiskIsSaidAsSuch() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "this system has no /dev/full");
    assertThatThrownBy(() -> Storage.appendLine(full, "a line"))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.STORAGE))
        .hasMessageContaining("/dev/full")
        .hasMessageContaining("No space left")
        .hasMessageContaining("needed 7 bytes");
  }

  @Test
  void linksAreRemovedAndNotFollowed() throws IOException {
    Path precious = Files.createDirectories(folder.resolve("precious"));
    Files.writeString(precious.resolve("data"), "kept");
    Path doomed = Files.createDirectories(folder.resolve("doomed"));
    Files.createSymbolicLink(doomed.resolve("link"), precious);
    Storage.deleteTree(doomed);
    assertThat(names(folder)).containsExactly("precious");
    assertThat(names(precious)).containsExactly("data");
  }

  @Test
  void aTornLastLineIsLeftOut() {
    Path file = folder.resolve("stats.jsonl");
    record Row(int step) {}
    Storage.appendLine(file, Json.line(new Row(1)));
    Storage.appendLine(file, Json.line(new Row(2)));
    Storage.writeFile(file, (readText(file) + "{\"st").getBytes(StandardCharsets.UTF_8));
    assertThat(Json.readLines(file, Row.class)).containsExactly(new Row(1), new Row(2));
  }

  private static String readText(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.map(child -> child.getFileName().toString()).sorted().toList();
    }
  }
}
