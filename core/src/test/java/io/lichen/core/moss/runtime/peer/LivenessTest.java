// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.peer;

import static io.lichen.core.moss.runtime.peer.Liveness.Verdict.CLOSE;
import static io.lichen.core.moss.runtime.peer.Liveness.Verdict.IDLE;
import static io.lichen.core.moss.runtime.peer.Liveness.Verdict.PING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class LivenessTest {
  private static final long S = 1_000_000_000L;

  private final Liveness liveness = new Liveness(Liveness.Params.defaults(), 0);

  @Test
  void shouldPingEveryInterval() {
    assertEquals(IDLE, liveness.tick(15 * S - 1, false));
    assertEquals(PING, liveness.tick(15 * S, false));
    liveness.pinged("a", 15 * S);
    assertEquals(IDLE, liveness.tick(16 * S, false));
    assertTrue(liveness.onPong("a", 16 * S));
    assertEquals(S, liveness.rttNs());
    assertEquals(IDLE, liveness.tick(30 * S - 1, false));
    assertEquals(PING, liveness.tick(30 * S, false));
  }

  @Test
  void shouldCloseAfterSixMissesInARow() {
    long now = 15 * S;
    assertEquals(PING, liveness.tick(now, false));
    for (int miss = 1; miss <= 6; miss++) {
      liveness.pinged("p" + miss, now);
      assertEquals(IDLE, liveness.tick(now + 5 * S - 1, false));
      now += 5 * S;
      assertEquals(miss == 6 ? CLOSE : PING, liveness.tick(now, false), "miss " + miss);
      assertEquals(miss, liveness.misses());
    }
  }

  @Test
  void shouldMissADeadPeerOverUdpWithinElevenSeconds() {
    Liveness datagrams = new Liveness(Liveness.Params.datagrams(), 0);
    assertEquals(IDLE, datagrams.tick(5 * S - 1, false));
    for (long now = 5 * S; now < 11 * S; now += S) {
      assertEquals(PING, datagrams.tick(now, false), "at " + now);
      datagrams.pinged("p" + now, now);
    }
    assertEquals(CLOSE, datagrams.tick(11 * S, false));
  }

  @Test
  void shouldForgetMissesWithThePongOfThePendingPingOnly() {
    liveness.pinged("a", 0);
    assertEquals(PING, liveness.tick(5 * S, false));
    liveness.pinged("b", 5 * S);
    assertFalse(liveness.onPong("a", 6 * S));
    assertEquals(1, liveness.misses());
    assertTrue(liveness.onPong("b", 6 * S));
    assertEquals(0, liveness.misses());
    assertFalse(liveness.onPong("b", 6 * S));
  }

  @Test
  void shouldNotCountAMissWhileBytesMove() {
    liveness.pinged("a", 0);
    assertEquals(IDLE, liveness.tick(S, true));
    assertEquals(IDLE, liveness.tick(5 * S, false));
    assertEquals(0, liveness.misses());
    assertEquals(IDLE, liveness.tick(10 * S - 1, false));
    assertEquals(PING, liveness.tick(10 * S, false));
    assertEquals(1, liveness.misses());
  }

  @Test
  void shouldProbeAtOnceAndWaitOnlyShortly() {
    liveness.probe(S);
    assertEquals(PING, liveness.tick(S, false));
    liveness.pinged("probe", S);
    assertEquals(IDLE, liveness.tick(2 * S - 1, false));
    assertEquals(PING, liveness.tick(2 * S, false));
    assertEquals(1, liveness.misses());
  }

  @Test
  void shouldPingAtOnceAndCloseIfNothingEverComes() {
    Liveness unproven = Liveness.unproven(Liveness.Params.defaults(), 0);
    assertEquals(PING, unproven.tick(0, false));
    unproven.pinged("a", 0);
    assertEquals(PING, unproven.tick(S, false));
    unproven.pinged("b", S);
    assertEquals(IDLE, unproven.tick(5 * S - 1, false));
    assertEquals(CLOSE, unproven.tick(5 * S, false));
  }

  @Test
  void shouldBeAsPatientAsWithOthersOnceAnythingHasCome() {
    Liveness proven = Liveness.unproven(Liveness.Params.defaults(), 0);
    assertEquals(PING, proven.tick(S, true));
    proven.pinged("a", S);
    assertEquals(PING, proven.tick(6 * S, false));
    assertEquals(1, proven.misses());
  }

  @Test
  void shouldShortenAPingUnderWayWhenProbed() {
    liveness.pinged("a", 0);
    liveness.probe(S);
    assertEquals(IDLE, liveness.tick(2 * S - 1, false));
    assertEquals(PING, liveness.tick(2 * S, false));
  }

  @Test
  void shouldFindOutWithinSecondsWhetherDoubtfulSessionIsDead() {
    liveness.doubt(0);
    long now = 0;
    for (int miss = 1; miss <= 4; miss++) {
      assertEquals(PING, liveness.tick(now, false), "miss " + miss);
      liveness.pinged("p" + miss, now);
      assertEquals(IDLE, liveness.tick(now + S - 1, false));
      now += S;
    }
    assertEquals(CLOSE, liveness.tick(now, false));
  }

  @Test
  void shouldNotBeginAnewWhenDoubtedAgain() {
    liveness.doubt(0);
    liveness.tick(0, false);
    liveness.pinged("a", 0);
    assertEquals(PING, liveness.tick(S, false));
    liveness.doubt(S);
    assertEquals(1, liveness.misses());
  }

  @Test
  void shouldDoubtNoMoreOnceAnythingCame() {
    liveness.doubt(0);
    assertEquals(PING, liveness.tick(0, false));
    liveness.pinged("a", 0);
    assertEquals(IDLE, liveness.tick(S / 2, true));
    assertTrue(liveness.onPong("a", S / 2));
    assertEquals(PING, liveness.tick(15 * S, false));
    liveness.pinged("b", 15 * S);
    assertEquals(IDLE, liveness.tick(20 * S - 1, false), "as patient as ever");
  }

  @Test
  void shouldHurryPingThatIsUnderWayWhenInDoubt() {
    liveness.pinged("a", 0);
    liveness.doubt(S);
    assertEquals(PING, liveness.tick(2 * S, false));
  }
}
