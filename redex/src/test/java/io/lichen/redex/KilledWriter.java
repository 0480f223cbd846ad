// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex;

import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Appends until it is killed, and says after each append which number comes next. */
final class KilledWriter {
  static final String LOG = "killed/writer";
  static final List<String> POLICIES = List.of("never", "every", "interval", "bytes", "batch");

  private KilledWriter() {}

  static Process start(Path directory, String policy) throws IOException {
    String java = ProcessHandle.current().info().command().orElseThrow();
    return new ProcessBuilder(
            java,
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            KilledWriter.class.getName(),
            directory.toString(),
            policy)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** What the record with this number holds. */
  static byte[] payload(long seq) {
    Random random = new Random(seq);
    byte[] payload = new byte[random.nextInt(300)];
    random.nextBytes(payload);
    return payload;
  }

  private static Durability durability(String policy) {
    return switch (policy) {
      case "every" -> new Durability.EveryN(10);
      case "interval" -> new Durability.Interval(Duration.ofMillis(5));
      case "bytes" -> new Durability.IntervalOrBytes(Duration.ofMillis(50), 10_000);
      case "batch" -> new Durability.BatchSync();
      default -> new Durability.Never();
    };
  }

  /** Appends one by one and in batches, and sweeps now and then. */
  public static void main(String[] args) throws IOException {
    DataOutputStream out = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
    RedexConfig config =
        RedexConfig.onDisk()
            .withDurability(durability(args[1]))
            .withRetention(Retention.ALL.withMaxRecords(2000));
    try (Redex redex = Redex.open(Path.of(args[0]))) {
      RedexFile log = redex.open(LOG, config);
      out.writeLong(log.nextSeq());
      while (true) {
        long next = log.nextSeq();
        if (next % 7 == 0) {
          List<byte[]> batch = new ArrayList<>();
          for (int i = 0; i < 5; i++) {
            batch.add(payload(next + i));
          }
          next = log.appendBatch(batch).orElseThrow() + batch.size();
        } else {
          next = log.append(payload(next)) + 1;
        }
        out.writeLong(next);
        if (next % 997 == 0) {
          log.sweepRetention();
        }
      }
    }
  }
}
