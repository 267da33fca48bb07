package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.inoculum.files.Json;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console =
      new Console(
          new PrintStream(out, true, StandardCharsets.UTF_8),
          new PrintStream(err, true, StandardCharsets.UTF_8),
          Terminal.PLAIN);

  @Test
  void namesForgeNoLines() {
    console.print("a\nrejected 0");
    console.note("b\r\u202enote\u009b2J");
    console.error("c\nd".repeat(1) + "\u2028e");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a?rejected 0" + nl());
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("b??note?2J" + nl() + "inoculum: c d?e" + nl());
  }

  @Test
  void jsonHoldsNoControlsAndTheSameValues() {
    console.printJson(Map.of("name", "\u009b31m\u202egnp\u007f"));
    String shown = out.toString(StandardCharsets.UTF_8);
    assertThat(shown).contains("\\u009b31m\\u202egnp\\u007f");
    assertThat(Json.parse(shown, Map.class, "stdout").get("name"))
        .isEqualTo("\u009b31m\u202egnp\u007f");
  }

  @Test
  void anErrorRepeatsNoWholeFile() {
    console.error("x".repeat(30_000_000));
    assertThat(err.size()).isLessThan(5000);
  }

  @Test
  void memoryThatIsNotEnoughIsALine() {
    for (Error error :
        new Error[] {new OutOfMemoryError("Java heap space"), new StackOverflowError()}) {
      err.reset();
      assertThat(Failures.exhausted(error, console)).isEqualTo(Failures.FAILURE);
      assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("inoculum: ").hasLineCount(1);
      err.reset();
      assertThat(Failures.exitCode(new IllegalStateException(new RuntimeException(error)), console))
          .isEqualTo(Failures.FAILURE);
      assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("inoculum: ").hasLineCount(1);
    }
  }

  private static String nl() {
    return System.lineSeparator();
  }
}
