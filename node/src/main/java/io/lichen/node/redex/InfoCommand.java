// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.redex;

import io.lichen.node.Version;
import io.lichen.redex.Redex;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what a log holds. */
@Command(
    name = "info",
    description = "Says how many records a log has, and which.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class InfoCommand implements Callable<Integer> {
  @Mixin private LogOptions log = new LogOptions();

  @Override
  public Integer call() {
    try (Redex redex = log.readOnly()) {
      ReportPrinter.printInfo(System.out, redex.inspect(log.name()), log.json());
    }
    return 0;
  }
}
