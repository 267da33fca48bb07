package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The texts of --help and --help-all, and hints with the name that the user typed. */
class UsageHelpTest {
  @Test
  void theListOfCommandsFitsAScreenAndIsInTheOrderOfWork() {
    List<String> lines = help("--help");
    assertThat(lines).hasSizeLessThanOrEqualTo(24);
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    int begin = lines.indexOf("Commands:") + 1;
    assertThat(lines.subList(begin, begin + 18))
        .extracting(line -> line.strip().replaceFirst(" .*", ""))
        .containsExactly(
            "demo",
            "grow",
            "inspect",
            "prepare",
            "train",
            "resume",
            "generate",
            "compose",
            "merge",
            "evaluate",
            "utility",
            "detect",
            "report",
            "dashboard",
            "export",
            "metrics",
            "verify",
            "doctor");
  }

  @Test
  void trainShowsAtMostTwelveOptionsAndAllOnRequest() {
    assertThat(options(help("train", "--help")))
        .hasSizeLessThanOrEqualTo(12)
        .contains("--minutes", "--held-out", "--preset", "--set")
        .doesNotContain("--max-pixels", "--z");
    assertThat(options(help("train", "--help-all")))
        .contains("--max-pixels", "--max-decompression-ratio", "--z", "--kimg");
    assertThat(help("train", "--help")).contains("Files:", "Model and computation:");
    assertThat(help("train", "--help-all")).contains("Limits:");
  }

  @Test
  void everyOptionOfEveryCommandIsShownOnRequest() {
    CommandLine all = commandLine();
    for (CommandLine command : all.getSubcommands().values()) {
      String name = command.getCommandName();
      boolean some =
          command.getCommandSpec().options().stream()
              .anyMatch(option -> UsageHelp.isRare(command.getCommandSpec(), option));
      String text = String.join("\n", help(name, some ? "--help-all" : "--help"));
      for (OptionSpec option : command.getCommandSpec().options()) {
        assertThat(text).as(name).contains(option.longestName().replace("--lines", "--[no-]lines"));
      }
      assertThat(text.lines())
          .as(name)
          .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(130));
    }
  }

  @Test
  void defaultsAreAsOneTypesThem() {
    for (String name : commandLine().getSubcommands().keySet()) {
      assertThat(String.join("\n", help(name, "--help")))
          .as(name)
          .doesNotContainPattern("Default: \\d+\\.0\\b")
          .doesNotContainPattern("Default: [A-Z]{2,}\\.");
    }
    assertThat(AsTyped.number(3.0)).isEqualTo("3");
    assertThat(AsTyped.number(3.5e-4)).isEqualTo("3.5e-4");
    assertThat(AsTyped.number(1e-8)).isEqualTo("1e-8");
    assertThat(AsTyped.number(128)).isEqualTo("128");
  }

  @Test
  void hintsHaveTheNameThatWasTyped() {
    System.setProperty("inoculum.command", "./inoculum");
    try {
      assertThat(AsTyped.of("next: inoculum generate runs/00000-a-modern"))
          .isEqualTo("next: ./inoculum generate runs/00000-a-modern");
      assertThat(AsTyped.of("made by inoculum 0.1.0 in /opt/inoculum train"))
          .isEqualTo("made by inoculum 0.1.0 in /opt/inoculum train");
      assertThat(help("--help").get(1)).startsWith("Usage: ./inoculum COMMAND (");
      assertThat(help("train", "--help")).contains("Usage: ./inoculum train [OPTIONS] DATA");
      assertThat(String.join("\n", help("train", "--help"))).contains("Example: ./inoculum train");
    } finally {
      System.clearProperty("inoculum.command");
    }
    assertThat(help("train", "--help")).contains("Usage: inoculum train [OPTIONS] DATA");
  }

  private static List<String> options(List<String> lines) {
    return lines.stream()
        .filter(line -> line.matches(" +(-\\w, )?--.*"))
        .map(line -> line.strip().replaceFirst("^-\\w, ", "").replaceFirst("[ =].*", ""))
        .filter(name -> !name.startsWith("--help") && !name.equals("--version"))
        .toList();
  }

  private static CommandLine commandLine() {
    return Main.commandLine(
        new Console(System.out, System.err, Terminal.PLAIN), StopRequest.never());
  }

  private static List<String> help(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    int exitCode =
        Main.run(arguments, new Console(print, print, Terminal.PLAIN), StopRequest.never());
    assertThat(exitCode).isZero();
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
