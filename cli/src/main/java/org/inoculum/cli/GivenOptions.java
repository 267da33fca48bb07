package org.inoculum.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that a command was given, to hand them to another one as they were typed. */
record GivenOptions(CommandSpec spec) {
  /** Whether an option was given. */
  boolean has(String name) {
    return spec.commandLine().getParseResult().hasMatchedOption(name);
  }

  /** The first value of an option that was given, as typed. */
  String value(String name) {
    return spec.commandLine().getParseResult().matchedOption(name).originalStringValues().get(0);
  }

  /** Those that are wanted, as {@code --name=value}. */
  List<String> typed(Predicate<String> wanted) {
    List<String> arguments = new ArrayList<>();
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptionsSet()) {
      String name = option.longestName();
      if (wanted.test(name)) {
        for (String value : option.originalStringValues()) {
          arguments.add(option.arity().max() == 0 ? name : name + "=" + value);
        }
      }
    }
    return arguments;
  }

  /** The names of the options that another command has, but for some. */
  Set<String> namesOf(String command, Set<String> but) {
    CommandLine known = spec.parent().subcommands().get(command);
    return Objects.requireNonNull(known, command).getCommandSpec().options().stream()
        .map(OptionSpec::longestName)
        .filter(name -> !but.contains(name))
        .collect(Collectors.toSet());
  }
}
