// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.core.moss.MossConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiscoverySettingsTest {
  private static final List<String> TRACKERS =
      List.of(
          "udp://tracker.example:1337/announce",
          "http://127.0.0.1:8000/announce",
          "http://127.example:80/announce",
          "udp://[::1]:9/announce",
          "http://localhost/announce",
          "no url at all");

  @Test
  void shouldTellNobodyElsewhereOfANodeOnTheLoopback() throws UnknownHostException {
    assertEquals(
        List.of(TRACKERS.get(1), TRACKERS.get(3), TRACKERS.get(4)), trackersOf("127.0.0.1"));
  }

  @Test
  void shouldAskAllTrackersForANodeThatOthersCanReach() throws UnknownHostException {
    assertEquals(TRACKERS, trackersOf("0.0.0.0"));
  }

  @Test
  void shouldBeginInTheDhtWithNobodyElsewhereForANodeOnTheLoopback() throws UnknownHostException {
    List<String> nodes =
        List.of("router.example:6881", "127.0.0.1:6881", "localhost:1", "127.example:1", "6881");
    assertEquals(List.of(nodes.get(1), nodes.get(2)), bootstrapOf("127.0.0.1", nodes));
    assertEquals(nodes, bootstrapOf("0.0.0.0", nodes));
  }

  private static List<String> bootstrapOf(String bound, List<String> nodes)
      throws UnknownHostException {
    String names = String.join("\",\"", nodes);
    return settings("{\"lichen\":{\"dht_bootstrap\":[\"" + names + "\"]}}", bound).dhtBootstrap();
  }

  private static List<String> trackersOf(String bound) throws UnknownHostException {
    return settings("{\"trackers\":[\"" + String.join("\",\"", TRACKERS) + "\"]}", bound)
        .trackers();
  }

  private static DiscoverySettings settings(String config, String bound)
      throws UnknownHostException {
    return DiscoverySettings.of(
        MossConfig.parse(config), new byte[20], "n", "p", 1, InetAddress.getByName(bound));
  }
}
