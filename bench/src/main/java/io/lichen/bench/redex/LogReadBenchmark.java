// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.redex;

import io.lichen.bench.CostBenchmark;
import io.lichen.redex.RedexFile;
import io.lichen.redex.RedexRecord;
import io.lichen.redex.RedexTail;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** What one record costs its reader, out of a log on disk whose pages are in memory. */
public class LogReadBenchmark extends CostBenchmark {
  private static final int RECORDS = 100_000;
  private static final int PAGE = 1000;

  /** Octets of a payload. */
  @Param({"64", "1024"})
  public int size;

  private final BenchLog files = new BenchLog();
  private final RedexFile log = files.log();
  private RedexTail tail = log.tail(0);
  private long next;

  /** Fills the log. */
  @Setup
  public void fill() {
    for (int i = 0; i < RECORDS; i++) {
      log.append(octets(size));
    }
  }

  /** Removes it. */
  @TearDown
  public void close() {
    tail.close();
    files.close();
  }

  private long advance(int by) {
    next = next + by >= RECORDS ? 0 : next + by;
    return next;
  }

  /** By its number. */
  @Benchmark
  public Optional<RedexRecord> point() {
    return log.read(advance(1));
  }

  /** As one of a thousand that are read together; the time is that of one record. */
  @Benchmark
  @OperationsPerInvocation(PAGE)
  public List<RedexRecord> range() {
    long from = advance(PAGE);
    return log.readRange(from, from + PAGE);
  }

  /** As one of a thousand that are looked at where they lie; the time is that of one record. */
  @Benchmark
  @OperationsPerInvocation(PAGE)
  public long visit() {
    long[] bytes = {0};
    long from = advance(PAGE);
    log.visit(
        from,
        from + PAGE,
        (seq, payload) -> {
          bytes[0] += payload.byteSize();
          return true;
        });
    return bytes[0];
  }

  /** From a tail that is behind. */
  @Benchmark
  public @Nullable RedexRecord tail() throws InterruptedException {
    if (tail.lag() == 0) {
      tail.close();
      tail = log.tail(0);
    }
    return tail.next(Duration.ZERO);
  }
}
