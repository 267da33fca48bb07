package org.inoculum.docs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes docs/reference/commands.md from the command line's own descriptions. */
final class CommandsReference {
  private final StringBuilder text = new StringBuilder();

  private CommandsReference() {}

  static String write(CommandLine inoculum) {
    CommandsReference reference = new CommandsReference();
    reference.overview(inoculum);
    inoculum.getSubcommands().values().forEach(command -> reference.command(command));
    return reference.text.toString();
  }

  private void overview(CommandLine inoculum) {
    line("# Commands");
    line("");
    line(
        "This page is written by `CommandsReferenceTest` from the commands themselves; change those.");
    line(
        "Every command also takes `--help`, `--help-all` and `--version`. `--help` leaves out the rare options.");
    line("");
    line("| command | purpose |");
    line("|---|---|");
    inoculum
        .getSubcommands()
        .forEach(
            (name, command) ->
                line("| [`" + name + "`](#" + name + ") | " + cell(firstSentence(command)) + " |"));
  }

  private void command(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    line("");
    line("## " + spec.name());
    line("");
    line(prose(spec.usageMessage().description()));
    line("");
    StringBuilder synopsis = new StringBuilder("    inoculum " + spec.name() + " [OPTIONS]");
    spec.options().stream()
        .filter(option -> option.required() && option.group() == null)
        .forEach(option -> synopsis.append(' ').append(name(option)));
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      boolean many = parameter.arity().max() > 1 || parameter.index().max() > 1000;
      synopsis.append(' ').append(parameter.paramLabel()).append(many ? "..." : "");
    }
    line(synopsis.toString());
    List<String> rows = new ArrayList<>();
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      rows.add(row(parameter.paramLabel(), parameter.description()));
    }
    spec.options().stream()
        .filter(option -> !option.usageHelp() && !option.versionHelp())
        .filter(option -> !option.longestName().equals("--help-all"))
        .sorted(Comparator.comparing(OptionSpec::longestName))
        .forEach(option -> rows.add(row(name(option), option.description())));
    if (!rows.isEmpty()) {
      line("");
      line("| option | meaning |");
      line("|---|---|");
      rows.forEach(this::line);
    }
  }

  private static String name(OptionSpec option) {
    String name = option.longestName();
    if (option.negatable()) {
      name = "--[no-]" + name.substring(2);
    }
    return option.arity().max() == 0 ? name : name + " " + option.paramLabel();
  }

  private static String row(String name, String... description) {
    return "| `" + name.replace("|", "\\|") + "` | " + cell(prose(description)) + " |";
  }

  private static String firstSentence(CommandLine command) {
    String prose = prose(command.getCommandSpec().usageMessage().description());
    int end = prose.indexOf(". ");
    return end < 0 ? prose : prose.substring(0, end + 1);
  }

  private static String prose(String... lines) {
    return String.join(" ", lines)
        .replace("%n", " ")
        .replace("%%", "%")
        .replaceAll("\\s+", " ")
        .strip()
        .replace("<", "&lt;");
  }

  private static String cell(String prose) {
    return prose.replace("|", "\\|");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
