// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.dial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.crypto.PeerId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RedialerTest {
  private static final long MS = 1_000_000L;
  private static final long S = 1000 * MS;
  private static final PeerAddress HOME = PeerAddress.parse("192.0.2.1:7");
  private static final PeerId PEER = PeerId.of(new byte[32]);

  private final Redialer redialer =
      new Redialer(Redialer.Params.defaults(), new SplittableRandom(1));

  private List<PeerAddress> due(long nowNs) {
    return redialer.takeDue(nowNs, peer -> false);
  }

  @Test
  void shouldDialAStaticPeerAtOnceAndOnlyOnceAtATime() {
    redialer.addStatic(HOME, 0);
    redialer.addStatic(HOME, 0);
    assertEquals(List.of(HOME), due(0));
    assertEquals(List.of(), due(S));
  }

  @Test
  void shouldDialAllStaticPeersWithoutWaitingForTheFirst() {
    PeerAddress other = PeerAddress.parse("192.0.2.2:7");
    redialer.addStatic(HOME, 0);
    redialer.addStatic(other, 0);
    assertEquals(List.of(HOME, other), due(0));
    redialer.failed(other, S);
    assertEquals(List.of(other), due(3 * S), "again, though the first says nothing");
  }

  @Test
  void shouldTryOftenInTheFirstMinuteAndSeldomLater() {
    redialer.addStatic(HOME, 0);
    List<Long> tries = new ArrayList<>();
    for (long now = 0; now < 1800 * S; now += 10 * MS) {
      if (!due(now).isEmpty()) {
        tries.add(now);
        redialer.failed(HOME, now);
      }
    }
    for (int i = 1; i < tries.size(); i++) {
      long gap = tries.get(i) - tries.get(i - 1);
      long most = tries.get(i - 1) < 60 * S ? 2 * S : 300 * S;
      assertTrue(gap <= most + 10 * MS, "gap of " + gap + " ns after try " + i);
    }
    long late = tries.stream().filter(t -> t > 300 * S).count();
    assertTrue(late >= 4 && late <= 10, late + " tries in the last 25 minutes");
    assertTrue(tries.get(1) <= 260 * MS, "the first comes soon: " + tries.get(1));
  }

  @Test
  void shouldNotDialWhileThePeerIsConnectedWhoeverOpenedTheSession() {
    redialer.reached(HOME, PEER, 0);
    assertEquals(List.of(), redialer.takeDue(3600 * S, PEER::equals));
    assertEquals(List.of(HOME), redialer.takeDue(3600 * S, peer -> false));
  }

  @Test
  void shouldComeBackSoonAfterALoss() {
    redialer.reached(HOME, PEER, 0);
    redialer.lost(PEER, 1000 * S, 0, 1000 * S);
    assertEquals(List.of(), due(1000 * S));
    assertEquals(List.of(HOME), due(1000 * S + 250 * MS));
  }

  @Test
  void shouldLeaveAShedPeerAlone() {
    redialer.reached(HOME, PEER, 0);
    redialer.lost(PEER, 1000 * S, 10 * S, 1000 * S);
    assertEquals(List.of(), due(1010 * S - 1));
    assertEquals(List.of(HOME), due(1010 * S));
  }

  @Test
  void shouldSlowDownWhenSessionsDoNotLast() {
    redialer.reached(HOME, PEER, 0);
    long now = 0;
    for (int i = 0; i < 5; i++) {
      redialer.lost(PEER, MS, 0, now);
      now += 2 * S;
      due(now);
      redialer.reached(HOME, PEER, now);
    }
    redialer.lost(PEER, MS, 0, now);
    assertEquals(List.of(), due(now + S));
    assertEquals(List.of(HOME), due(now + 2 * S));
  }

  @Test
  void shouldForgetTheOldestLearnedAddressButNoStaticOne() {
    redialer.addStatic(HOME, 0);
    for (int i = 0; i <= Redialer.MAX_LEARNED; i++) {
      redialer.reached(PeerAddress.parse("192.0.2.2:" + (i + 1)), PEER, 0);
    }
    assertEquals(Redialer.MAX_LEARNED + 1, redialer.size());
    assertEquals(List.of(HOME), due(0).subList(0, 1));
    assertEquals(PEER, redialer.peerAt(PeerAddress.parse("192.0.2.2:2")));
    assertEquals(null, redialer.peerAt(PeerAddress.parse("192.0.2.2:1")));
  }

  @Test
  void shouldDialWhatIsMissingAtOnceInAnotherNetwork() {
    redialer.addStatic(HOME, 0);
    for (long now = 0; now < 600 * S; now += S) {
      if (!due(now).isEmpty()) {
        redialer.failed(HOME, now);
      }
    }
    redialer.startOver(600 * S);
    assertEquals(List.of(HOME), due(600 * S));
    redialer.failed(HOME, 600 * S);
    assertEquals(List.of(HOME), due(601 * S), "and soon again");
  }
}
