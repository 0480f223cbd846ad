// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import io.lichen.node.demo.DemoCommand;
import io.lichen.node.nat.NatCommand;
import io.lichen.node.redex.RedexCommand;
import java.io.PrintWriter;
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
    subcommands = {
      NodeCommand.class,
      NetCommand.class,
      DemoCommand.class,
      KeygenCommand.class,
      RedexCommand.class,
      NatCommand.class
    },
    footer = {"", "Exit codes: 0 done, 1 refused at run time, 2 bad input."})
public final class Main implements Runnable {
  @Mixin private final LogSettings logs = new LogSettings();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it.
  private CommandSpec spec;

  /** Runs one command and ends the process. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command line, without ending the process. */
  static CommandLine commandLine() {
    Main main = new Main();
    return new CommandLine(main)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(main::execute)
        .setParameterExceptionHandler(Main::badArguments)
        .setExecutionExceptionHandler(Main::failed);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private int execute(ParseResult parsed) {
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
