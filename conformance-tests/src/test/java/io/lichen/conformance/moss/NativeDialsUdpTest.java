// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lichen.conformance.child.Waits;
import io.lichen.conformance.matrix.Scenario;
import io.lichen.conformance.moss.netns.NetworkPair;
import io.lichen.conformance.moss.netns.TrackerProcess;
import io.lichen.transport.moss.Era;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A native dials over UDP. It does so on its own account only, towards addresses that look public
 * and that discovery gave it: a peer cache in era C, a tracker in era A. Where TCP would work too,
 * TCP wins; so TCP is blocked.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lichen.conformance.moss.Cell#udpFromNatives")
class NativeDialsUdpTest extends PairTalk {
  private static final Duration DISCOVERY_LIMIT = Duration.ofSeconds(20);

  /** As long as a native takes to give up a handshake, and to try again. */
  private static final Duration REFUSAL_TIME = Duration.ofSeconds(4);

  private static final int FORWARDED = 20;

  private final List<TrackerProcess> trackers = new ArrayList<>();
  private @Nullable NetworkPair network;

  @BeforeParameterizedClassInvocation
  void makeNetwork() {
    network = NetworkPair.isPossible() ? NetworkPair.udpInternet() : null;
  }

  @AfterParameterizedClassInvocation
  void unmakeNetwork() {
    endAll();
    trackers.forEach(TrackerProcess::close);
    trackers.clear();
    if (network != null) {
      network.close();
    }
  }

  @Test
  @Order(1)
  @Scenario("XX handshake, open mesh or room, both ways")
  void shouldMeetAndTalkWhenTheNativeDialsUdp() throws IOException {
    assumeRunnable();
    NetworkPair pair = assumeNetwork(network);
    MeshPeer listener = peers.start(right(listener(), pair));
    MeshPeer dialer = peers.start(left(dialer(), pair, listener));
    awaitMeeting(dialer, listener);
    setPair(dialer, listener);
    Talk.bothWays(dialer, listener);
    assertFalse(dialer.hasTcpTo(pair.rightAddress()), "TCP got through");
    assertFalse(listener.hasTcpTo(pair.leftAddress()), "TCP got through");
  }

  @Test
  @Order(6)
  @Scenario("mesh or room with a PSK, both ways")
  void shouldTalkBothWaysWithTheSamePsk() throws IOException {
    assumeRunnable();
    NetworkPair pair = assumeNetwork(network);
    MeshPeer listener = peers.start(right(listener().withPsk(Strangers.PSK), pair));
    MeshPeer dialer = peers.start(left(dialer().withPsk(Strangers.PSK), pair, listener));
    awaitMeeting(dialer, listener);
    Talk.bothWays(dialer, listener);
  }

  @Test
  @Order(7)
  @Scenario("era A: wrong mesh id or PSK, no session on either side")
  void shouldRefuseAnotherMesh() throws IOException {
    assumeTrue(cell().era() == Era.A, DOES_NOT_APPLY);
    assumeRunnable();
    NetworkPair pair = assumeNetwork(network);
    MeshPeer listener = peers.start(right(listener(), pair));
    neverMeet(left(dialer().withMesh("desert"), pair, listener), listener);
  }

  @Test
  @Order(7)
  @Scenario("era C: wrong network, no session on either side")
  void shouldRefuseAnotherNetwork() throws IOException {
    assumeTrue(cell().era() == Era.C, DOES_NOT_APPLY);
    assumeRunnable();
    NetworkPair pair = assumeNetwork(network);
    MeshPeer listener = peers.start(right(listener().withConfig(Strangers.OTHER_NETWORK), pair));
    neverMeet(left(dialer(), pair, listener), listener);
  }

  @Test
  @Order(8)
  @Scenario("era C: wrong PSK or room, a session but nothing delivered")
  void shouldKeepRoomsApartInOneNetwork() throws IOException {
    assumeTrue(cell().era() == Era.C, DOES_NOT_APPLY);
    assumeRunnable();
    NetworkPair pair = assumeNetwork(network);
    MeshPeer listener = peers.start(right(listener().withPsk(Strangers.PSK), pair));
    MeshPeer dialer = peers.start(left(dialer(), pair, listener));
    awaitMeeting(dialer, listener);
    assertFalse(
        Waits.holdsWithin(Talk.SILENCE, () -> Talk.hearEachOther(dialer, listener)),
        "heard through the wall");
    assertTrue(dialer.isConnectedTo(listener.id()), "the session stays");
  }

  /** The ends may have one session each, so that they cannot meet behind the middle's back. */
  @Test
  @Order(9)
  @Scenario("the listener forwards between two dialers")
  void shouldForwardThroughTheListener() throws IOException {
    assumeFalse(cell().isBaseline(), "natives among themselves are not what is tested");
    assumeRunnable();
    NetworkPair pair = assumeNetwork(network);
    MeshPeer middle = peers.start(right(listener(), pair));
    MeshPeer one = peers.start(left(dialer(), pair, middle, ",\"max_peers\":1"));
    awaitMeeting(one, middle);
    MeshPeer other = peers.start(left(dialer(), pair, middle, ",\"max_peers\":1"));
    awaitMeeting(other, middle);
    Talk.bothWays(one, other);
    for (int i = 0; i < FORWARDED; i++) {
      Talk.deliver(one, other, ("from the one " + i).getBytes(UTF_8));
      Talk.deliver(other, one, ("from the other " + i).getBytes(UTF_8));
    }
    assertFalse(one.isConnectedTo(other.id()), "the ends have met behind the middle's back");
  }

  private void neverMeet(PeerSpec stranger, MeshPeer listener) {
    MeshPeer dialer = peers.start(stranger);
    assertFalse(
        Waits.holdsWithin(REFUSAL_TIME, () -> hasPeers(dialer) || hasPeers(listener)),
        "a session with a stranger");
    assertTrue(listener.info().path("listen_port").asInt() > 0, "the listener lives");
  }

  private static boolean hasPeers(MeshPeer peer) {
    return peer.info().path("peer_count").asInt() > 0;
  }

  private static void awaitMeeting(MeshPeer dialer, MeshPeer listener) {
    dialer.awaitEvent("PEER_JOINED", listener.id(), DISCOVERY_LIMIT);
    listener.awaitEvent("PEER_JOINED", dialer.id(), DISCOVERY_LIMIT);
  }

  private static PeerSpec right(PeerSpec peer, NetworkPair pair) {
    return peer.withNamespace(pair.right()).withListen(pair.rightAddress(), 0);
  }

  private PeerSpec left(PeerSpec peer, NetworkPair pair, MeshPeer listener) throws IOException {
    return left(peer, pair, listener, "");
  }

  /**
   * The dialer, which is told of the listener as discovery would tell it.
   *
   * @param members what else its configuration holds, each member after a comma
   */
  private PeerSpec left(PeerSpec peer, NetworkPair pair, MeshPeer listener, String members)
      throws IOException {
    PeerSpec placed = peer.withNamespace(pair.left()).withListen(pair.leftAddress(), 0);
    if (cell().era() == Era.A) {
      TrackerProcess tracker =
          new TrackerProcess(pair.left(), listener.spec().host(), listener.port());
      trackers.add(tracker);
      return placed.withConfig("{\"trackers\":[\"" + tracker.url() + "\"]" + members + "}");
    }
    Path cache = peers.newFile("peers.json").toAbsolutePath();
    long nowS = System.currentTimeMillis() / 1_000;
    Files.createDirectories(cache.getParent());
    Files.writeString(
        cache, "[{\"addr\":\"" + listener.address() + "\",\"last_seen_unix\":" + nowS + "}]");
    return placed.withConfig("{\"peer_cache_path\":\"" + cache + "\"" + members + "}");
  }
}
