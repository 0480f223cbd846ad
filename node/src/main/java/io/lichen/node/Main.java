// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import io.lichen.node.demo.DemoCommand;
import io.lichen.node.nat.NatCommand;
import io.lichen.node.redex.RedexCommand;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The program {@code lichen}. Exit codes: 0 done, 1 refused at run time, 2 bad input. */
@Command(
    name = "lichen",
    description = "A mesh node that speaks the Moss and the Net wire, in Java.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Exit codes: 0 done, 1 refused at run time, 2 bad input."})
public final class Main implements Runnable {
  @Mixin private final LogSettings logs = new LogSettings();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it.
  private CommandSpec spec;

  private final Ahead ahead;

  /** In the order of the help. */
  private static final Map<String, Class<?>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("node", NodeCommand.class);
    COMMANDS.put("net", NetCommand.class);
    COMMANDS.put("demo", DemoCommand.class);
    COMMANDS.put("keygen", KeygenCommand.class);
    COMMANDS.put("redex", RedexCommand.class);
    COMMANDS.put("nat", NatCommand.class);
    COMMANDS.put("warm", WarmCommand.class);
    COMMANDS.put("completion", CompletionCommand.class);
  }

  private Main(Ahead ahead) {
    this.ahead = ahead;
  }

  /** Runs one command and ends the process. */
  public static void main(String[] args) {
    System.exit(execute(args, System.getenv()));
  }

  /** Runs one command in this process; options that its arguments lack may stand in variables. */
  static int execute(String[] args, Map<String, String> environment) {
    CommandLine line = commandLine(args);
    return line.execute(EnvironmentOptions.added(line, args, environment));
  }

  /**
   * The command line, without ending the process. It knows the command that comes first, if there
   * is such a one, and else all of them: to look into each takes longer than to start a node.
   */
  static CommandLine commandLine(String... args) {
    Main main = new Main(Ahead.begin(args));
    CommandLine line = new CommandLine(main);
    Class<?> first = args.length == 0 ? null : COMMANDS.get(args[0]);
    if (first == null) {
      COMMANDS.forEach(line::addSubcommand);
    } else {
      line.addSubcommand(args[0], first);
    }
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(main::execute)
        .setParameterExceptionHandler(Main::badArguments)
        .setExecutionExceptionHandler(Main::failed);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private int execute(ParseResult parsed) {
    ahead.awaitLogging();
    logs.apply();
    return new CommandLine.RunLast().execute(parsed);
  }

  private static int badArguments(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(command.getCommandSpec().qualifiedName() + ": " + e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
    err.println("See " + command.getCommandSpec().qualifiedName() + " --help");
    return CommandLine.ExitCode.USAGE;
  }

  private static int failed(Exception e, CommandLine command, ParseResult result) throws Exception {
    Refusal refusal = Refusal.of(e);
    if (refusal == null) {
      throw e;
    }
    command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + refusal.message());
    return refusal.exitCode();
  }
}
