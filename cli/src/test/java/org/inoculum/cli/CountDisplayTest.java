package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CountDisplayTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private long seconds;

  @Test
  void aLineEveryTenSecondsSaysHowLongItTakes() {
    try (CountDisplay display = display(false)) {
      for (int done = 1; done <= 100; done++) {
        display.at("reading", done, 1000);
        seconds++;
      }
    }
    assertThat(text().lines())
        .hasSize(9)
        .startsWith("reading: 11 of 1,000 images, 1.0 images/s, 16 min left");
  }

  @Test
  void whatWasThereBeforeTellsNothingOfThePace() {
    try (CountDisplay display = display(false)) {
      display.at("generating", 50_000, 100_000);
      seconds = 10;
      display.at("generating", 50_100, 100_000);
    }
    assertThat(text())
        .isEqualTo("generating: 50,100 of 100,000 images, 10.0 images/s, 83 min left\n");
  }

  @Test
  void anotherWayThroughBeginsAnewAndWhatIsSoonOverIsQuiet() {
    try (CountDisplay display = display(false)) {
      display.at("measuring", 1, 100);
      seconds = 9;
      display.at("measuring", 90, 100);
      seconds = 10;
      display.at("reading", 1, 100);
      seconds = 19;
      display.at("reading", 90, 100);
    }
    assertThat(text()).isEmpty();
  }

  @Test
  void onATerminalThereIsABarThatGoes() {
    try (CountDisplay display = display(true)) {
      display.at("inspecting", 1, 100);
      seconds = 5;
      display.at("inspecting", 51, 100);
      assertThat(text()).contains("####", "inspecting: 51 of 100 images, 10.0 images/s, 5 s left");
    }
    assertThat(String.join("", new Screen(80).show(text()).rows())).isBlank();
  }

  private CountDisplay display(boolean terminal) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    Console console =
        new Console(
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            stream,
            terminal
                ? new Terminal(true, false, Terminal.Colours.NONE, () -> Terminal.Size.USUAL)
                : Terminal.PLAIN);
    return new CountDisplay(console, () -> seconds * 1_000_000_000);
  }

  private String text() {
    return err.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
