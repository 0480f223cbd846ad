// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import static io.lichen.core.net.runtime.NetNodes.await;
import static io.lichen.core.net.runtime.NetNodes.connect;
import static io.lichen.core.net.runtime.NetNodes.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.net.NetConfig;
import io.lichen.core.net.NetError;
import io.lichen.core.net.NetException;
import io.lichen.core.net.NetNode;
import io.lichen.core.net.PeerInfo;
import io.lichen.nat.path.Openness;
import io.lichen.transport.net.NetTransport;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Nodes that find out what they are behind, and reach each other, over real sockets. */
class NetNatTest {
  /** Gives up after one handshake. */
  private static final NetConfig IMPATIENT =
      NetNodes.quick()
          .withTimers(
              new NetConfig.Timers(
                  Duration.ofMillis(50),
                  Duration.ofSeconds(30),
                  Duration.ofMillis(500),
                  1,
                  Duration.ofSeconds(5),
                  Duration.ofSeconds(300)));

  /** Waits for a handshake for as long as a direct connect takes at most, and longer. */
  private static final NetConfig PATIENT =
      NetNodes.quick()
          .withTimers(
              new NetConfig.Timers(
                  Duration.ofMillis(50),
                  Duration.ofSeconds(30),
                  Duration.ofSeconds(10),
                  3,
                  Duration.ofSeconds(5),
                  Duration.ofSeconds(300)));

  @AutoClose private final NetNodes nodes = new NetNodes(NetTransport::open);

  @Test
  void shouldLearnFromAPeerWhereItIsSeen() {
    NetNode a = nodes.started();
    NetNode b = nodes.connectedTo(a);

    assertEquals(b.address(), b.nat().probeReflex(a.nodeId()));
    assertEquals(a.address(), a.nat().probeReflexAsync(b.nodeId()).join());
    refused(NetError.TRAVERSAL_PEER_NOT_REACHABLE, () -> a.nat().probeReflex(4711));
  }

  @Test
  void shouldKnowThatItIsOpenWhenTwoPeersSeeItWhereItIsBound() {
    NetNode a = nodes.started();
    NetNode b = nodes.connectedTo(a);
    assertEquals(Openness.UNKNOWN, a.nat().reclassify());
    NetNode c = nodes.connectedTo(a);

    assertEquals(Openness.OPEN, a.nat().reclassify());
    assertEquals(Optional.of(a.address()), a.nat().reflexAddress());
    await("it is announced", () -> b.nat().natType(a.nodeId()) == Openness.OPEN);
    assertEquals(Openness.UNKNOWN, a.nat().natType(c.nodeId()));
  }

  @Test
  void shouldClassifyItselfIfAskedTo() {
    NetNode a = nodes.started(NetNodes.quick().withNat(new NetConfig.Nat(null, true, false)));
    NetNode b = nodes.connectedTo(a);
    NetNode c = nodes.connectedTo(a);

    await("two peers know it", () -> b.nat().natType(a.nodeId()) == Openness.OPEN);
    assertEquals(Openness.UNKNOWN, c.nat().natType());
  }

  @Test
  void shouldSayWhatAnOperatorSaysUntilThatIsTakenBack() {
    InetSocketAddress external = new InetSocketAddress("203.0.113.9", 40_123);
    NetConfig.Nat override = new NetConfig.Nat(external, false, false);
    NetNode a = nodes.started(NetNodes.quick().withNat(override));
    NetNode b = nodes.connectedTo(a);
    connect(a, nodes.started());

    assertEquals(Openness.OPEN, a.nat().reclassify());
    assertEquals(Optional.of(external), a.nat().reflexAddress());
    await("it is announced", () -> b.nat().natType(a.nodeId()) == Openness.OPEN);
    a.nat().clearReflexOverride();
    assertEquals(Optional.empty(), a.nat().reflexAddress());
    await("it is taken back", () -> b.nat().natType(a.nodeId()) == Openness.UNKNOWN);
    a.nat().overrideReflex(external);
    await("it is announced again", () -> b.nat().natType(a.nodeId()) == Openness.OPEN);
    refused(
        NetError.INVALID_ARGUMENT,
        () -> a.nat().overrideReflex(InetSocketAddress.createUnresolved("somewhere", 1)));
  }

  @Test
  void shouldBeIntroducedByAPeerOfBoth() {
    NetNode relay = nodes.started();
    NetNode a = nodes.connectedTo(relay);
    NetNode b = nodes.connectedTo(relay);

    PeerInfo met = a.nat().connectDirect(b.nodeId(), b.publicKey(), relay.nodeId());

    assertFalse(met.viaRelay());
    assertEquals(b.address(), met.address());
    assertEquals(1, a.nat().stats().punchesAttempted());
    assertEquals(1, a.nat().stats().punchesSucceeded());
    assertEquals(0, a.nat().stats().punchesFailed());
    assertEquals(1, NetNodeContract.counter(relay, "nat.introductions.made"));
    assertEquals(1, NetNodeContract.counter(b, "nat.introductions.followed"));
    PeerInfo again = a.nat().connectDirect(b.nodeId(), b.publicKey());
    assertEquals(met.address(), again.address());
    assertEquals(1, a.nat().stats().punchesAttempted());
  }

  /** A dial at what it has announced would last for half a minute, and would be in the way. */
  @Test
  void shouldLeaveTheDialThatLeadsNowhereForTheAddressThatIsHeardFrom() throws IOException {
    try (DatagramSocket nobody = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      InetSocketAddress wrong = (InetSocketAddress) nobody.getLocalSocketAddress();
      NetNode relay = nodes.started();
      NetNode a = nodes.started(PATIENT);
      connect(a, relay);
      NetNode b = nodes.started(NetNodes.quick().withNat(new NetConfig.Nat(wrong, false, false)));
      connect(b, relay);
      await("a knows of b", () -> a.nat().natType(b.nodeId()) == Openness.OPEN);

      PeerInfo met = a.nat().connectDirect(b.nodeId(), b.publicKey(), relay.nodeId());

      assertFalse(met.viaRelay());
      assertEquals(b.address(), met.address());
      assertEquals(0, a.nat().stats().relayFallbacks());
    }
  }

  @Test
  void shouldLeaveTheRelayWhenTheOtherEndIsReached() {
    NetNode relay = nodes.started();
    NetNode a = nodes.connectedTo(relay);
    NetNode b = nodes.connectedTo(relay);
    a.connectVia(relay.address(), b.publicKey(), b.nodeId());

    PeerInfo met = a.nat().connectDirect(b.nodeId(), b.publicKey());

    assertFalse(met.viaRelay());
    await("both ends do", () -> !b.peer(a.nodeId()).orElseThrow().viaRelay());
  }

  @Test
  void shouldSayThatTheCoordinatorRefused() {
    NetNode relay = nodes.started();
    NetNode a = nodes.started(IMPATIENT);
    // Dialled by the relay, which is patient.
    connect(relay, a);
    CompletableFuture<PeerInfo> first =
        a.nat().connectDirectAsync(4711, relay.publicKey(), relay.nodeId());

    CompletionException refusal = assertThrows(CompletionException.class, first::join);

    assertEquals(NetError.TRAVERSAL_RENDEZVOUS_REJECTED, error(refusal));
    assertEquals(1, a.nat().stats().punchRejections());
    assertEquals(1, NetNodeContract.counter(relay, "nat.rejects.unknown_target_reflex"));
  }

  @Test
  void shouldSayWhyThereIsNoWay() {
    NetNode a = nodes.started();
    NetNode b = nodes.started();

    refused(
        NetError.TRAVERSAL_PEER_NOT_REACHABLE,
        () -> a.nat().connectDirect(b.nodeId(), b.publicKey()));
    refused(
        NetError.TRAVERSAL_PEER_NOT_REACHABLE,
        () -> a.nat().connectDirect(b.nodeId(), b.publicKey(), 4711));
    refused(
        NetError.INVALID_ARGUMENT, () -> a.nat().connectDirect(a.nodeId(), a.publicKey(), 4711));
    refused(NetError.INVALID_ARGUMENT, () -> a.nat().connectDirect(b.nodeId(), new byte[31], 4711));
    assertTrue(a.peers().isEmpty());
  }

  @Test
  void shouldNotLeaveAnybodyWaitingWhenItCloses() {
    NetNode relay = nodes.started();
    NetNode a = nodes.connectedTo(relay);
    CompletableFuture<PeerInfo> waiting =
        a.nat().connectDirectAsync(4711, a.publicKey(), relay.nodeId());
    a.close();

    CompletionException failure = assertThrows(CompletionException.class, waiting::join);

    assertTrue(error(failure).code() < 0);
  }

  private static NetError error(CompletionException failure) {
    return assertInstanceOf(NetException.class, failure.getCause()).error();
  }
}
