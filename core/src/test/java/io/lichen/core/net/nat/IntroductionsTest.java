// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.net.nat.Rendezvous.Ack;
import io.lichen.core.net.nat.Rendezvous.Introduce;
import io.lichen.core.net.nat.Rendezvous.Reject;
import io.lichen.core.net.nat.Rendezvous.Request;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A coordinator, among friends and others. */
class IntroductionsTest {
  private static final long A = 1;
  private static final long B = 2;
  private static final InetSocketAddress A_SEEN = new InetSocketAddress("198.51.100.1", 777);
  private static final InetSocketAddress B_SEEN = new InetSocketAddress("198.51.100.2", 888);

  private final FakePeers peers = new FakePeers().with(A).with(B);
  private final NatCounters counters = new NatCounters();
  private final Introductions introductions = new Introductions(peers, peers, counters);

  @Test
  void shouldIntroduceBothToEachOther() {
    peers.announced.put(B, B_SEEN);
    introductions.onRequest(A, new Request(B, 7, A_SEEN), 0, 1000);

    assertEquals(List.of(new Introduce(B, B_SEEN, 1500)), peers.takeTo(A));
    assertEquals(List.of(new Introduce(A, A_SEEN, 1500)), peers.takeTo(B));
  }

  @Test
  void shouldSayWhereItSeesATargetThatSaysNothingOrSomethingElse() {
    introductions.onRequest(A, new Request(B, 7, A_SEEN), 0, 1000);
    assertEquals(List.of(new Introduce(B, FakePeers.host(2), 1500)), peers.takeTo(A));
    peers.announced.put(B, new InetSocketAddress("203.0.113.66", 888));
    introductions.onRequest(A, new Request(B, 8, A_SEEN), 0, 1000);

    assertEquals(List.of(new Introduce(B, FakePeers.host(2), 1500)), peers.takeTo(A));
  }

  @Test
  void shouldNotHaveStrangersSentTo() {
    InetSocketAddress victim = new InetSocketAddress("203.0.113.66", 53);
    introductions.onRequest(A, new Request(B, 7, victim), 0, 1000);

    assertEquals(List.of(new Reject(B, 7, RejectReason.REFLEX_MISMATCH)), peers.takeTo(A));
    assertEquals(List.of(), peers.takeTo(B));
    assertEquals(1, counters.rejected(RejectReason.REFLEX_MISMATCH).sum());
  }

  @Test
  void shouldSayWhomItCannotIntroduce() {
    introductions.onRequest(A, new Request(9, 7, A_SEEN), 0, 1000);
    assertEquals(List.of(new Reject(9, 7, RejectReason.UNKNOWN_TARGET_REFLEX)), peers.takeTo(A));
    peers.announced.put(9L, B_SEEN);
    introductions.onRequest(A, new Request(9, 8, A_SEEN), 0, 1000);
    assertEquals(List.of(new Reject(9, 8, RejectReason.NO_SESSION_WITH_TARGET)), peers.takeTo(A));
    introductions.onRequest(A, new Request(A, 9, A_SEEN), 0, 1000);
    assertEquals(List.of(new Reject(A, 9, RejectReason.NO_SESSION_WITH_TARGET)), peers.takeTo(A));
  }

  @Test
  void shouldIntroduceAPeerFourTimesInTenSeconds() {
    for (int i = 1; i <= 1000; i++) {
      introductions.onRequest(A, new Request(B, i, A_SEEN), i * FakePeers.MS, 1000);
    }
    List<Rendezvous> answers = peers.takeTo(A);
    assertEquals(Introductions.REQUESTS, peers.takeTo(B).size());
    assertEquals(1000, answers.size());
    assertEquals(new Reject(B, 1000, RejectReason.RATE_LIMITED), answers.getLast());
    introductions.onRequest(A, new Request(B, 1, A_SEEN), 10_000 * FakePeers.MS, 1000);
    assertEquals(1, peers.takeTo(B).size());
  }

  @Test
  void shouldNotLetManyDisturbOne() {
    for (int node = 10; node < 110; node++) {
      peers.with(node);
      InetSocketAddress self = FakePeers.host(node);
      for (int i = 0; i < Introductions.REQUESTS; i++) {
        introductions.onRequest(node, new Request(B, 1, self), 0, 1000);
      }
    }
    assertEquals(Introductions.INTRODUCTIONS, peers.takeTo(B).size());
  }

  @Test
  void shouldPassOnAcksOfThoseWhomItHasIntroducedAndNoOthers() {
    introductions.onAck(A, new Ack(A, B, 0), 0);
    assertEquals(List.of(), peers.takeTo(B));
    introductions.onRequest(A, new Request(B, 7, A_SEEN), 0, 1000);
    peers.sent.clear();
    introductions.onAck(B, new Ack(B, A, 5), 0);
    assertEquals(List.of(new Ack(B, A, 5)), peers.takeTo(A));
    introductions.onAck(B, new Ack(9, A, 5), 0);
    assertEquals(List.of(), peers.takeTo(A));
    for (int i = 0; i < 100; i++) {
      introductions.onAck(A, new Ack(A, B, 0), 0);
    }
    assertEquals(Introductions.ACKS, peers.takeTo(B).size());
    introductions.onAck(B, new Ack(B, A, 5), Introductions.PAIR_NS + 1);
    assertEquals(List.of(), peers.takeTo(A));
    assertTrue(counters.refusedAcks.sum() > 90);
  }
}
