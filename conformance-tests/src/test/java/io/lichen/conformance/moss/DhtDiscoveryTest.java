// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import io.lichen.conformance.child.Driver;
import io.lichen.conformance.matrix.Scenario;
import io.lichen.conformance.moss.netns.NetworkPair;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two nodes in an internet of their own, in which the names that a native asks about the DHT lead
 * to a Lichen node of another mesh: a native cannot be told of other names. Natives have a DHT in
 * era C only.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lichen.conformance.moss.Cell#tcpOfEraC")
class DhtDiscoveryTest extends NetworkScenario {
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private static final List<String> ROUTERS =
      List.of(
          "router.utorrent.com",
          "router.bittorrent.com",
          "dht.transmissionbt.com",
          "dht.aelitis.com",
          "router.silotis.us",
          "dht.libtorrent.org",
          "dht.anacrolix.link",
          "router.bittorrent.cloud");

  /** At the port of most routers, for others to begin with. */
  private static final String ROUTER =
      """
      {"network_id":"elsewhere","dht_enabled":true,"dht_port":6881,"lichen":{"dht_bootstrap":[]}}
      """;

  /** The listener looks once, before anybody is there, so that it is found and does not find. */
  private static final String ONCE = "{\"dht_enabled\":true,\"announce_interval_sec\":3600}";

  private static final String OFTEN = "{\"dht_enabled\":true,\"announce_interval_sec\":1}";

  @Override
  NetworkPair open() {
    return NetworkPair.internet();
  }

  @Test
  @Scenario("the DHT names the listener to the dialer")
  void shouldMeetThroughTheDht() {
    assumeRunnable();
    NetworkPair internet = assumeNetwork();
    internet.name(ROUTERS, internet.leftAddress());
    peers.start(
        PeerSpec.of(Driver.JAVA, cell().era(), "elsewhere")
            .withNamespace(internet.left())
            .withListen(internet.leftAddress(), 0)
            .withConfig(ROUTER));
    MeshPeer listener =
        peers.start(
            listener()
                .withNamespace(internet.right())
                .withListen(internet.rightAddress(), 0)
                .withConfig(ONCE));
    MeshPeer dialer =
        peers.start(
            dialer()
                .withNamespace(internet.left())
                .withListen(internet.leftAddress(), 0)
                .withConfig(OFTEN));
    dialer.awaitEvent("PEER_JOINED", listener.id(), LIMIT);
    listener.awaitEvent("PEER_JOINED", dialer.id(), LIMIT);
    Talk.bothWays(dialer, listener);
  }
}
