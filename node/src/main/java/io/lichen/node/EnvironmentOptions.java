// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options of {@code node} and {@code net} that stand in environment variables: {@code --key-store}
 * as {@code LICHEN_KEY_STORE}. They become arguments, so that they are read, and refused, as
 * arguments are; what stands on the command line goes before.
 */
final class EnvironmentOptions {
  private static final String PREFIX = "LICHEN_";
  private static final Set<String> COMMANDS = Set.of("node", "net");

  private EnvironmentOptions() {}

  /** The arguments, and behind them what the environment adds to them. */
  static String[] added(CommandLine line, String[] args, Map<String, String> environment) {
    CommandLine command = args.length == 0 ? null : line.getSubcommands().get(args[0]);
    if (command == null || !COMMANDS.contains(command.getCommandName())) {
      return args;
    }
    List<String> all = new ArrayList<>(List.of(args));
    for (OptionSpec option : command.getCommandSpec().options()) {
      String value = environment.getOrDefault(variableOf(option), "");
      if (!value.isBlank() && !isHelp(option) && !isGiven(option, args)) {
        argumentsOf(option, value).forEach(all::add);
      }
    }
    return all.toArray(String[]::new);
  }

  /** The name of the variable that an option may stand in. */
  static String variableOf(OptionSpec option) {
    String name = option.longestName();
    return PREFIX + name.substring("--".length()).toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static boolean isHelp(OptionSpec option) {
    return option.usageHelp() || option.versionHelp();
  }

  /** Whether it, or one that excludes it, stands among the arguments. */
  private static boolean isGiven(OptionSpec option, String[] args) {
    ArgGroupSpec group = option.group();
    List<OptionSpec> rivals =
        group != null && group.exclusive() ? group.options() : List.of(option);
    return rivals.stream()
        .map(OptionSpec::longestName)
        .anyMatch(
            name -> Stream.of(args).anyMatch(a -> a.equals(name) || a.startsWith(name + "=")));
  }

  private static Stream<String> argumentsOf(OptionSpec option, String value) {
    String name = option.longestName();
    if (option.arity().max() == 0) {
      return switch (value.strip().toLowerCase(Locale.ROOT)) {
        case "true", "1", "yes", "on" -> Stream.of(name);
        case "false", "0", "no", "off" -> Stream.empty();
        // picocli refuses it, with the option's name and the value.
        default -> Stream.of(name + "=" + value);
      };
    }
    return option.isMultiValue()
        ? Stream.of(value.strip().split("\\s+", -1)).map(each -> name + "=" + each)
        : Stream.of(name + "=" + value);
  }
}
