package org.inoculum.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
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

  /** Left by a process that is not there any more, by one of another machine, and by this one. */
  @Test
  void whatDeadProcessesLeftIsRemovedAndToldAndWhatLivingOnesWriteStays() throws Exception {
    TemporaryName living = TemporaryName.of("set");
    Path dead = folder.resolve(named("set", living.host(), 4_000_000, 5));
    Path reused = folder.resolve(named("set", living.host(), 1, 5)); // 1 lives, and is another
    Path foreign = folder.resolve(named("set", "0123abcd", 1, 5));
    Path other = folder.resolve(named("other", living.host(), 4_000_000, 5));
    for (Path left : List.of(dead, reused, foreign, other)) {
      Files.writeString(Files.createDirectories(left).resolve("a"), "a");
    }
    List<String> told = new ArrayList<>();
    Storage.logTo(told::add);
    try {
      assertThatThrownBy(() -> Storage.newFolder(folder.resolve("set"), part -> {}))
          .hasMessageContaining("is being made on another machine")
          .hasMessageContaining(foreign.getFileName().toString());
      Files.setLastModifiedTime(foreign.resolve("a"), FileTime.from(Instant.EPOCH));
      Files.setLastModifiedTime(foreign, FileTime.from(Instant.EPOCH));
      Storage.newFolder(folder.resolve("set"), part -> {});
    } finally {
      Storage.logTo(sentence -> {});
      living.release();
    }
    assertThat(names(folder)).containsExactly(other.getFileName().toString(), "set");
    assertThat(told).hasSize(3).anyMatch(line -> line.contains(dead.getFileName().toString()));
    Path mine = folder.resolve(living.fileName());
    Files.createDirectories(mine);
    Storage.sweep(folder);
    assertThat(names(folder)).containsExactly("set"); // it is not in use any more
  }

  @Test
  void whatThisMachineIsWritingIsNotTouched() throws IOException {
    Path set = folder.resolve("set");
    Storage.newFolder(
        set,
        part -> {
          Storage.sweep(folder);
          assertThatThrownBy(() -> Storage.newFolder(set, other -> {}))
              .isInstanceOfSatisfying(
                  UserException.class,
                  e -> assertThat(e.kind()).isEqualTo(UserException.Kind.USAGE))
              .hasMessageContaining("is being made by process " + ProcessHandle.current().pid());
          assertThatThrownBy(() -> Storage.resumableFolder(set, true, other -> true))
              .hasMessageContaining("is being made by process");
          Storage.writeInto(part.resolve("a"), new byte[1]);
        });
    assertThat(names(folder)).containsExactly("set");
  }

  @Test
  void whatAppearsMeanwhileIsNotReplaced() throws IOException {
    for (boolean file : new boolean[] {true, false}) {
      Path set = folder.resolve("set " + file);
      assertThatThrownBy(
              () ->
                  Storage.resumableFolder(
                      set,
                      false,
                      part -> {
                        Storage.writeInto(part.resolve("a"), new byte[1]);
                        if (file) {
                          Files.writeString(set, "theirs");
                        } else {
                          Files.createDirectories(set);
                        }
                        return true;
                      }))
          .isInstanceOfSatisfying(
              UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.USAGE))
          .hasMessageContaining("was made by another process meanwhile");
    }
    assertThat(names(folder)).containsExactly("set false", "set true");
    assertThat(names(folder.resolve("set false"))).isEmpty();
  }

  @Test
  void whatAKilledProcessLeftIsGoneOnWith() throws IOException {
    TemporaryName name = TemporaryName.of("set");
    name.release();
    Path left = Files.createDirectories(folder.resolve(name.fileName()));
    Files.writeString(left.resolve("a"), "a");
    boolean whole = Storage.resumableFolder(folder.resolve("set"), true, part -> false);
    assertThat(whole).isFalse();
    assertThat(names(folder)).containsExactly(".set.part");
    Storage.resumableFolder(
        folder.resolve("set"),
        true,
        part -> {
          assertThat(part.resolve("a")).hasContent("a");
          return true;
        });
    assertThat(names(folder)).containsExactly("set");
  }

  @Test
  void longNamesFitAFileSystem() throws IOException {
    for (String name : List.of("n".repeat(200), "é".repeat(120), "n".repeat(254))) {
      Storage.writeFile(folder.resolve(name), "a");
      assertThat(folder.resolve(name)).hasContent("a");
      assertThat(TemporaryName.of(name).isFor(name)).isTrue();
    }
    assertThat(names(folder)).hasSize(3);
  }

  private static String named(String target, String host, long pid, long start) {
    return new TemporaryName(target, host, pid, start, "0123456789ab").fileName();
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
