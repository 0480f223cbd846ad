// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus;

import io.lichen.core.bus.adapter.MemoryAdapter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * Shows the account of a bus to a meter registry; docs/metrics.md lists the names. Reads only:
 * nothing here costs the bus anything between two readings.
 */
final class BusMetrics implements MeterBinder {
  private static final String PREFIX = "lichen.bus.";

  private final EventBus bus;
  private final EventBusAdapter adapter;
  private final String name;

  BusMetrics(EventBus bus, EventBusAdapter adapter, String name) {
    this.bus = bus;
    this.adapter = adapter;
    this.name = name;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    events(registry, "accepted", EventBusStats::accepted);
    events(registry, "refused", EventBusStats::refused);
    events(registry, "evicted", EventBusStats::evicted);
    events(registry, "delivered", EventBusStats::delivered);
    events(registry, "lost", EventBusStats::lost);
    events(registry, "abandoned", EventBusStats::abandoned);
    counter("batches", () -> bus.stats().batches()).register(registry);
    gauge(registry, "events.queued", () -> bus.stats().queued());
    gauge(registry, "shards", bus::shards);
    if (adapter instanceof MemoryAdapter memory) {
      counter("memory.expired", memory::expired).register(registry);
      gauge(registry, "memory.events", memory::size);
    }
  }

  private void events(MeterRegistry registry, String result, ToLongFunction<EventBusStats> value) {
    counter("events", () -> value.applyAsLong(bus.stats()))
        .tag("result", result)
        .register(registry);
  }

  private FunctionCounter.Builder<EventBus> counter(String meter, LongSupplier value) {
    return FunctionCounter.builder(PREFIX + meter, bus, _ -> value.getAsLong()).tag("bus", name);
  }

  /** The registry keeps the bus, whose last account remains to be read. */
  private void gauge(MeterRegistry registry, String meter, LongSupplier value) {
    Gauge.builder(PREFIX + meter, bus, _ -> value.getAsLong())
        .tag("bus", name)
        .strongReference(true)
        .register(registry);
  }
}
