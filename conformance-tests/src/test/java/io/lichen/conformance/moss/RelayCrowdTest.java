// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lichen.conformance.child.Driver;
import io.lichen.conformance.child.Waits;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.MossNode;
import io.lichen.core.moss.RelayedData;
import io.lichen.crypto.PeerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * As many sessions as a relay carries: Lichen nodes through a native, natives through a Lichen
 * node. Ends may have one direct session each, which is the one with the relay.
 */
class RelayCrowdTest extends RelayScenario {
  private static final int SESSIONS = 50;
  private static final int ENDS = 11;

  /** Within which a vanished end is missed, and some time for a machine with much to do. */
  private static final Duration MISSED = Duration.ofSeconds(20 + 5);

  private final Map<PeerId, BlockingQueue<RelayedData>> heard = new HashMap<>();

  private record Pair(MossNode one, MossNode other) {}

  @BeforeEach
  void assumeTime() {
    assumeTrue("full".equals(System.getProperty("lichen.suite")), "only in the full suite");
  }

  private MeshPeer relay(Driver driver, int sessions) {
    return stage.relay(driver, "{\"nat\":{\"relay_max_sessions\":" + sessions + "}}");
  }

  private MossNode node(MeshPeer relay) {
    MossNode node = stage.node(relay, "");
    BlockingQueue<RelayedData> queue = new LinkedBlockingQueue<>();
    heard.put(node.id(), queue);
    node.onRelay(queue::add);
    return node;
  }

  private List<Pair> pairs(MeshPeer relay) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < ENDS; i++) {
      MossNode late = node(relay);
      stage.nodes().subList(0, i).forEach(early -> pairs.add(new Pair(early, late)));
    }
    return pairs;
  }

  /** Opens a session and shows that it carries both ways. */
  private void talk(Pair pair) throws InterruptedException {
    carry(pair.one(), pair.other());
    carry(pair.other(), pair.one());
  }

  private void carry(MossNode from, MossNode to) throws InterruptedException {
    String text = from.id() + " to " + to.id();
    from.relaySendTo(to.id(), text.getBytes(UTF_8));
    RelayedData came =
        requireNonNull(heard.get(to.id())).poll(Talk.LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertNotNull(came, "relayed data should have come");
    assertEquals(text, new String(came.data(), UTF_8));
    assertEquals(from.id(), came.sender());
  }

  @Test
  void shouldHaveFiftySessionsThroughANativeAndMissWhoVanishes() throws Exception {
    MeshPeer relay = relay(Driver.NATIVE, SESSIONS);
    List<Pair> pairs = pairs(relay);
    for (Pair pair : pairs.subList(0, SESSIONS)) {
      talk(pair);
    }
    assertEquals(SESSIONS, relay.info().path("relay_route_count").intValue());
    Pair oneMore = pairs.get(SESSIONS);
    assertThrows(
        MossException.class, () -> oneMore.one().relaySendTo(oneMore.other().id(), new byte[1]));

    MossNode gone = stage.nodes().getFirst();
    long sinceNs = System.nanoTime();
    gone.close();
    Waits.until(
        "nobody has it any more",
        MISSED,
        () -> stage.nodes().stream().skip(1).noneMatch(node -> has(node, gone.id())));
    System.out.printf(
        "Missed by all after %d ms%n", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNs));
    Waits.until(
        "there is room again",
        Talk.LIMIT,
        () -> relay.info().path("relay_route_count").intValue() == SESSIONS - (ENDS - 1));
    talk(oneMore);
  }

  private static boolean has(MossNode node, PeerId peer) {
    return node.info().peerDetails().stream().anyMatch(each -> each.id().equals(peer.hex()));
  }

  @Test
  void shouldCarryAsManySessionsOfNativesAsItMay() {
    MeshPeer relay = relay(Driver.JAVA, 4);
    List<MeshPeer> ends = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ends.add(stage.end(Driver.NATIVE, relay));
    }
    // Half of them may be asked for by one node.
    int[][] pairs = {{0, 1}, {0, 2}, {3, 0}, {1, 2}};
    for (int[] pair : pairs) {
      carry(ends.get(pair[0]), ends.get(pair[1]));
      carry(ends.get(pair[1]), ends.get(pair[0]));
    }
    assertEquals(4, relay.info().path("relay_route_count").intValue());
    assertNotEquals(0, ends.get(2).relay(ends.get(3).id(), new byte[1]), "there is no room");
  }

  private static void carry(MeshPeer from, MeshPeer to) {
    to.relayed().clear();
    String text = "of " + from.id();
    assertEquals(0, from.relay(to.id(), text.getBytes(UTF_8)), "code of relay");
    Relayed came = to.relayed().awaitCount(1, Talk.LIMIT).getFirst();
    assertEquals(text, new String(came.data(), UTF_8));
  }
}
