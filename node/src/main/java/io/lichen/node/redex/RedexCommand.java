// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.redex;

import io.lichen.node.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks at logs and appends to them, without a node. */
@Command(
    name = "redex",
    description = "Looks at a log on disk, or appends to it.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      InfoCommand.class,
      CatCommand.class,
      AppendCommand.class,
      VerifyCommand.class,
      CompactCommand.class
    })
public final class RedexCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it.
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
