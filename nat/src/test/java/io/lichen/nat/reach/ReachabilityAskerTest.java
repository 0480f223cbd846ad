// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ReachabilityAskerTest implements AskerOutput<Integer> {
  private static final InetSocketAddress OWN = new InetSocketAddress("203.0.113.1", 4000);

  private final ReachabilityAsker<Integer> asker = new ReachabilityAsker<>(new Random(1), this);
  private final Map<Integer, String> asked = new LinkedHashMap<>();
  private final List<String> decisions = new ArrayList<>();

  @Override
  public void ask(Integer peer, String requestId, InetSocketAddress address) {
    assertEquals(OWN, address);
    asked.put(peer, requestId);
  }

  @Override
  public void decided(Reach reach, int count, long nowNs) {
    decisions.add(reach + " after " + count);
  }

  /** So many peers at hosts of their own. */
  private static List<Attester<Integer>> peers(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> new Attester<>(i, InetAddress.ofLiteral("192.0.2." + i)))
        .toList();
  }

  private int last() {
    return new ArrayList<>(asked.keySet()).getLast();
  }

  private String requestTo(int peer) {
    return Objects.requireNonNull(asked.get(peer));
  }

  private boolean answer(int peer, boolean reachable) {
    return asker.answered(peer, requestTo(peer), reachable, 0);
  }

  private void answerAll(boolean reachable) {
    for (int peer : List.copyOf(asked.keySet())) {
      answer(peer, reachable);
    }
  }

  @Test
  void shouldBelieveTwoHostsAndAskNoMore() {
    asker.start(OWN, peers(6), 0);
    assertEquals(2, asked.size());
    answerAll(true);
    assertEquals(List.of("YES after 2"), decisions);
    assertEquals(Long.MAX_VALUE, asker.nextDeadlineNs());
    assertFalse(asker.isUnderWay());
  }

  @Test
  void shouldNotBelieveOneAlone() {
    asker.start(OWN, peers(1), 0);
    answerAll(true);
    assertEquals(List.of("ONE after 1"), decisions);
  }

  @Test
  void shouldGivePeersAtOneHostOneWord() {
    List<Attester<Integer>> crowd =
        peers(9).stream()
            .map(each -> new Attester<>(each.peer(), InetAddress.ofLiteral("192.0.2.1")))
            .toList();
    asker.start(OWN, crowd, 0);
    assertEquals(1, asked.size());
    answerAll(true);
    assertEquals(List.of("ONE after 1"), decisions);
  }

  @Test
  void shouldAskAnotherInPlaceOfOneThatSaysNoOrNothing() {
    asker.start(OWN, peers(6), 0);
    answer(last(), false);
    assertEquals(3, asked.size());
    asker.onTimer(ReachabilityAsker.ANSWER_LIMIT_NS);
    assertEquals(5, asked.size());
    answerAll(true);
    assertEquals(List.of("YES after 5"), decisions);
  }

  @Test
  void shouldNotKnowWhomToBelieveIfTwoDisagree() {
    asker.start(OWN, peers(2), 0);
    answer(1, true);
    answer(2, false);
    assertEquals(List.of("UNKNOWN after 2"), decisions);
  }

  @Test
  void shouldSayThatOneHasConnectedWhereTheOtherIsSilent() {
    asker.start(OWN, peers(2), 0);
    answer(1, true);
    asker.onTimer(ReachabilityAsker.ANSWER_LIMIT_NS);
    assertEquals(List.of("ONE after 2"), decisions);
  }

  @Test
  void shouldTakeTwoDenialsForNo() {
    asker.start(OWN, peers(6), 0);
    answerAll(false);
    assertEquals(List.of("NO after 3"), decisions);
  }

  @Test
  void shouldAskNoMoreThanItsBoundAndNotTakeSilenceForAWord() {
    asker.start(OWN, peers(40), 0);
    for (int i = 1; i <= ReachabilityAsker.MAX_ASKED; i++) {
      asker.onTimer(i * ReachabilityAsker.ANSWER_LIMIT_NS);
    }
    assertEquals(List.of("UNKNOWN after " + ReachabilityAsker.MAX_ASKED), decisions);
  }

  @Test
  void shouldDecideAtOnceThatNobodyCanBeAsked() {
    asker.start(OWN, List.of(), 0);
    assertEquals(List.of("UNKNOWN after 0"), decisions);
  }

  @Test
  void shouldNotHearWhomItDidNotAsk() {
    asker.start(OWN, peers(6), 0);
    int one = last();
    assertFalse(asker.answered(99, requestTo(one), true, 0), "another peer");
    assertFalse(asker.answered(one, "00", true, 0), "another question");
    assertTrue(answer(one, true));
    assertFalse(answer(one, true), "twice");
    assertEquals(List.of(), decisions);
    asker.cancel();
    answerAll(true);
    assertEquals(List.of(), decisions);
  }
}
