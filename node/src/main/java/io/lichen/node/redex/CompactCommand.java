// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.redex;

import io.lichen.node.Version;
import io.lichen.redex.Redex;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexFile;
import io.lichen.redex.RedexReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a log anew, without what is damaged or no longer wanted. */
@Command(
    name = "compact",
    description = "Writes a log anew, without damaged records and those before --from.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class CompactCommand implements Callable<Integer> {
  @Mixin private LogOptions log = new LogOptions();

  @Option(
      names = "--from",
      paramLabel = "SEQ",
      defaultValue = "0",
      converter = SeqConverter.class,
      description = "The first record that stays. Default: ${DEFAULT-VALUE}")
  private long from;

  @Override
  public Integer call() {
    log.readOnly().close();
    try (Redex redex = Redex.open(log.directory())) {
      RedexFile file = redex.open(log.name(), RedexConfig.onDisk());
      file.compact(from);
      file.close();
      RedexReport report = redex.inspect(log.name());
      ReportPrinter.printInfo(System.out, report, log.json());
    }
    return 0;
  }
}
