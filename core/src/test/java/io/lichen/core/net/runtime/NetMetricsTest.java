// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import static io.lichen.core.net.runtime.NetNodes.bytes;
import static io.lichen.core.net.runtime.NetNodes.connect;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.core.docs.MetricsPage;
import io.lichen.core.net.NetEvent;
import io.lichen.core.net.NetNode;
import io.lichen.core.net.NetStats;
import io.lichen.core.net.channel.ChannelConfig;
import io.lichen.transport.net.NetTransport;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetMetricsTest {
  @Test
  void shouldRegisterExactlyWhatIsDocumented() throws IOException {
    try (NetNodes nodes = new NetNodes(NetTransport::open)) {
      NetNode node = nodes.started();
      MetricsPage.check(
          MetricsPage.ofNet(),
          MetricsPage.registered(
              node.metrics(), "lichen.net.", node.entityId().hex().substring(0, 8)));
    }
  }

  @Test
  void shouldShowWhatHappened() {
    try (NetNodes nodes = new NetNodes(new FakeNetwork()::open)) {
      NetNode publisher = nodes.started();
      NetNode subscriber = nodes.started();
      connect(subscriber, publisher);
      publisher.channels().register("a", ChannelConfig.open());
      Listener<NetEvent> heard = Listener.to(subscriber.events());
      subscriber.channels().subscribe(publisher.nodeId(), "a");
      publisher.channels().publish("a", bytes("hello"));
      heard.await(1);
      NetStats sent = publisher.stats();
      assertEquals(1, sent.peers());
      assertEquals(1, sent.counters().get("published"));
      assertEquals(1, sent.counters().get("publish.delivered"));
      assertEquals(1, sent.counters().get("membership.accepted"));
      assertEquals(1, sent.counters().get("subscriptions.peers"));
      NetNodes.await("the event is counted", () -> subscriber.stats().eventsDelivered() == 1);
      Map<String, Long> received = subscriber.stats().counters();
      assertEquals(1, received.get("events.received"));
      assertEquals(5, received.get("events.received.bytes"));
      assertEquals(1, received.get("subscriptions.own"));
      assertEquals(1, received.get("handshakes.success"));
      SimpleMeterRegistry registry = new SimpleMeterRegistry();
      subscriber.metrics().bindTo(registry);
      assertEquals(1, registry.get("lichen.net.events.delivered").functionCounter().count());
      FunctionCounter heartbeats =
          registry.get("lichen.net.heartbeats").tag("direction", "sent").functionCounter();
      NetNodes.await("a heartbeat is counted", () -> heartbeats.count() > 0);
    }
  }
}
