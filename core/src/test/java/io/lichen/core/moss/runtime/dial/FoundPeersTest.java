// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.dial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.core.moss.runtime.work.NodeCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of addresses that others name. */
final class FoundPeersTest {
  private static final String FAR = "203.0.113.7:9";

  private final NodeCounters counters = new NodeCounters();
  private final List<String> dialed = new ArrayList<>();
  private final List<CompletableFuture<Void>> underWay = new ArrayList<>();
  private final FoundPeers found = new FoundPeers(Runnable::run, this::dial, counters);

  private CompletableFuture<Void> dial(PeerAddress address) {
    dialed.add(address.toString());
    CompletableFuture<Void> outcome = new CompletableFuture<>();
    underWay.add(outcome);
    return outcome;
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.9:1, 203.0.113.7, true",
    "[2001:db8::1]:9, 203.0.113.7, true",
    "192.168.1.1:22, 203.0.113.7, false",
    "10.0.0.1:22, 203.0.113.7, false",
    "100.64.0.1:22, 203.0.113.7, false",
    "169.254.169.254:80, 203.0.113.7, false",
    "[fd00::1]:22, 203.0.113.7, false",
    "127.0.0.1:22, 203.0.113.7, false",
    "127.0.0.1:22, 192.168.1.2, false",
    "[::1]:22, 192.168.1.2, false",
    "0.0.0.0:22, 127.0.0.1, false",
    "224.0.0.1:22, 127.0.0.1, false",
    "192.168.1.1:22, 192.168.1.2, true",
    "203.0.113.9:1, 192.168.1.2, true",
    "127.0.0.1:22, 127.0.0.1, true",
    "example.org:80, 203.0.113.7, false",
    "203.0.113.9:0, 203.0.113.7, false",
    "203.0.113.9, 203.0.113.7, false",
    "'', 203.0.113.7, false",
  })
  void shouldDialLiteralsThatLieNoCloserThanWhoNamedThem(
      String address, String source, boolean dials) {
    found.offer(address, source + ":9", 0);

    assertEquals(dials ? List.of(address) : List.of(), dialed);
    assertEquals(dials ? 0 : 1, counters.attachmentsRefused.sum());
  }

  @Test
  void shouldDialAnAddressOnceAMinute() {
    found.offer("203.0.113.9:1", FAR, 0);
    underWay.getFirst().completeExceptionally(new IllegalStateException("refused"));
    found.offer("203.0.113.9:1", FAR, FoundPeers.AGAIN_NS - 1);
    assertEquals(1, dialed.size());

    found.offer("203.0.113.9:1", FAR, FoundPeers.AGAIN_NS);
    assertEquals(2, dialed.size());
  }

  @Test
  void shouldDialFewAtATimeAndDropWhatIsTooMuch() {
    for (int port = 1; port <= 100; port++) {
      found.offer("203.0.113.9:" + port, FAR, 0);
    }
    assertEquals(FoundPeers.MAX_DIALING, dialed.size());
    assertEquals(
        100 - FoundPeers.MAX_DIALING - FoundPeers.MAX_WAITING, counters.attachmentsRefused.sum());

    for (int i = 0; i < underWay.size(); i++) {
      underWay.get(i).complete(null);
    }
    assertEquals(FoundPeers.MAX_DIALING + FoundPeers.MAX_WAITING, dialed.size());
    assertEquals(dialed.size(), counters.attachmentsDialed.sum());
  }
}
