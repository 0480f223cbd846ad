// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.redex;

import io.lichen.node.Version;
import io.lichen.redex.Redex;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexFile;
import io.lichen.redex.RedexRecord;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the records of a log, which somebody else may be writing. */
@Command(
    name = "cat",
    description = "Prints records: payloads a line each, or JSON.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class CatCommand implements Callable<Integer> {
  private static final long PAUSE_MS = 200;
  private static final int AT_A_TIME = 1024;

  @Mixin private LogOptions log = new LogOptions();

  @Option(
      names = "--from",
      paramLabel = "SEQ",
      defaultValue = "0",
      converter = SeqConverter.class,
      description = "The first record. Default: ${DEFAULT-VALUE}")
  private long from;

  @Option(
      names = "--to",
      paramLabel = "SEQ",
      defaultValue = "18446744073709551615",
      converter = SeqConverter.class,
      description = "The record after the last one. Default: the end")
  private long to;

  @Option(names = "--follow", description = "Goes on with what is appended from now on.")
  private boolean follow;

  @Option(
      names = "--topic",
      description = "Shows the messages of a durable channel; other records are left out.")
  private boolean topic;

  @Override
  public Integer call() throws InterruptedException {
    RecordPrinter printer = new RecordPrinter(System.out, log.json(), topic);
    long next = printFrom(from, printer);
    while (follow && !printer.isBroken() && Long.compareUnsigned(next, to) < 0) {
      Thread.sleep(PAUSE_MS);
      next = printFrom(next, printer);
    }
    return 0;
  }

  /** Prints what is there; the number after that. */
  private long printFrom(long first, RecordPrinter printer) {
    long next = first;
    try (Redex redex = log.readOnly()) {
      RedexFile file = redex.open(log.name(), RedexConfig.onDisk());
      long end = file.nextSeq();
      while (Long.compareUnsigned(next, min(end, to)) < 0) {
        long upTo = min(next + AT_A_TIME, min(end, to));
        List<RedexRecord> records = file.readRange(next, upTo);
        records.forEach(printer::print);
        next = records.isEmpty() ? skipGap(file, upTo, end) : upTo;
      }
    }
    return next;
  }

  /** Numbers may be missing in a log, many of them. */
  private static long skipGap(RedexFile file, long from, long end) {
    long[] next = {end};
    file.visit(
        from,
        end,
        (seq, payload) -> {
          next[0] = seq;
          return false;
        });
    return next[0];
  }

  private static long min(long a, long b) {
    return Long.compareUnsigned(a, b) <= 0 ? a : b;
  }
}
