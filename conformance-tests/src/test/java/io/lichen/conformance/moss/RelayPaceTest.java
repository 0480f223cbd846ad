// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lichen.conformance.child.Driver;
import io.lichen.conformance.child.Waits;
import io.lichen.core.moss.MossNode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What a Lichen node has taken to be sent through a native arrives, though the native drops without
 * a word what is more than its limit at once.
 */
class RelayPaceTest extends RelayScenario {
  private static final int CHUNKS = 10;
  private static final int CHUNK_BYTES = 50_000;

  private final Queue<Integer> heard = new ConcurrentLinkedQueue<>();

  private record Pair(MossNode from, MossNode to) {}

  private Pair pair(String relayConfig, String endConfig) {
    MeshPeer relay = stage.relay(Driver.NATIVE, relayConfig);
    Pair pair = new Pair(stage.node(relay, endConfig), stage.node(relay, endConfig));
    assertTrue(pair.from().relaySendTo(pair.to().id(), new byte[1]), "sealed");
    Waits.until("they are peers", Talk.LIMIT, () -> areRelayed(pair));
    return pair;
  }

  private static boolean areRelayed(Pair pair) {
    return RelayStage.areRelayed(pair.from(), pair.to());
  }

  private void hear(byte[] data) {
    if (data.length > 1) {
      heard.add(ByteBuffer.wrap(data).getInt());
    }
  }

  private static byte[] numbered(int number, int bytes) {
    return ByteBuffer.allocate(bytes).putInt(number).array();
  }

  private void awaitAll(Pair pair, int count) {
    List<Integer> all = IntStream.range(0, count).boxed().toList();
    Waits.until("all have come", Talk.LIMIT, () -> heard.size() >= count);
    assertEquals(all, heard.stream().sorted().toList());
    assertTrue(areRelayed(pair), "they have met behind the relay's back");
  }

  /** Ten times what makes two thirds of a million octets, of which 256000 may come at once. */
  @Test
  void shouldWaitForWhatANativeBears() {
    assumeTrue("full".equals(System.getProperty("lichen.suite")), "only in the full suite");
    Pair pair = pair("{}", "");
    pair.to().onRelay(came -> hear(came.data()));
    for (int i = 0; i < CHUNKS; i++) {
      assertTrue(pair.from().relaySendTo(pair.to().id(), numbered(i, CHUNK_BYTES)), "sealed");
    }
    awaitAll(pair, CHUNKS);
  }
}
