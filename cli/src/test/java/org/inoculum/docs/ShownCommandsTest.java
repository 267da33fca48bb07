package org.inoculum.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.inoculum.cli.CommandLines;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.ParameterException;

/** Every command that a document shows is one that the program takes; none is run here. */
class ShownCommandsTest {
  @Test
  void everyShownCommandParses() {
    List<String> wrong = new ArrayList<>();
    int commands = 0;
    for (MarkdownFile file : MarkdownFile.all()) {
      if (file.isDiary()) {
        continue;
      }
      for (List<String> command : file.commands()) {
        if (command.stream().anyMatch(word -> word.contains("$"))) {
          continue; // A script, whose variables stand for numbers.
        }
        commands++;
        try {
          CommandLines.create().parseArgs(command.toArray(String[]::new));
        } catch (ParameterException e) {
          wrong.add(file.name() + ": " + String.join(" ", command) + ": " + e.getMessage());
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(commands).isGreaterThan(20);
  }

  @Test
  void whatIsReadOfALineIsWhatAShellReads() {
    assertThat(ShellWords.split("prepare a --group-by '^(P[0-9]+)_' \"x y\" # c"))
        .containsExactly("prepare", "a", "--group-by", "^(P[0-9]+)_", "x y");
  }
}
