// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import static io.lichen.core.net.runtime.NetNodes.await;
import static io.lichen.core.net.runtime.NetNodes.bytes;
import static io.lichen.core.net.runtime.NetNodes.connect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.net.NetConfig;
import io.lichen.core.net.NetEvent;
import io.lichen.core.net.NetNode;
import io.lichen.core.net.PeerEvent;
import io.lichen.core.net.PeerInfo;
import io.lichen.core.net.PeerState;
import io.lichen.core.net.PeerStream;
import io.lichen.core.net.capability.CapabilitySet;
import io.lichen.core.net.capability.NodeTags;
import io.lichen.core.net.channel.ChannelConfig;
import io.lichen.transport.net.NetTransport;
import io.lichen.transport.net.StreamOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Two nodes with a third one between them, over real sockets. */
class RelayTest {
  @AutoClose private final NetNodes nodes = new NetNodes(NetTransport::open);

  @Test
  void shouldCarryEverythingOverARelay() {
    NetConfig staying = NetNodes.quick(Duration.ofMillis(1200)).withDirectUpgrade(false);
    NetNode a = nodes.started(staying);
    NetNode relay = nodes.started();
    NetNode b = nodes.connectedTo(relay);
    connect(a, relay);
    PeerInfo peer = a.connectVia(relay.address(), b.publicKey(), b.nodeId());
    assertTrue(peer.viaRelay());
    await("b knows a", () -> b.peer(a.nodeId()).isPresent());
    b.channels().register("far", ChannelConfig.open());
    Listener<NetEvent> atA = Listener.to(a.events());
    Listener<NetEvent> atB = Listener.to(b.events());
    a.channels().subscribe(b.nodeId(), "far");
    assertEquals(1, b.channels().publish("far", bytes("published")).delivered());
    a.openStream(b.nodeId(), 9, StreamOptions.ofReliable()).send(List.of(bytes("streamed")));
    assertEquals("published", NetNodes.text(atA.await(1).getFirst()));
    assertEquals("streamed", NetNodes.text(atB.await(1).getFirst()));
    long beats = NetNodeContract.counter(b, "heartbeats.sent");
    await(
        "three session timeouts", () -> NetNodeContract.counter(b, "heartbeats.sent") > beats + 90);
    assertEquals(PeerState.ALIVE, NetNodeContract.state(a, b));
    assertTrue(viaRelay(a, b));
    CapabilitySet says = b.capabilities().of(a.nodeId()).orElseThrow();
    assertFalse(says.hasTag(NodeTags.DIRECT_PATHS));
  }

  @Test
  void shouldLeaveTheRelayWhileAReliableStreamIsUnderWay() {
    NetNode a = nodes.started();
    NetNode relay = nodes.started();
    NetNode b = nodes.started();
    connect(a, relay);
    connect(b, relay);
    Listener<PeerEvent> news = Listener.to(a.peerEvents());
    Listener<NetEvent> atB = Listener.to(b.events());
    a.connectVia(relay.address(), b.publicKey(), b.nodeId());
    PeerStream stream = a.openStream(b.nodeId(), 9, StreamOptions.ofReliable());
    List<String> sent = new ArrayList<>();
    while (viaRelay(a, b) || viaRelay(b, a) || sent.size() < 2000) {
      for (int i = 0; i < 100; i++) {
        sent.add("event " + sent.size());
        stream.send(List.of(bytes(sent.getLast())));
      }
      atB.await(sent.size());
      assertTrue(sent.size() < 1_000_000, "they stay on the relay");
    }
    assertEquals(sent, atB.got().stream().map(NetNodes::text).toList());
    assertEquals(b.address(), a.peer(b.nodeId()).orElseThrow().address());
    await("it is told", () -> moves(news) == 1);
    relay.close();
    stream.send(List.of(bytes("without the relay")));
    assertEquals("without the relay", NetNodes.text(atB.await(sent.size() + 1).getLast()));
  }

  private static boolean viaRelay(NetNode node, NetNode peer) {
    return node.peer(peer.nodeId()).map(PeerInfo::viaRelay).orElse(true);
  }

  private static long moves(Listener<PeerEvent> news) {
    return news.got().stream().filter(event -> event.type() == PeerEvent.Type.MOVED).count();
  }
}
