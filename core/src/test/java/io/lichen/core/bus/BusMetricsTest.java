// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.core.docs.MetricsPage;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class BusMetricsTest {
  private static final Tag NAME = Tag.of("bus", "orders");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void shouldRegisterExactlyWhatIsDocumented() throws IOException {
    try (EventBus bus = EventBus.open()) {
      MetricsPage.check(
          MetricsPage.ofBus(),
          MetricsPage.registered(bus.metrics(NAME.getValue()), "lichen.bus.", NAME));
    }
  }

  @Test
  void shouldShowTheAccount() {
    EventBus bus = EventBus.open();
    bus.metrics(NAME.getValue()).bindTo(registry);
    bus.ingestRaw("1");
    bus.ingestRaw("2");
    bus.flush();
    assertEquals(2, events("accepted"));
    assertEquals(2, events("delivered"));
    assertEquals(0, events("refused"));
    assertEquals(
        bus.stats().batches(), (long) registry.get("lichen.bus.batches").functionCounter().count());
    assertEquals(0, gauge("events.queued"));
    assertEquals(2, gauge("memory.events"));
    assertEquals(bus.shards(), gauge("shards"));
    bus.close();
    assertEquals(0, gauge("shards"));
    assertEquals(2, events("accepted"), "also of a closed bus");
  }

  @Test
  void shouldShowWhatWaitsAndWhatFoundNoRoom() {
    GateAdapter gate = new GateAdapter();
    EventBusConfig small = EventBusConfig.defaults().withShards(1).withRingCapacity(1024);
    try (EventBus bus = EventBus.open(small.withBackpressure(Backpressure.DROP_NEWEST), gate)) {
      bus.metrics(NAME.getValue()).bindTo(registry);
      int refused = 0;
      while (refused < 3) {
        try {
          bus.ingestRaw("e");
        } catch (EventBusException e) {
          refused++;
        }
      }
      assertEquals(3, events("refused"));
      assertEquals(bus.stats().accepted(), events("accepted"));
      assertEquals(bus.stats().queued(), gauge("events.queued"));
      gate.open();
    }
    assertEquals(0, gauge("events.queued"));
  }

  private long events(String result) {
    return (long) registry.get("lichen.bus.events").tag("result", result).functionCounter().count();
  }

  private long gauge(String meter) {
    return (long) registry.get("lichen.bus." + meter).tags(List.of(NAME)).gauge().value();
  }
}
