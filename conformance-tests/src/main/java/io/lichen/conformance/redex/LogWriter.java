// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.redex;

import io.lichen.redex.Durability;
import io.lichen.redex.Redex;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexFile;
import io.lichen.redex.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A process that appends to logs of Lichen until it is killed. After each append it says {@code
 * {"type":"next","log":i,"next":n}}: which log, and the number that comes next.
 */
public final class LogWriter {
  /** Records that a sweep leaves. */
  static final int KEPT = 500;

  private static final int SWEEP_EVERY = 997;
  private static final int LONGEST = 300;
  private static final int SPREAD = 7919;
  private static final int STEP = 31;
  private static final List<Durability> POLICIES =
      List.of(
          new Durability.Never(),
          new Durability.EveryN(10),
          new Durability.Interval(Duration.ofMillis(5)),
          new Durability.IntervalOrBytes(Duration.ofMillis(50), 10_000));

  private final int number;
  private final RedexFile log;

  private LogWriter(int number, RedexFile log) {
    this.number = number;
    this.log = log;
  }

  /** Takes the directory and the names of the logs, each of which gets a thread and a policy. */
  public static void main(String[] args) {
    Redex redex = Redex.open(Path.of(args[0]));
    System.out.println("{\"type\":\"ready\"}");
    for (int i = 0; i < args.length - 1; i++) {
      RedexConfig config =
          RedexConfig.onDisk()
              .withDurability(POLICIES.get(i % POLICIES.size()))
              .withRetention(Retention.ALL.withMaxRecords(KEPT));
      LogWriter writer = new LogWriter(i, redex.open(args[i + 1], config));
      Thread.ofPlatform().start(writer::write);
    }
  }

  private void write() {
    while (true) {
      long next = log.append(payload(log.nextSeq())) + 1;
      // A line is written at once: the pipe has all of it or nothing.
      System.out.print("{\"type\":\"next\",\"log\":" + number + ",\"next\":" + next + "}\n");
      System.out.flush();
      if (next % SWEEP_EVERY == 0) {
        log.sweepRetention();
      }
    }
  }

  /** What the record with this number holds, whoever wrote it. */
  static byte[] payload(long seq) {
    byte[] payload = new byte[(int) (seq * SPREAD % LONGEST)];
    for (int i = 0; i < payload.length; i++) {
      payload[i] = (byte) ((seq + i) * STEP);
    }
    return payload;
  }
}
