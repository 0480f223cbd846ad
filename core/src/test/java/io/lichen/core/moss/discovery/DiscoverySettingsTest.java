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

  private static List<String> trackersOf(String bound) throws UnknownHostException {
    MossConfig config =
        MossConfig.parse("{\"trackers\":[\"" + String.join("\",\"", TRACKERS) + "\"]}");
    return DiscoverySettings.of(config, new byte[20], "n", "p", 1, InetAddress.getByName(bound))
        .trackers();
  }
}
