package org.inoculum.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inoculum.UserException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredFileTest {
  @TempDir private Path folder;

  @Test
  void whatNeverEndsIsRefusedAtOnce() throws Exception {
    Path pipe = folder.resolve("pipe.json");
    assumeTrue(
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0,
        "this system makes no pipes");
    Path zeros = Files.createSymbolicLink(folder.resolve("zeros.json"), Path.of("/dev/zero"));
    Path inside = Files.createDirectories(folder.resolve("folder.json"));
    for (Path file : List.of(pipe, zeros, inside)) {
      Assertions.assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> {
            refused(() -> Json.read(file, Map.class), file, "a file was expected");
            refused(() -> Json.readLines(file, Map.class), file, "a file was expected");
            refused(() -> Json.forEachLine(file, Map.class, x -> {}), file, "a file was expected");
            refused(() -> hash(file), file, "a file was expected");
          });
    }
  }

  @Test
  void whatIsTooLargeIsRefusedBeforeItIsRead() throws IOException {
    Path large = folder.resolve("large.json");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(3_000_000_000L); // takes no space
    }
    refused(() -> Json.read(large, Map.class), large, "has 3000000000 bytes");
    refused(() -> Json.forEachLine(large, Map.class, x -> {}), large, "has a line of more than");
    assertThatThrownBy(() -> StoredFile.bytes(large, StoredFile.ARRAY))
        .isInstanceOf(UserException.class);
    Files.write(folder.resolve("small"), new byte[10]);
    assertThat(StoredFile.bytes(folder.resolve("small"), 10)).hasSize(10);
    assertThatThrownBy(() -> StoredFile.bytes(folder.resolve("small"), 9))
        .hasMessageContaining("has 10 bytes, and such a file has at most 9");
  }

  @Test
  void linesAreThoseOfAnyReader() throws IOException {
    for (String text : List.of("", "a", "a\n", "a\r\nb", "\n\na\n\n", "é\n\r\n")) {
      Path file = Files.writeString(folder.resolve("lines"), text, StandardCharsets.UTF_8);
      List<String> found = new ArrayList<>();
      try (StoredFile.Lines lines = StoredFile.lines(file)) {
        for (String line = lines.next(); line != null; line = lines.next()) {
          found.add(line);
        }
      }
      assertThat(found).isEqualTo(Files.readAllLines(file));
    }
  }

  private static void hash(Path file) {
    try {
      Sha256.ofFile(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void refused(Runnable reading, Path file, String why) {
    assertThatThrownBy(reading::run)
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.BAD_DATA))
        .hasMessageContaining(file.toString())
        .hasMessageContaining(why);
  }
}
