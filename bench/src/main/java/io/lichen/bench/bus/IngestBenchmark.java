// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.bus;

import io.lichen.core.bus.AdapterConfig;
import io.lichen.core.bus.EventBus;
import io.lichen.core.bus.EventBusConfig;
import io.lichen.core.bus.EventBusStats;
import io.lichen.core.bus.EventReceipt;
import io.lichen.core.bus.Retention;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Events a microsecond that producers get into one bus, with all that happens to them behind it:
 * run with {@code -t 1} and {@code -t 8}. At the end of a trial it tells how many of them arrived
 * at the adapter; the rest gave their place to newer ones.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
public class IngestBenchmark {
  private static final int BATCH = 100;
  private static final int EVENTS = 1024;

  /** Where events go. */
  @Param({"none", "memory"})
  public String adapter = "";

  /** Octets of an event. */
  @Param("64")
  public int size;

  private EventBus bus = EventBus.open(EventBusConfig.defaults().withShards(1));

  /** Opens a bus with a shard for each processor. */
  @Setup
  public void open() {
    bus.close();
    AdapterConfig config =
        adapter.equals("none")
            ? new AdapterConfig.None()
            : new AdapterConfig.Memory(Retention.DEFAULT);
    bus = EventBus.open(EventBusConfig.defaults().withAdapter(config));
  }

  /** Closes it, and tells what arrived. */
  @TearDown
  public void close() {
    bus.close();
    EventBusStats stats = bus.stats();
    System.out.printf(
        "accepted %d, of them %.2f %% delivered in %d batches%n",
        stats.accepted(), 100.0 * stats.delivered() / stats.accepted(), stats.batches());
  }

  /** The events of one producer. They are used again and again: the bus only reads them. */
  @State(Scope.Thread)
  public static class Producer {
    private final byte[][] events = new byte[EVENTS][];
    private List<byte[]> batch = List.of();
    private int next;

    /** Fills them. */
    @Setup
    public void fill(IngestBenchmark benchmark) {
      SplittableRandom random = new SplittableRandom();
      for (int i = 0; i < EVENTS; i++) {
        String begin = "{\"id\":" + random.nextInt(1_000_000_000) + ",\"text\":\"";
        String end = "\"}";
        int fill = Math.max(0, benchmark.size - begin.length() - end.length());
        events[i] = (begin + "x".repeat(fill) + end).getBytes(StandardCharsets.UTF_8);
      }
      batch = Arrays.asList(events).subList(0, BATCH);
    }

    byte[] event() {
      return events[next++ & EVENTS - 1];
    }
  }

  /** As it is. */
  @Benchmark
  public void raw(Producer producer) {
    bus.ingestRaw(producer.event());
  }

  /** As it is, with a receipt. */
  @Benchmark
  public EventReceipt rawWithReceipt(Producer producer) {
    return bus.ingestRawWithReceipt(producer.event());
  }

  /** A hundred at once. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int rawBatch(Producer producer) {
    return bus.ingestRawBatch(producer.batch).accepted();
  }

  /** Read as JSON and brought into the normal form. */
  @Benchmark
  public EventReceipt parsed(Producer producer) {
    return bus.ingest(new String(producer.event(), StandardCharsets.UTF_8));
  }
}
