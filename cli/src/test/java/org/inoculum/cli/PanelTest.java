package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left on the screen, by {@link Screen}. */
class PanelTest {
  private final Panel panel = new Panel();
  private final Screen screen = new Screen(20);

  @Test
  void linesScrollPastAboveItAndNothingIsLeftBehind() {
    draw(List.of(), "long line of panel", "second");
    draw(List.of("said first"), "short", "second", "third");
    draw(List.of("this one is longer than the screen is wide", "x"), "short", "2nd");
    assertThat(screen.rows())
        .containsExactly(
            "said first",
            "this one is longer t",
            "han the screen is wi",
            "de",
            "x",
            "short",
            "2nd");
  }

  @Test
  void whatHasNotChangedIsNotSentAgain() {
    draw(List.of(), "image image", "1 %");
    String sent = panel.replace(List.of(), List.of("image image", "2 %"), 20);
    assertThat(sent).doesNotContain("image").contains("2 %");
    screen.show(sent);
    draw(List.of(), "image image", "2 %");
    assertThat(screen.rows()).containsExactly("image image", "2 %");
  }

  @Test
  void aLineThatFillsTheScreenButOneIsWhole() {
    draw(List.of(), "1234567890123456789", "b");
    draw(List.of(), "1234567890123456780", "c");
    assertThat(screen.rows()).containsExactly("1234567890123456780", "c");
  }

  @Test
  void aTerminalThatBecameNarrowerHasWrappedThePanel() {
    draw(List.of(), "1234567890123456789", "12345");
    Screen narrow = new Screen(8);
    narrow.show("before\n1234567890123456789\n12345"); // as the terminal shows it then
    narrow.show(panel.replace(List.of("said"), List.of("a", "b"), 8));
    assertThat(narrow.rows()).containsExactly("before", "said", "a", "b");
  }

  @Test
  void itIsRemovedOrLeft() {
    draw(List.of(), "a", "b");
    draw(List.of("line"));
    screen.show(panel.leave() + "next");
    assertThat(screen.rows()).containsExactly("line", "next");
    draw(List.of(), "c");
    assertThat(panel.leave()).isEqualTo("\n");
    assertThat(panel.leave()).isEmpty();
  }

  private void draw(List<String> above, String... lines) {
    screen.show(panel.replace(above, List.of(lines), 20));
  }
}
