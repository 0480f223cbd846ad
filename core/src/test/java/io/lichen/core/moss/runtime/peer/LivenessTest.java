// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.peer;

import static io.lichen.core.moss.runtime.peer.Liveness.Sign.NONE;
import static io.lichen.core.moss.runtime.peer.Liveness.Sign.SPEAKS;
import static io.lichen.core.moss.runtime.peer.Liveness.Sign.TAKES;
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
    assertEquals(IDLE, liveness.tick(15 * S - 1, NONE));
    assertEquals(PING, liveness.tick(15 * S, NONE));
    liveness.pinged("a", 15 * S);
    assertEquals(IDLE, liveness.tick(16 * S, NONE));
    assertTrue(liveness.onPong("a", 16 * S));
    assertEquals(S, liveness.rttNs());
    assertEquals(IDLE, liveness.tick(30 * S - 1, NONE));
    assertEquals(PING, liveness.tick(30 * S, NONE));
  }

  @Test
  void shouldCloseAfterSixMissesInARow() {
    long now = 15 * S;
    assertEquals(PING, liveness.tick(now, NONE));
    for (int miss = 1; miss <= 6; miss++) {
      liveness.pinged("p" + miss, now);
      assertEquals(IDLE, liveness.tick(now + 5 * S - 1, NONE));
      now += 5 * S;
      assertEquals(miss == 6 ? CLOSE : PING, liveness.tick(now, NONE), "miss " + miss);
      assertEquals(miss, liveness.misses());
    }
  }

  @Test
  void shouldMissADeadPeerOverTcpWithinThirteenSeconds() {
    Liveness streams = new Liveness(Liveness.Params.streams(), 0);
    assertEquals(IDLE, streams.tick(5 * S - 1, NONE));
    for (long now = 5 * S; now < 13 * S; now += 2 * S) {
      assertEquals(PING, streams.tick(now, NONE), "at " + now);
      streams.pinged("p" + now, now);
      assertEquals(IDLE, streams.tick(now + 2 * S - 1, NONE), "after " + now);
    }
    assertEquals(CLOSE, streams.tick(13 * S, NONE));
  }

  @Test
  void shouldMissADeadPeerOverUdpWithinElevenSeconds() {
    Liveness datagrams = new Liveness(Liveness.Params.datagrams(), 0);
    assertEquals(IDLE, datagrams.tick(5 * S - 1, NONE));
    for (long now = 5 * S; now < 11 * S; now += S) {
      assertEquals(PING, datagrams.tick(now, NONE), "at " + now);
      datagrams.pinged("p" + now, now);
    }
    assertEquals(CLOSE, datagrams.tick(11 * S, NONE));
  }

  @Test
  void shouldForgetMissesWithThePongOfThePendingPingOnly() {
    liveness.pinged("a", 0);
    assertEquals(PING, liveness.tick(5 * S, NONE));
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
    assertEquals(IDLE, liveness.tick(S, SPEAKS));
    assertEquals(IDLE, liveness.tick(5 * S, NONE));
    assertEquals(0, liveness.misses());
    assertEquals(IDLE, liveness.tick(10 * S - 1, NONE));
    assertEquals(PING, liveness.tick(10 * S, NONE));
    assertEquals(1, liveness.misses());
  }

  @Test
  void shouldProbeAtOnceAndWaitOnlyShortly() {
    liveness.probe(S);
    assertEquals(PING, liveness.tick(S, NONE));
    liveness.pinged("probe", S);
    assertEquals(IDLE, liveness.tick(2 * S - 1, NONE));
    assertEquals(PING, liveness.tick(2 * S, NONE));
    assertEquals(1, liveness.misses());
  }

  @Test
  void shouldPingAtOnceAndCloseIfNothingEverComes() {
    Liveness unproven = Liveness.unproven(Liveness.Params.defaults(), 0);
    assertEquals(PING, unproven.tick(0, NONE));
    unproven.pinged("a", 0);
    assertEquals(PING, unproven.tick(S, NONE));
    unproven.pinged("b", S);
    assertEquals(IDLE, unproven.tick(5 * S - 1, NONE));
    assertEquals(CLOSE, unproven.tick(5 * S, NONE));
  }

  @Test
  void shouldBeAsPatientAsWithOthersOnceAnythingHasCome() {
    Liveness proven = Liveness.unproven(Liveness.Params.defaults(), 0);
    assertEquals(PING, proven.tick(S, SPEAKS));
    proven.pinged("a", S);
    assertEquals(PING, proven.tick(6 * S, NONE));
    assertEquals(1, proven.misses());
  }

  @Test
  void shouldShortenAPingUnderWayWhenProbed() {
    liveness.pinged("a", 0);
    liveness.probe(S);
    assertEquals(IDLE, liveness.tick(2 * S - 1, NONE));
    assertEquals(PING, liveness.tick(2 * S, NONE));
  }

  @Test
  void shouldFindOutWithinSecondsWhetherDoubtfulSessionIsDead() {
    liveness.doubt(0);
    long now = 0;
    for (int miss = 1; miss <= 4; miss++) {
      assertEquals(PING, liveness.tick(now, NONE), "miss " + miss);
      liveness.pinged("p" + miss, now);
      assertEquals(IDLE, liveness.tick(now + S - 1, NONE));
      now += S;
    }
    assertEquals(CLOSE, liveness.tick(now, NONE));
  }

  /** What is written goes into the socket for a while, wherever the other end has gone. */
  @Test
  void shouldGoOnDoubtingAnEndThatSaysNothingThoughItSeemedToTakeSomething() {
    liveness.doubt(0);
    assertEquals(PING, liveness.tick(0, NONE));
    liveness.pinged("a", 0);
    assertEquals(IDLE, liveness.tick(S / 2, TAKES));
    assertEquals(IDLE, liveness.tick(S, NONE), "its pong may be late");
    for (long now = 2 * S; now < 5 * S; now += S) {
      assertEquals(PING, liveness.tick(now, NONE), "at " + now);
      liveness.pinged("p" + now, now);
    }
    assertEquals(CLOSE, liveness.tick(5 * S, NONE));
  }

  @Test
  void shouldNotGiveUpADoubtfulEndWhileItTakesWhatWaits() {
    liveness.doubt(0);
    assertEquals(PING, liveness.tick(0, NONE));
    liveness.pinged("a", 0);
    for (long now = S; now < 60 * S; now += S) {
      assertEquals(IDLE, liveness.tick(now, TAKES), "at " + now);
    }
    assertEquals(0, liveness.misses());
  }

  @Test
  void shouldNotTakeItForProofThatSomethingWasSent() {
    Liveness unproven = Liveness.unproven(Liveness.Params.defaults(), 0);
    assertEquals(PING, unproven.tick(0, TAKES));
    unproven.pinged("a", 0);
    assertEquals(CLOSE, unproven.tick(5 * S, TAKES));
  }

  @Test
  void shouldNotBeginAnewWhenDoubtedAgain() {
    liveness.doubt(0);
    liveness.tick(0, NONE);
    liveness.pinged("a", 0);
    assertEquals(PING, liveness.tick(S, NONE));
    liveness.doubt(S);
    assertEquals(1, liveness.misses());
  }

  @Test
  void shouldDoubtNoMoreOnceAnythingCame() {
    liveness.doubt(0);
    assertEquals(PING, liveness.tick(0, NONE));
    liveness.pinged("a", 0);
    assertEquals(IDLE, liveness.tick(S / 2, SPEAKS));
    assertTrue(liveness.onPong("a", S / 2));
    assertEquals(PING, liveness.tick(15 * S, NONE));
    liveness.pinged("b", 15 * S);
    assertEquals(IDLE, liveness.tick(20 * S - 1, NONE), "as patient as ever");
  }

  @Test
  void shouldHurryPingThatIsUnderWayWhenInDoubt() {
    liveness.pinged("a", 0);
    liveness.doubt(S);
    assertEquals(PING, liveness.tick(2 * S, NONE));
  }
}
