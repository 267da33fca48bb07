package org.inoculum.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.inoculum.Inoculum;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The manual page of a command in roff with the macros of man(7), from the same words as its {@code
 * --help}.
 */
final class ManualPage {
  private final CommandSpec spec;
  private final StringBuilder text = new StringBuilder();
  private boolean afterTitle;

  private ManualPage(CommandSpec spec) {
    this.spec = spec;
  }

  /** The pages of a command and of all below it, by their file names such as inoculum-train.1. */
  static Map<String, String> all(CommandLine command) {
    Map<String, String> pages = new TreeMap<>();
    ManualPage page = new ManualPage(command.getCommandSpec());
    pages.put(page.name() + ".1", page.write());
    command.getSubcommands().values().forEach(below -> pages.putAll(all(below)));
    return pages;
  }

  private String name() {
    return spec.qualifiedName("-");
  }

  private String write() {
    CommandSpec top = spec.root();
    text.append(
        String.format(
            ".TH %s 1 \"\" \"%s\" \"%s\"\n.nh\n.ad l\n",
            escaped(name().toUpperCase(Locale.ROOT)),
            escaped(Inoculum.program()),
            escaped(top.name())));
    section("NAME");
    List<String> about = about();
    paragraph(name() + " - " + about.get(0));
    section("SYNOPSIS");
    paragraph(new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF)).synopsis(0));
    section("DESCRIPTION");
    about.forEach(this::paragraph);
    arguments();
    if (!spec.subcommands().isEmpty()) {
      section("COMMANDS");
      spec.subcommands()
          .forEach(
              (label, below) ->
                  entry(
                      bold(spec.qualifiedName("-") + "-" + label) + "(1)",
                      words(below.getCommandSpec().usageMessage().description())));
    }
    notes();
    section("SEE ALSO");
    if (spec == top) {
      paragraph("inoculum COMMAND --help, and the folder docs of the sources");
    } else {
      text.append(bold(top.name())).append("(1)\n");
    }
    return text.toString();
  }

  private List<String> about() {
    List<String> lines = new ArrayList<>();
    for (String[] some : List.of(spec.usageMessage().header(), spec.usageMessage().description())) {
      if (some.length > 0) {
        lines.add(words(some));
      }
    }
    return lines;
  }

  /** In these lines a percent sign is written twice. */
  private static String words(String... lines) {
    return String.format(Locale.ROOT, String.join(" ", lines));
  }

  private void arguments() {
    if (!spec.positionalParameters().isEmpty()) {
      section("ARGUMENTS");
      for (PositionalParamSpec argument : spec.positionalParameters()) {
        entry(italic(argument.paramLabel()), description(argument));
      }
    }
    section("OPTIONS");
    for (OptionSpec option : spec.options()) {
      StringBuilder names = new StringBuilder();
      for (String name : option.names()) {
        names.append(names.length() == 0 ? "" : ", ").append(bold(negatable(option, name)));
      }
      if (option.arity().max() > 0) {
        names.append('=').append(italic(option.paramLabel()));
      }
      entry(names.toString(), description(option));
    }
  }

  /** {@code --[no-]lines}, as the help text has it. */
  private String negatable(OptionSpec option, String name) {
    return option.negatable() ? spec.negatableOptionTransformer().makeSynopsis(name, spec) : name;
  }

  private static String description(ArgSpec argument) {
    return String.join(" ", argument.description());
  }

  private void notes() {
    String[] footer = spec.usageMessage().footer();
    if (footer.length == 0) {
      return;
    }
    section("NOTES");
    text.append(".nf\n");
    for (String line : footer) {
      if (!line.isEmpty()) {
        text.append(escaped(words(line))).append('\n');
      }
    }
    text.append(".fi\n");
  }

  private void section(String title) {
    afterTitle = true;
    text.append(".SH ").append(title).append('\n');
  }

  private void paragraph(String words) {
    text.append(afterTitle ? "" : ".PP\n")
        .append(escaped(words.strip().replaceAll("\\s+", " ")))
        .append('\n');
    afterTitle = false;
  }

  private void entry(String head, String words) {
    text.append(".TP\n").append(head).append('\n').append(escaped(words)).append('\n');
  }

  private static String bold(String words) {
    return "\\fB" + escaped(words) + "\\fR";
  }

  private static String italic(String words) {
    return "\\fI" + escaped(words) + "\\fR";
  }

  /** Without what roff takes for its own; hyphens stay the character that one types. */
  private static String escaped(String words) {
    StringBuilder safe = new StringBuilder();
    words
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\\' -> safe.append("\\e");
                case '-' -> safe.append("\\-");
                case '\'' -> safe.append("\\(aq");
                case '^' -> safe.append("\\(ha");
                case '~' -> safe.append("\\(ti");
                case '`' -> safe.append("\\(ga");
                default -> {
                  if (c < 128) {
                    safe.append((char) c);
                  } else {
                    safe.append(String.format(Locale.ROOT, "\\[u%04X]", c));
                  }
                }
              }
            });
    return safe.length() > 0 && safe.charAt(0) == '.' ? "\\&" + safe : safe.toString();
  }
}
