// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.discovery.Candidates.Attempt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CandidatesTest {
  private static final long S = 1_000_000_000L;

  private final DiscoveryCounters counters = new DiscoveryCounters();
  private final Candidates candidates = new Candidates(CandidatesTest::waitNs, counters);

  private static long waitNs(int failures) {
    return Math.min(300 * S, (5 * S) << failures);
  }

  private static Endpoint endpoint(String text) {
    return Endpoint.parse(text).orElseThrow();
  }

  private static Endpoint numbered(int i) {
    return endpoint("10.0." + i / 256 + "." + i % 256 + ":4000");
  }

  private void offer(DiscoverySource source, int from, int to, long nowNs) {
    List<Endpoint> some = new ArrayList<>();
    for (int i = from; i < to; i++) {
      some.add(numbered(i));
    }
    candidates.offer(source, some, nowNs);
  }

  private List<Attempt> due(int max, long nowNs) {
    return candidates.takeDue(max, e -> false, nowNs);
  }

  @Test
  void shouldTryFortyDeadAddressesOneAfterTheOther() {
    offer(DiscoverySource.TRACKER, 0, 40, 0);
    Set<Endpoint> tried = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      for (Attempt attempt : due(2, i * S)) {
        assertTrue(tried.add(attempt.endpoint()), "none twice before all were tried");
        candidates.failed(attempt, i * S);
      }
    }
    assertEquals(40, tried.size());
  }

  @Test
  void shouldWaitLongerAfterEveryFailure() {
    offer(DiscoverySource.TRACKER, 0, 1, 0);
    List<Long> waits = new ArrayList<>();
    long last = 0;
    for (long now = 0; now < 800 * S; now += S) {
      candidates.offer(DiscoverySource.TRACKER, List.of(numbered(0)), now);
      for (Attempt attempt : due(8, now)) {
        waits.add((now - last) / S);
        last = now;
        candidates.failed(attempt, now);
      }
    }
    assertEquals(List.of(0L, 5L, 10L, 20L, 40L, 80L, 160L, 300L), waits);
  }

  @Test
  void shouldHaveOnlySoManyUnderWay() {
    offer(DiscoverySource.LAN, 0, 10, 0);
    List<Attempt> first = due(3, 0);
    assertEquals(3, first.size());
    assertEquals(List.of(), due(3, 0));
    candidates.failed(first.getFirst(), 0);
    assertEquals(1, due(3, 0).size());
  }

  @Test
  void shouldTryAPublicAddressOverUdpWhenTcpDoesNotGetThrough() {
    candidates.offer(DiscoverySource.TRACKER, List.of(endpoint("203.0.113.1:1")), 0);
    Attempt tcp = due(1, 0).getFirst();
    assertFalse(tcp.overUdp());
    candidates.failed(tcp, S);
    Attempt udp = due(1, S).getFirst();
    assertTrue(udp.overUdp());
    candidates.failed(udp, 2 * S);
    assertEquals(List.of(), due(1, 7 * S - 1));
    assertFalse(due(1, 7 * S).getFirst().overUdp());
  }

  @Test
  void shouldNotLetOneSourcePushOutWhatAnotherSaid() {
    offer(DiscoverySource.CACHE, 0, 10, 0);
    offer(DiscoverySource.LAN, 1000, 3000, 1);
    assertEquals(Candidates.MAX_PER_SOURCE + 10, candidates.size());
    assertEquals(
        10, due(1000, 1).stream().filter(a -> a.source() == DiscoverySource.CACHE).count());
    assertEquals(2000, counters.found(DiscoverySource.LAN).sum());
    assertEquals(2000 - Candidates.MAX_PER_SOURCE, counters.refused(DiscoverySource.LAN).sum());
  }

  @Test
  void shouldForgetWhatNobodyNamesAnyMore() {
    offer(DiscoverySource.TRACKER, 0, 2, 0);
    candidates.offer(DiscoverySource.TRACKER, List.of(numbered(1)), 300 * S);
    candidates.takeDue(0, e -> false, 601 * S);
    assertEquals(1, candidates.size());
  }

  @Test
  void shouldLeaveOutWhatIsSettledAndWhatIsNoPlace() {
    offer(DiscoverySource.TRACKER, 0, 2, 0);
    candidates.offer(DiscoverySource.TRACKER, List.of(endpoint("0.0.0.0:1")), 0);
    List<Attempt> due = candidates.takeDue(8, numbered(0)::equals, 0);
    assertEquals(List.of(numbered(1)), due.stream().map(Attempt::endpoint).toList());
    assertEquals(1, counters.refused(DiscoverySource.TRACKER).sum());
  }

  @Test
  void shouldNotDialItselfTwice() {
    offer(DiscoverySource.TRACKER, 0, 1, 0);
    candidates.isOwn(due(1, 0).getFirst());
    offer(DiscoverySource.TRACKER, 0, 1, S);
    assertEquals(0, candidates.size());
    assertEquals(2, counters.refused(DiscoverySource.TRACKER).sum());
  }

  @Test
  void shouldCountAnAddressThatLedToAPeerOnce() {
    offer(DiscoverySource.TRACKER, 0, 1, 0);
    candidates.reached(due(1, 0).getFirst(), 0);
    assertEquals(List.of(), due(1, S));
    candidates.reached(due(1, 5 * S).getFirst(), 5 * S);
    assertEquals(1, counters.connected(DiscoverySource.TRACKER).sum());
    assertEquals(1, counters.found(DiscoverySource.TRACKER).sum());
  }
}
