// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.redex;

import io.lichen.node.Version;
import io.lichen.redex.Redex;
import io.lichen.redex.RedexReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** Reads all of a log and says what is damaged. */
@Command(
    name = "verify",
    description = {
      "Reads everything, prints what is damaged and what opening the log would keep.",
      "Changes nothing. Exit code 1 if something would be lost."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class VerifyCommand implements Callable<Integer> {
  @Mixin private LogOptions log = new LogOptions();

  @Override
  public Integer call() {
    try (Redex redex = log.readOnly()) {
      RedexReport report = redex.inspect(log.name());
      ReportPrinter.printDamage(System.out, report, log.json());
      return report.isSound() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }
}
