// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.redex;

import io.lichen.bench.CostBenchmark;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one record costs its writer, in files that are new with each iteration, forced never. A log
 * holds 3 GiB, which large payloads fill in a second.
 */
@Warmup(iterations = 15, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 25, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class LogAppendBenchmark extends CostBenchmark {
  private static final int BATCH = 100;

  /** Octets of a payload. */
  @Param({"64", "1024"})
  public int size;

  private byte[] payload = {};
  private List<byte[]> batch = List.of();
  private BenchLog files = new BenchLog();

  /** Begins a log. */
  @Setup(Level.Iteration)
  public void open() {
    files.close();
    files = new BenchLog();
    payload = octets(size);
    batch = Collections.nCopies(BATCH, payload);
  }

  /** Removes the last log. */
  @TearDown
  public void close() {
    files.close();
  }

  /** One append a call. */
  @Benchmark
  public long single() {
    return files.log().append(payload);
  }

  /** A hundred a call; the time is that of one record. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public OptionalLong batch() {
    return files.log().appendBatch(batch);
  }
}
