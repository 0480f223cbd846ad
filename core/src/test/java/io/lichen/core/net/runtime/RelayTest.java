// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import static io.lichen.core.net.runtime.NetNodes.await;
import static io.lichen.core.net.runtime.NetNodes.bytes;
import static io.lichen.core.net.runtime.NetNodes.connect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.net.NetEvent;
import io.lichen.core.net.NetNode;
import io.lichen.core.net.PeerInfo;
import io.lichen.core.net.PeerState;
import io.lichen.core.net.channel.ChannelConfig;
import io.lichen.transport.net.NetTransport;
import io.lichen.transport.net.StreamOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Two nodes with a third one between them, over real sockets. */
class RelayTest {
  @AutoClose private final NetNodes nodes = new NetNodes(NetTransport::open);

  @Test
  void shouldCarryEverythingOverARelay() {
    NetNode a = nodes.started(NetNodes.quick(Duration.ofMillis(700)));
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
  }
}
