// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A process that appends to many logs at once until it is killed, one thread each, and says after
 * each append to which one and which number comes next.
 */
final class KilledWriter {
  static final List<String> POLICIES = List.of("never", "every", "interval", "bytes", "batch");

  /** Logs under each policy. */
  static final int LOGS_EACH = 10;

  static final int LOGS = POLICIES.size() * LOGS_EACH;

  /** Octets of what it says: a log, a number. One write each: the pipe has all of it or nothing. */
  static final int WORD_BYTES = Integer.BYTES + Long.BYTES;

  private static final int RETAINED = 600;
  private static final int SWEEP_EVERY = 397;

  /** Every so many logs one has payloads that make its files grow ahead of what is written. */
  private static final int LARGE_EVERY = 3;

  private final OutputStream out;
  private final int number;
  private final RedexFile log;

  private KilledWriter(OutputStream out, int number, RedexFile log) {
    this.out = out;
    this.number = number;
    this.log = log;
  }

  static Process start(Path directory) throws IOException {
    String java = ProcessHandle.current().info().command().orElseThrow();
    return new ProcessBuilder(
            java,
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            KilledWriter.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  static String name(int number) {
    return "killed/" + policy(number) + number;
  }

  static String policy(int number) {
    return POLICIES.get(number % POLICIES.size());
  }

  /** What the record with this number holds. */
  static byte[] payload(int log, long seq) {
    Random random = new Random(seq);
    byte[] payload = new byte[random.nextInt(log % LARGE_EVERY == 0 ? 2000 : 300)];
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

  /** Takes the directory. */
  public static void main(String[] args) {
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    Redex redex = Redex.open(Path.of(args[0]));
    for (int number = 0; number < LOGS; number++) {
      RedexConfig config =
          RedexConfig.onDisk()
              .withDurability(durability(policy(number)))
              .withRetention(Retention.ALL.withMaxRecords(RETAINED));
      KilledWriter writer = new KilledWriter(out, number, redex.open(name(number), config));
      Thread.ofPlatform().start(writer::write);
    }
  }

  /** Appends one by one and in batches, and sweeps now and then. */
  private void write() {
    while (true) {
      long next = append(log.nextSeq());
      say(next);
      if (next % SWEEP_EVERY == 0) {
        log.sweepRetention();
      }
    }
  }

  private long append(long next) {
    if (next % 7 != 0) {
      return log.append(payload(number, next)) + 1;
    }
    List<byte[]> batch = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      batch.add(payload(number, next + i));
    }
    return log.appendBatch(batch).orElseThrow() + batch.size();
  }

  private void say(long next) {
    try {
      out.write(ByteBuffer.allocate(WORD_BYTES).putInt(number).putLong(next).array());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
