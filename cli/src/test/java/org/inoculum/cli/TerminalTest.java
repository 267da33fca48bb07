package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inoculum.cli.Terminal.Colours;
import org.inoculum.cli.Terminal.Size;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.image.Image;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a terminal is asked for, by its environment, and what is shown on it. */
class TerminalTest {
  @Test
  void theEnvironmentDecides() {
    assertThat(of(Map.of("TERM", "xterm-256color", "LANG", "de_DE.UTF-8")))
        .extracting(Terminal::moves, Terminal::unicode, Terminal::colours)
        .containsExactly(true, true, Colours.PALETTE);
    assertThat(of(Map.of("TERM", "xterm", "COLORTERM", "truecolor", "LC_ALL", "C.utf8")))
        .extracting(Terminal::moves, Terminal::unicode, Terminal::colours)
        .containsExactly(true, true, Colours.TRUE);
    assertThat(of(Map.of("TERM", "vt100", "LC_ALL", "C", "LANG", "de_DE.UTF-8")))
        .extracting(Terminal::moves, Terminal::unicode, Terminal::colours)
        .containsExactly(true, false, Colours.NONE);
    for (Map<String, String> plain :
        List.of(
            Map.of("TERM", "dumb"),
            Map.<String, String>of(),
            Map.of("TERM", "xterm-256color", "NO_COLOR", "1"))) {
      assertThat(of(plain)).isSameAs(Terminal.PLAIN);
    }
    assertThat(of(Map.of("TERM", "xterm", "NO_COLOR", "")).moves()).isTrue(); // no-color.org
    assertThat(Terminal.of(false, "", Map.of("TERM", "xterm"), () -> Size.USUAL))
        .isSameAs(Terminal.PLAIN);
    assertThat(
            Terminal.of(true, "C", Map.of("TERM", "xterm", "LC_ALL", "C.UTF-8"), () -> Size.USUAL))
        .as("the launcher sets a locale for names of files; the terminal is still what it was")
        .extracting(Terminal::unicode)
        .isEqualTo(false);
  }

  @Test
  void sttyIsUnderstood() {
    assertThat(TerminalSize.parse("50 132", Size.USUAL)).isEqualTo(new Size(132, 50));
    assertThat(TerminalSize.parse("0 0", Size.USUAL)).isEqualTo(Size.USUAL);
    assertThat(TerminalSize.parse("stty: no", Size.USUAL)).isEqualTo(Size.USUAL);
  }

  @ParameterizedTest
  @EnumSource
  void eachColourIsReadableOnWhiteAndOnBlack(Ink ink) {
    double luminance = luminance(ink.rgb());
    assertThat(1.05 / (luminance + 0.05)).as("on white").isGreaterThan(4);
    assertThat((luminance + 0.05) / 0.05).as("on black").isGreaterThan(4);
  }

  /** WCAG 2.2, relative luminance. */
  private static double luminance(int rgb) {
    double sum = 0;
    double[] weights = {0.2126, 0.7152, 0.0722};
    for (int i = 0; i < 3; i++) {
      double share = (rgb >> (16 - 8 * i) & 0xff) / 255.0;
      sum +=
          weights[i] * (share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4));
    }
    return sum;
  }

  @Test
  void picturesShowTwoPixelsInACharacter() {
    short[] samples = {255, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255};
    Image image = new Image(2, 2, 3, 8, samples);
    assertThat(TerminalThumbnails.of(List.of(image), 2, 80, Colours.TRUE))
        .containsExactly(
            "\u001b[38;2;255;0;0;48;2;0;0;0m\u2580\u001b[38;2;0;0;0;48;2;255;255;255m\u2580\u001b[0m");
    assertThat(TerminalThumbnails.of(List.of(image), 2, 80, Colours.PALETTE))
        .containsExactly("\u001b[38;5;196;48;5;16m\u2580\u001b[38;5;16;48;5;231m\u2580\u001b[0m");
    assertThat(TerminalThumbnails.nearest(120, 121, 119)).isEqualTo(243); // grey 118
  }

  @Test
  void asManyImagesAsFitAreSpreadOverAll() {
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < 49; i++) {
      images.add(DrawnBacilli.draw(0, i, 32));
    }
    for (int columns : new int[] {16, 79, 200, 10_000}) {
      List<String> lines = TerminalThumbnails.of(images, 16, columns, Colours.TRUE);
      assertThat(lines).hasSize(8).allMatch(line -> Panel.visible(line) <= columns);
    }
    assertThat(TerminalThumbnails.of(images, 16, 15, Colours.TRUE)).isEmpty();
    assertThat(TerminalThumbnails.of(List.of(), 16, 80, Colours.TRUE)).isEmpty();
  }

  private static Terminal of(Map<String, String> environment) {
    return Terminal.of(true, "", environment, () -> Size.USUAL);
  }
}
