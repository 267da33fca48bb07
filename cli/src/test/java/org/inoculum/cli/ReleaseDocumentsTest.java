package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completion and manual pages, and what bash, zsh and groff say of them. */
class ReleaseDocumentsTest {
  @TempDir private Path folder;
  private CommandLine command;

  @BeforeEach
  void write() {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    command = Main.commandLine(new Console(nowhere, nowhere, Terminal.PLAIN), StopRequest.never());
    ReleaseDocuments.write(command, folder.resolve("documents"));
  }

  @Test
  void eachCommandHasAPageWithEachOfItsOptions() throws IOException {
    String overview = page("inoculum");
    assertThat(command.getSubcommands()).hasSizeGreaterThan(10);
    for (Map.Entry<String, CommandLine> below : command.getSubcommands().entrySet()) {
      CommandSpec spec = below.getValue().getCommandSpec();
      assertThat(overview).contains("\\fBinoculum\\-" + below.getKey() + "\\fR(1)");
      String page = page("inoculum-" + below.getKey());
      for (OptionSpec option : spec.options()) {
        String name = option.longestName().substring(2);
        String shown = (option.negatable() ? "[no-]" : "") + name;
        assertThat(page).as(below.getKey()).contains("\\-\\-" + shown.replace("-", "\\-"), ".TP");
      }
      assertThat(page).contains(".SH SYNOPSIS", ".SH NOTES", "Example: inoculum");
      assertThat(page).doesNotContain("%%", "${");
    }
    assertThat(page("inoculum-train")).contains("\\-\\-[no\\-]lines", "\\-\\-minutes\\fR=\\fIM");
  }

  @Test
  void groffHasNothingToSayOfThePages() throws IOException {
    Shell.assumeThere("groff");
    for (Path page : pages()) {
      // A page of an unnamed date is one that does not change from build to build.
      assertThat(
              Shell.run(Map.of(), "groff", "-man", "-K", "utf8", "-T", "utf8", "-z", "-ww", page))
          .as(page.toString())
          .isEmpty();
    }
    assertThat(Shell.run(Map.of(), "groff", "-man", "-T", "utf8", "-P-c", page0("inoculum-train")))
        .contains("--checkpoint-minutes", "--preset=PRESET", "Ctrl-C saves and stops");
  }

  @Test
  void mandocHasNothingToSayEither() throws IOException {
    Shell.assumeThere("mandoc");
    for (Path page : pages()) {
      // Nothing but that there is no date, with which no two builds would be the same.
      String said =
          Shell.run(
              Map.of(),
              "sh",
              "-c",
              "mandoc -T lint -W warning \"$0\" | grep -v 'missing date' || true",
              page);
      assertThat(said).isEmpty();
    }
  }

  @Test
  void bashCompletesCommandsOptionsAndWords() {
    Shell.assumeThere("bash");
    Shell.run(Map.of(), "bash", "-n", script());
    List<String> commands = complete("inoculum", "");
    assertThat(commands).containsAll(command.getSubcommands().keySet());
    assertThat(complete("inoculum", "gen")).containsExactly("generate");
    for (Map.Entry<String, CommandLine> below : command.getSubcommands().entrySet()) {
      List<String> options = complete("inoculum", below.getKey(), "--");
      for (OptionSpec option : below.getValue().getCommandSpec().options()) {
        assertThat(options).as(below.getKey()).contains(option.longestName());
      }
    }
    assertThat(complete("inoculum", "train", "--check")).containsExactly("--checkpoint-minutes");
    assertThat(complete("inoculum", "train", "--preview", ""))
        .containsExactlyInAnyOrder("auto", "on", "off");
    assertThat(complete("inoculum", "train", "--preset", ""))
        .containsExactlyInAnyOrder("modern", "tiny", "classic");
    assertThat(complete("inoculum", "train", folder + "/doc")).contains(folder + "/documents");
  }

  @Test
  void zshTakesTheSameFile() {
    Shell.assumeThere("zsh");
    String answer =
        Shell.run(
            Map.of(),
            "zsh",
            "-f",
            "-c",
            "autoload -U compinit; compinit -u; source "
                + script()
                + "; whence -w _complete_inoculum");
    assertThat(answer).contains("_complete_inoculum: function");
  }

  private List<String> complete(String... words) {
    List<String> call = new ArrayList<>(List.of("bash", "--norc", "-c"));
    call.add(
        "source \"$0\"; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); COMP_LINE=\"$*\";"
            + " COMP_POINT=${#COMP_LINE}; compopt() { :; }; _complete_inoculum; printf '%s\\n' \"${COMPREPLY[@]}\"");
    call.add(script().toString());
    call.addAll(List.of(words));
    return Shell.run(Map.of(), call.toArray()).lines().map(String::strip).toList();
  }

  private Path script() {
    return folder.resolve("documents/completion/inoculum.bash");
  }

  private Path page0(String name) {
    return folder.resolve("documents/man/man1").resolve(name + ".1");
  }

  private String page(String name) throws IOException {
    return Files.readString(page0(name));
  }

  private List<Path> pages() throws IOException {
    try (var files = Files.list(folder.resolve("documents/man/man1"))) {
      return files.sorted().toList();
    }
  }
}
