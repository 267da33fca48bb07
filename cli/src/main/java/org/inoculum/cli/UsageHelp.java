package org.inoculum.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The text of {@code --help}: options in groups; the rare ones only with {@code --help-all}. */
final class UsageHelp {
  static final String ALL = "--help-all";

  private static final int WIDTH = 100;

  private static final String USUAL = "Options:";
  private static final String FILES = "Files:";
  private static final String MODEL = "Model and computation:";
  private static final String LIMITS = "Limits:";

  private static final List<String> GROUPS = List.of(USUAL, FILES, MODEL, LIMITS);

  private static final Set<String> OF_FILES =
      Set.of(
          "runs",
          "name",
          "config",
          "overwrite",
          "format",
          "resume",
          "shard",
          "bits",
          "skip-bad",
          "channel",
          "z",
          "time",
          "page",
          "window",
          "boxes-format",
          "group-column",
          "evaluation",
          "utility",
          "json",
          "dry-run",
          "preview-augment",
          "mlflow",
          "mlflow-experiment",
          "checkpoint-minutes");

  private static final Set<String> OF_MODEL =
      Set.of(
          "preset",
          "set",
          "batch",
          "snapshot",
          "truncation",
          "no-filter",
          "features",
          "features-range",
          "k",
          "repeats",
          "steps",
          "threads",
          "precision");

  /** What only --help-all shows, in every command. */
  private static final Set<String> RARE =
      Set.of(
          "channel",
          "z",
          "time",
          "page",
          "checkpoint-minutes",
          "mlflow-experiment",
          "precision",
          "preview",
          "lines",
          "features-range");

  /** What is rare in a command. */
  private static final Map<String, Set<String>> RARE_IN =
      Map.of(
          "train",
          Set.of(
              "kimg",
              "epochs",
              "iterations",
              "batch",
              "no-split",
              "window",
              "mlflow",
              "preview-augment",
              "json"),
          "resume",
          Set.of("kimg", "epochs", "iterations", "mlflow"),
          "grow",
          Set.of(
              "kimg",
              "no-split",
              "no-utility",
              "window",
              "boxes-format",
              "margin",
              "box-coordinates",
              "group-column",
              "tiles",
              "stride",
              "held-out-share",
              "near-duplicates",
              "json"));

  private UsageHelp() {}

  /** Gives a command and all below it this help. */
  static void installIn(CommandLine command) {
    command.setUsageHelpWidth(WIDTH);
    install(command);
    command.getSubcommands().values().forEach(UsageHelp::install);
  }

  private static void install(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    if (spec.options().stream().anyMatch(option -> isRare(spec, option))) {
      spec.addOption(
          OptionSpec.builder(ALL)
              .usageHelp(true)
              .description("Show all options and exit.")
              .build());
    }
    Map<String, CommandLine.IHelpSectionRenderer> sections =
        new LinkedHashMap<>(command.getHelpSectionMap());
    sections.put(UsageMessageSpec.SECTION_KEY_SYNOPSIS, UsageHelp::synopsis);
    sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, UsageHelp::options);
    sections.put(UsageMessageSpec.SECTION_KEY_FOOTER, help -> AsTyped.of(help.footer()));
    command.setHelpSectionMap(sections);
  }

  private static String synopsis(Help help) {
    CommandSpec spec = help.commandSpec();
    List<String> words = new ArrayList<>();
    if (!spec.subcommands().isEmpty()) {
      words.add("COMMAND (or --version, --help; COMMAND --help says more)");
    } else {
      words.add("[OPTIONS]");
      spec.options().stream()
          .filter(option -> option.required() && option.group() == null)
          .map(option -> option.longestName() + "=" + option.paramLabel())
          .forEach(words::add);
      for (PositionalParamSpec argument : spec.positionalParameters()) {
        String label = argument.paramLabel() + (argument.arity().isVariable() ? "..." : "");
        words.add(argument.required() ? label : "[" + label + "]");
      }
    }
    return spec.qualifiedName() + " " + String.join(" ", words) + System.lineSeparator();
  }

  private static String options(Help help) {
    CommandSpec spec = help.commandSpec();
    if (!spec.subcommands().isEmpty()) {
      return ""; // the usage line has them, and the list of commands fits one screen
    }
    boolean all = asksForAll(spec);
    Map<String, List<OptionSpec>> groups =
        spec.options().stream()
            .filter(option -> !option.hidden() && (all || !isRare(spec, option)))
            .sorted(Comparator.comparing(UsageHelp::isHelp)) // stable: the others as declared
            .collect(Collectors.groupingBy(UsageHelp::group));
    boolean many = groups.size() > 1;
    StringBuilder text = new StringBuilder();
    for (String group : GROUPS) {
      List<OptionSpec> options = groups.get(group);
      if (options != null) {
        Help.Layout layout = help.createDefaultLayout();
        options.forEach(option -> layout.addOption(option, help.parameterLabelRenderer()));
        text.append(many ? group + System.lineSeparator() : "").append(layout);
      }
    }
    return text.toString();
  }

  private static boolean asksForAll(CommandSpec spec) {
    CommandLine.ParseResult parsed = spec.commandLine().getParseResult();
    return parsed != null && parsed.hasMatchedOption(ALL);
  }

  private static boolean isHelp(OptionSpec option) {
    return option.usageHelp() || option.versionHelp();
  }

  static boolean isRare(CommandSpec spec, OptionSpec option) {
    String name = name(option);
    return name.startsWith("max-")
        || RARE.contains(name)
        || RARE_IN.getOrDefault(spec.name(), Set.of()).contains(name);
  }

  private static String group(OptionSpec option) {
    String name = name(option);
    if (name.startsWith("max-")) {
      return LIMITS;
    }
    return OF_FILES.contains(name) ? FILES : OF_MODEL.contains(name) ? MODEL : USUAL;
  }

  private static String name(OptionSpec option) {
    return Arrays.stream(option.names())
        .max(Comparator.comparingInt(String::length))
        .orElseThrow()
        .replaceFirst("^-+", "")
        .toLowerCase(Locale.ROOT);
  }
}
