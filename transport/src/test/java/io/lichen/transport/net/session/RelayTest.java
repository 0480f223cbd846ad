// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.transport.Suite;
import io.lichen.transport.net.DropReason;
import io.lichen.transport.net.EventBatch;
import io.lichen.transport.net.NetDial.Way;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetStream;
import io.lichen.transport.net.SendVerdict;
import io.lichen.transport.net.StreamOptions;
import io.lichen.transport.net.codec.RoutingHeader;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three nodes in a row: alice, a relay, bob. */
class RelayTest {
  private final SimNet net = new SimNet(Suite.seed());
  private final SimNode alice = SimNode.of(net, 1, 0x1111_0000_0001L).started();
  private final SimNode relay = SimNode.of(net, 2, 0x2222_0000_0002L).started();
  private final SimNode bob = SimNode.of(net, 3, 0x3333_0000_0003L).started();
  private final List<byte[]> toBob = new ArrayList<>();

  @BeforeEach
  void connect() {
    relay.inbox().routes.put(alice.nodeId(), alice.address());
    relay.inbox().routes.put(bob.nodeId(), bob.address());
    net.tap(
        (from, to, datagram) -> {
          if (to.equals(bob.address())) {
            toBob.add(datagram);
          }
          boolean straight =
              (from.equals(alice.address()) && to.equals(bob.address()))
                  || (from.equals(bob.address()) && to.equals(alice.address()));
          return straight ? null : datagram;
        });
  }

  private NetSession relayed() {
    CompletableFuture<NetSession> result = alice.connect(bob, Way.RELAYED, relay.address());
    assertTrue(net.runUntil(result::isDone, 1000));
    return result.join();
  }

  @Test
  void shouldCarryEverythingOverTheRelay() {
    NetSession session = relayed();
    NetStream there = session.stream(7, StreamOptions.ofReliable());
    NetStream back = bob.with(alice).stream(7, StreamOptions.ofReliable());
    there.send(List.of(new byte[5000], new byte[5000]));
    back.send(new byte[1]);
    session.send(0x0A00, Unpooled.EMPTY_BUFFER.retain());
    session.sendHeartbeat();
    bob.with(alice).sendHeartbeat();
    net.run(1000);

    assertTrue(session.viaRelay() && bob.with(alice).viaRelay());
    assertEquals(relay.address(), bob.with(alice).address());
    assertEquals(2, bob.inbox().events.size());
    assertEquals(1, alice.inbox().events.size());
    assertEquals(1, bob.inbox().messages(0x0A00).size());
    assertEquals(1, alice.inbox().heartbeats);
    assertEquals(1, bob.inbox().heartbeats);
    assertTrue(there.isIdle() && back.isIdle());
    assertEquals(0, alice.drops() + relay.drops() + bob.drops());
  }

  @Test
  void shouldKeepRelayedDatagramsShortEnoughForNatives() {
    NetSession session = relayed();
    NetStream stream = session.stream(7, StreamOptions.ofFireAndForget());
    assertEquals(8086, stream.maxEventBytes());
    assertEquals(SendVerdict.SENT, stream.send(new byte[8086]));
    assertEquals(SendVerdict.TOO_LARGE, stream.send(new byte[8087]));
    EventBatch batch = EventBatch.of(List.of(new byte[8087]));
    assertEquals(SendVerdict.TOO_LARGE, stream.publish(false, 1, 2, batch));
    batch.close();
    for (int i = 0; i < 100; i++) {
      stream.send(new byte[100]);
    }
    net.run(100);

    assertEquals(101, bob.inbox().events.size());
    assertEquals(8192, toBob.stream().mapToInt(datagram -> datagram.length).max().orElse(0));
  }

  @Test
  void shouldFollowTheRouteWhenItChanges() {
    NetSession session = relayed();
    SimNode other = SimNode.of(net, 4, 0x4444_0000_0004L).started();
    other.inbox().routes.put(bob.nodeId(), bob.address());
    alice.inbox().routes.put(bob.nodeId(), other.address());
    session.sendHeartbeat();
    net.run(10);

    assertEquals(1, bob.inbox().heartbeats);
    assertEquals(1, other.counter("forwarded"));
  }

  @Test
  void shouldRescueWhatAnEndpointSendsBare() {
    NetSession session = relayed();
    session.sendHeartbeat();
    net.run(10);
    // As a 0.34 endpoint answers: without a routing header, to the relay's address.
    bareToRelay(bob, alice);
    net.run(10);

    assertEquals(1, alice.inbox().heartbeats);
    assertEquals(1, relay.counter("rescued"));
    assertEquals(0, relay.drops() + alice.drops());
  }

  @Test
  void shouldRescueSessionsWhoseHandshakeItForwarded() {
    relayed();
    bareToRelay(bob, alice);
    bareToRelay(alice, bob);
    net.run(10);

    assertEquals(1, alice.inbox().heartbeats);
    assertEquals(1, bob.inbox().heartbeats);
    assertEquals(2, relay.counter("rescued"));
  }

  @Test
  void shouldNotRescueForStrangers() {
    relayed();
    net.send(SimNode.address(77), relay.address(), bare(bob, alice));
    net.run(10);
    // Once the session is known by what was forwarded of it, neither.
    bob.with(alice).sendHeartbeat();
    net.run(10);
    net.send(SimNode.address(77), relay.address(), bare(bob, alice));
    net.run(10);

    assertEquals(1, alice.inbox().heartbeats);
    assertEquals(0, relay.counter("rescued"));
    assertEquals(2, relay.drops(DropReason.UNKNOWN_SESSION));
  }

  private void bareToRelay(SimNode from, SimNode to) {
    byte[] bare = bare(from, to);
    net.send(from.address(), relay.address(), bare);
  }

  /** A heartbeat of a session without its routing header. */
  private byte[] bare(SimNode from, SimNode to) {
    List<byte[]> caught = new ArrayList<>();
    net.tap(
        (source, target, datagram) -> {
          caught.add(datagram);
          return null;
        });
    from.with(to).sendHeartbeat();
    net.tap((source, target, datagram) -> datagram);
    byte[] wrapped = caught.getFirst();
    return Arrays.copyOfRange(wrapped, RoutingHeader.BYTES, wrapped.length);
  }

  @Test
  void shouldDropRoutedPacketsThatLeadNowhere() {
    NetSession session = relayed();
    session.sendHeartbeat();
    net.run(10);
    byte[] packet = toBob.getLast();
    assertFalse(packet.length < 86);

    assertDropped(packet, bob.nodeId(), 0, 1, alice.address(), DropReason.HOPS_EXHAUSTED);
    assertDropped(packet, 4711, 5, 1, alice.address(), DropReason.NO_ROUTE);
    assertDropped(packet, bob.nodeId(), 5, 1, bob.address(), DropReason.ROUTE_BACK);
    int self = (int) relay.nodeId();
    assertDropped(packet, bob.nodeId(), 5, self, alice.address(), DropReason.ROUTE_LOOP);
    assertDropped(packet, relay.nodeId(), 5, 1, alice.address(), DropReason.UNKNOWN_SESSION);
    packet[RoutingHeader.BYTES + 2] = 9;
    assertDropped(packet, bob.nodeId(), 5, 1, alice.address(), DropReason.BAD_HEADER);
  }

  private void assertDropped(
      byte[] packet, long to, int ttl, int source, InetSocketAddress from, DropReason reason) {
    byte[] datagram = packet.clone();
    RoutingHeader.write(datagram, 0, ttl, source, to);
    long before = relay.drops();
    int arrived = toBob.size();
    net.send(from, relay.address(), datagram);
    net.run(10);

    assertEquals(before + 1, relay.drops());
    assertEquals(1, relay.drops(reason), reason.tag());
    assertEquals(arrived, toBob.size());
  }

  @Test
  void shouldNotKeepALoopAlive() {
    SimNode other = SimNode.of(net, 4, 0x4444_0000_0004L).started();
    SimNode third = SimNode.of(net, 5, 0x5555_0000_0005L).started();
    for (SimNode node : List.of(relay, other, third)) {
      node.inbox().routes.put(4711L, node == relay ? other.address() : third.address());
    }
    third.inbox().routes.put(4711L, relay.address());
    byte[] datagram = new byte[200];
    net.send(alice.address(), relay.address(), datagram);
    NetSession session = relayed();
    session.sendHeartbeat();
    net.run(10);
    byte[] packet = toBob.getLast().clone();
    RoutingHeader.write(packet, 0, 8, 1, 4711);
    net.send(alice.address(), relay.address(), packet);
    long before = relay.counter("forwarded");
    net.run(1000);

    assertEquals(3, relay.counter("forwarded") - before);
    assertEquals(
        1,
        relay.drops(DropReason.HOPS_EXHAUSTED)
            + other.drops(DropReason.HOPS_EXHAUSTED)
            + third.drops(DropReason.HOPS_EXHAUSTED));
  }
}
