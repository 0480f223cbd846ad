// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.transport.Suite;
import io.lichen.transport.net.Faults;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application that does not keep up stops the sender, and loses nothing. */
class HeldCreditTest {
  private static final long STREAM = 77;
  private static final int WINDOW_BYTES = 65_536;
  private static final int EVENTS = 4000;
  private static final long LIMIT_NS = 600_000 * Faults.MS;

  @Test
  void shouldGetNoMoreThanTwoWindowsBeforeItConsumes() {
    SimLink link = new SimLink(1, Faults.losing(0, 1));
    SimPeer sender = new SimPeer(link, 0);
    SimPeer slow = new SimPeer(link, 1);
    slow.isSlow = true;
    sender.send(STREAM, true, EVENTS, 64, 1);
    assertFalse(link.runUntil(() -> sender.isSent(STREAM), 20_000 * Faults.MS));
    int waiting = slow.unconsumed.getOrDefault(STREAM, 0);
    // What comes ahead of its turn is confirmed as it comes: so much may come beyond the window.
    assertTrue(
        waiting > WINDOW_BYTES - 200 && waiting <= 2 * WINDOW_BYTES, () -> waiting + " bytes");
    assertTrue(sender.streams.isIdle(STREAM), "what was sent is acknowledged all the same");
    slow.isSlow = false;
    slow.consume();
    assertTrue(link.runUntil(() -> sender.isSent(STREAM), LIMIT_NS));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 20, 40})
  void shouldLoseNothingHoweverOftenItFallsBehind(int loss) {
    long seed = Suite.seed();
    SimLink link = new SimLink(seed, Faults.losing(loss, 1));
    SimPeer sender = new SimPeer(link, 0);
    SimPeer slow = new SimPeer(link, 1);
    slow.isSlow = true;
    sender.send(STREAM, true, EVENTS, 64, 1);
    String what = "seed " + seed;
    for (int turn = 0; turn < 200 && !sender.isSent(STREAM); turn++) {
      link.runUntil(() -> sender.isSent(STREAM), 2000 * Faults.MS);
      slow.consume();
    }
    assertTrue(sender.isSent(STREAM), what);
    List<Long> all = LongStream.range(0, EVENTS).boxed().toList();
    assertEquals(all, slow.delivered(STREAM), what);
    assertEquals(List.of(), sender.ends, what);
  }

  @Test
  void shouldNotConfirmMoreThanWasHeld() {
    SimLink link = new SimLink(1, Faults.losing(0, 1));
    SimPeer sender = new SimPeer(link, 0);
    SimPeer receiver = new SimPeer(link, 1);
    sender.send(STREAM, true, 10, 64, 1);
    assertTrue(link.runUntil(() -> sender.isSent(STREAM), LIMIT_NS));
    receiver.streams.release(STREAM, 1 << 20, link.nowNs());
    receiver.streams.release(STREAM + 1, 1, link.nowNs());
    receiver.streams.flush(link.nowNs());
    sender.send(STREAM, true, EVENTS, 64, 1);
    assertTrue(link.runUntil(() -> sender.isSent(STREAM), LIMIT_NS));
    assertEquals(EVENTS + 10, receiver.delivered(STREAM).size());
  }
}
