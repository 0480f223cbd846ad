// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lichen.conformance.child.Driver;
import io.lichen.conformance.child.Waits;
import io.lichen.conformance.matrix.Scenario;
import io.lichen.conformance.moss.netns.BeaconSender;
import io.lichen.conformance.moss.netns.NetworkPair;
import io.lichen.transport.moss.Carrier;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two nodes on one topic that know only a third, which is not on it and keeps their records. One of
 * them is behind a firewall, and the third thinks too little of that one to tell it of anybody; so
 * peer exchange does not bring them together.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lichen.conformance.moss.Cell#mixedOverTcpOfEraC")
class OverlayTest extends NetworkScenario {
  /** Too low for peer exchange, good enough for everything else. */
  private static final double NO_FRIEND = -5;

  private static final String HEARS_BEACONS = "{\"lan_discovery_enabled\":true}";

  /** Enough for what does not come from the overlay to come. */
  private static final Duration QUIET = Duration.ofSeconds(3);

  /** A native asks every 15 s. */
  private static final Duration LIMIT = Duration.ofSeconds(40);

  /** A native publishes its records every 30 s. */
  private static final Duration NATIVE_LIMIT = Duration.ofSeconds(70);

  @Override
  NetworkPair open() {
    return NetworkPair.internetWithFirewall();
  }

  @Test
  @Scenario("overlay: the dialer finds whom it needs to talk to the listener, by the topic alone")
  void shouldMeetThroughTheRecordsOfAThirdNode() {
    assumeRunnable();
    NetworkPair internet = assumeNetwork();
    if (cell().listener() == Driver.NATIVE) {
      assumeTrue(Cell.IS_FULL, "a native publishes records after 30 s: full suite only");
      findANeighbourOfANative(internet);
    } else {
      findALichenNode(internet);
    }
  }

  /** The record of a Lichen node names its own address. */
  private void findALichenNode(NetworkPair internet) {
    MeshPeer keeper = keeper(internet, internet.otherRightAddress());
    MeshPeer seeker = peers.start(onTheLeft(dialer().withChannels(), internet));
    MeshPeer provider = peers.start(onTheRight(listener(), internet, internet.rightAddress()));
    befriend(keeper, seeker, internet);
    befriend(keeper, provider, internet);
    assertFalse(
        Waits.holdsWithin(QUIET, () -> seeker.isConnectedTo(provider.id())),
        "they have met without the overlay");

    seeker.subscribe(Talk.CHANNEL);

    Waits.until("they meet", LIMIT, () -> seeker.isConnectedTo(provider.id()));
    Talk.bothWays(seeker, provider);
  }

  /**
   * The record of a native names nodes that it is connected to, for relaying; one of them is on the
   * topic itself.
   */
  private void findANeighbourOfANative(NetworkPair internet) {
    MeshPeer keeper = keeper(internet, internet.rightAddress());
    MeshPeer provider = peers.start(onTheLeft(listener(), internet));
    MeshPeer neighbour = peers.start(onTheRight(dialer(), internet, internet.otherRightAddress()));
    MeshPeer seeker =
        peers.start(onTheRight(dialer().withChannels(), internet, internet.rightAddress()));
    provider.score(keeper.id(), NO_FRIEND);
    provider.score(neighbour.id(), NO_FRIEND);
    befriend(keeper, provider, internet);
    befriend(neighbour, provider, internet);
    befriend(keeper, seeker, internet);

    seeker.subscribe(Talk.CHANNEL);

    Waits.until("they meet", NATIVE_LIMIT, () -> seeker.isConnectedTo(neighbour.id()));
    assertFalse(seeker.isConnectedTo(provider.id()), "through the firewall");
    Talk.bothWays(seeker, provider);
  }

  private MeshPeer keeper(NetworkPair internet, String address) {
    PeerSpec spec = PeerSpec.of(Driver.JAVA, cell().era(), "elsewhere");
    return peers.start(onTheRight(spec, internet, address));
  }

  /** A native dials by itself whom a beacon tells it of. */
  private static void befriend(MeshPeer known, MeshPeer newcomer, NetworkPair internet) {
    known.score(newcomer.id(), NO_FRIEND);
    if (newcomer.spec().driver() == Driver.NATIVE) {
      Waits.until(
          "the native dials whom the beacon names",
          Talk.LIMIT,
          () -> {
            BeaconSender.send(internet.right(), known, newcomer.spec().host());
            return Waits.holdsWithin(
                Duration.ofSeconds(2), () -> newcomer.isConnectedTo(known.id()));
          });
    } else {
      Talk.connect(newcomer, known, known.address(), Carrier.TCP);
    }
  }

  private static PeerSpec onTheRight(PeerSpec spec, NetworkPair internet, String address) {
    return spec.withNamespace(internet.right()).withListen(address, 0);
  }

  private static PeerSpec onTheLeft(PeerSpec spec, NetworkPair internet) {
    PeerSpec placed = spec.withNamespace(internet.left()).withListen(internet.leftAddress(), 0);
    return spec.driver() == Driver.NATIVE ? placed.withConfig(HEARS_BEACONS) : placed;
  }
}
