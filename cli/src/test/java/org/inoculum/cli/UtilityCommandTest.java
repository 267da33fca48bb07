package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inoculum.cli.CommandLineTest.assertOneLine;
import static org.inoculum.cli.CommandLineTest.inoculum;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.files.Json;
import org.inoculum.files.Storage;
import org.inoculum.image.Png;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code utility} from the command line, on two classes of drawn bacilli. */
class UtilityCommandTest {
  @TempDir private Path folder;

  @BeforeEach
  void draw() throws IOException {
    write("train", 0);
    write("test", 10);
    write("generated", 20);
  }

  @Test
  void theResultIsPrintedAndWrittenForTheReport() {
    Path out = folder.resolve("utility.json");
    CommandLineTest.Result result = utility("--json", "--out", out);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).isEqualToIgnoringWhitespace(read(out));
    assertThat(result.err()).doesNotContain("warning");

    Map<?, ?> json = Json.parse(result.out(), Map.class, "stdout");
    assertThat((List<?>) json.get("conditions")).hasSize(10);
    Object effect = ((List<?>) Objects.requireNonNull(json.get("comparisons"))).get(0);
    assertThat(((Map<?, ?>) Objects.requireNonNull(effect)).get("condition"))
        .isEqualTo("the best use of synthetic images");

    CommandLineTest.Result words = utility();
    assertThat(words.out())
        .contains("real with 25 % synthetic", String.valueOf(json.get("verdict")));
    assertOneLine(utility("--out", out), 2, "utility.json");
  }

  @Test
  void aTestImageThatIsTrainedOnIsRefusedByName() throws IOException {
    Files.copy(folder.resolve("test/b/11.png"), folder.resolve("generated/b/leaked.png"));
    assertOneLine(utility(), 3, "leaked.png", "11.png", "remove them");
  }

  @Test
  void oneClassIsToldFromBackground() throws IOException {
    Path others = folder.resolve("others");
    for (int i = 0; i < 8; i++) {
      Files.createDirectories(others.resolve(i < 4 ? "debris" : "nuclei"));
      Files.write(
          others.resolve(i < 4 ? "debris" : "nuclei").resolve(i + ".png"),
          Png.encode(DrawnBacilli.draw(9, i, 64)));
    }
    assertOneLine(utility("--background", others), 3, "[a, b]", "single class");
    for (String set : List.of("train", "test", "generated")) {
      Storage.deleteTree(folder.resolve(set).resolve("b"));
    }
    assertOneLine(utility(), 3, "--background DIR");
    // The one class may lie directly in its folder, and then has another name on each side.
    Files.move(folder.resolve("test/a"), folder.resolve("tested"));
    Storage.deleteTree(folder.resolve("test"));
    Files.move(folder.resolve("tested"), folder.resolve("test"));

    CommandLineTest.Result result = utility("--background", others, "--json");
    assertThat(result.exitCode()).as(result.err()).isZero();
    Map<?, ?> json = Json.parse(result.out(), Map.class, "stdout");
    assertThat(json.get("classes")).isEqualTo(List.of("a", "background"));
    assertThat(json.get("train")).isEqualTo(Map.of("a", 3, "background", 4));
    assertThat(json.get("heldOut")).isEqualTo(Map.of("a", 3, "background", 4));
    assertThat(json.get("synthetic")).isEqualTo(Map.of("a", 3, "background", 0));

    Path few = Files.createDirectories(folder.resolve("few"));
    Files.write(few.resolve("0.png"), Png.encode(DrawnBacilli.draw(9, 0, 64)));
    Files.write(few.resolve("1.png"), Png.encode(DrawnBacilli.draw(9, 1, 64)));
    assertOneLine(utility("--background", few), 3, "2 images of background", "at least 8");
    assertOneLine(utility("--background", others, "--fields"), 2, "--background");
  }

  private CommandLineTest.Result utility(Object... more) {
    Object[] words = {
      "utility",
      "--train",
      folder.resolve("train"),
      "--held-out",
      folder.resolve("test"),
      "--synthetic",
      folder.resolve("generated"),
      "--repeats",
      2,
      "--steps",
      1
    };
    Object[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return inoculum(all);
  }

  private void write(String set, int first) throws IOException {
    for (String name : List.of("a", "b")) {
      Path into = Files.createDirectories(folder.resolve(set).resolve(name));
      for (int i = first; i < first + 3; i++) {
        long seed = name.equals("a") ? 1 : 2;
        Files.write(into.resolve(i + ".png"), Png.encode(DrawnBacilli.draw(seed, i, 64)));
      }
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
