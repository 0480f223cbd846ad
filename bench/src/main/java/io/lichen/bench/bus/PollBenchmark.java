// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.bus;

import io.lichen.bench.CostBenchmark;
import io.lichen.core.bus.EventBus;
import io.lichen.core.bus.EventBusConfig;
import io.lichen.core.bus.EventFilter;
import io.lichen.core.bus.PollRequest;
import io.lichen.core.bus.PollResult;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** What one event of a page of a thousand costs its consumer, from memory and two shards. */
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PollBenchmark extends CostBenchmark {
  private static final int PAGE = 1000;
  private static final EventFilter ALL = EventFilter.parse("{\"path\":\"kind\",\"value\":\"x\"}");

  private EventBus bus = EventBus.open(EventBusConfig.defaults().withShards(2));

  /** Ingests more than a page. */
  @Setup
  public void fill() {
    for (int i = 0; i < 10 * PAGE; i++) {
      bus.ingest("{\"id\":" + i + ",\"kind\":\"x\",\"text\":\"some words of an event\"}");
    }
    bus.flush();
  }

  /** Closes the bus. */
  @TearDown
  public void close() {
    bus.close();
  }

  /** As objects. */
  @Benchmark
  @OperationsPerInvocation(PAGE)
  public PollResult objects() {
    return bus.poll(PollRequest.of(PAGE));
  }

  /** By a filter that lets all pass. */
  @Benchmark
  @OperationsPerInvocation(PAGE)
  public PollResult filtered() {
    return bus.poll(PollRequest.of(PAGE).matching(ALL));
  }

  /** As JSON. */
  @Benchmark
  @OperationsPerInvocation(PAGE)
  public String json() {
    return bus.pollJson("{\"limit\":1000}");
  }
}
