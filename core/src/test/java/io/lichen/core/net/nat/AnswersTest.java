// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.net.nat.Rendezvous.Ack;
import io.lichen.core.net.nat.Rendezvous.Introduce;
import io.lichen.nat.punch.PortPrediction;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Introductions that nobody has asked for: most are good, some are not. */
class AnswersTest {
  private static final long SELF = 5;
  private static final long COORDINATOR = 1;
  private static final long OTHER = 77;
  private static final InetSocketAddress THERE = new InetSocketAddress("203.0.113.9", 777);
  private static final long UNIX_MS = 1_700_000_000_000L;

  private final FakePeers peers = new FakePeers().with(COORDINATOR);
  private final NatCounters counters = new NatCounters();
  private Answers answers = new Answers(SELF, peers, peers, counters, new OwnPorts(true));

  @Test
  void shouldSendKeepAlivesFromTheNamedTimeOnForFiveSeconds() {
    introduce(COORDINATOR, OTHER, THERE, 0);
    assertEquals(500 * FakePeers.MS, answers.nextDeadlineNs());
    long nowNs = 0;
    while (answers.nextDeadlineNs() != Long.MAX_VALUE) {
      nowNs = answers.nextDeadlineNs();
      answers.onTimer(nowNs);
    }

    assertEquals(Answers.PUNCH_NS, nowNs);
    assertEquals(19, peers.plain.size());
    assertEquals(List.of(THERE), peers.plain.stream().distinct().toList());
  }

  @Test
  void shouldAcknowledgeTheOtherEndsKeepAlivesOverTheCoordinator() {
    introduce(COORDINATOR, OTHER, THERE, 0);
    for (int ms = 600; ms < 4000; ms += 100) {
      assertTrue(answers.onKeepAlive(THERE, new KeepAlive(OTHER, 0), ms * FakePeers.MS));
    }

    Ack ack = new Ack(SELF, OTHER, 0);
    assertEquals(List.of(ack, ack, ack), peers.takeTo(COORDINATOR));
  }

  @Test
  void shouldSendToThePortThatASymmetricNatHasChosen() {
    introduce(COORDINATOR, OTHER, THERE, 0);
    InetSocketAddress chosen = new InetSocketAddress(THERE.getAddress(), 4242);
    assertTrue(answers.onKeepAlive(chosen, new KeepAlive(OTHER, 0), 600 * FakePeers.MS));
    answers.onTimer(601 * FakePeers.MS);

    assertTrue(peers.plain.contains(chosen));
  }

  @Test
  void shouldNotMindKeepAlivesOfOthersOrFromElsewhere() {
    introduce(COORDINATOR, OTHER, THERE, 0);

    assertFalse(answers.onKeepAlive(THERE, new KeepAlive(OTHER + 1, 0), 600));
    InetSocketAddress elsewhere = new InetSocketAddress("203.0.113.10", THERE.getPort());
    assertFalse(answers.onKeepAlive(elsewhere, new KeepAlive(OTHER, 0), 600));
    assertEquals(List.of(), peers.takeTo(COORDINATOR));
  }

  @Test
  void shouldSendToFourPortsAtMostHoweverManyClaimToBeTheOtherEnd() {
    introduce(COORDINATOR, OTHER, THERE, 0);
    for (int port = 1000; port < 3000; port++) {
      InetSocketAddress forged = new InetSocketAddress(THERE.getAddress(), port);
      answers.onKeepAlive(forged, new KeepAlive(OTHER, 0), 600 * FakePeers.MS);
    }
    for (int ms = 600; ms < 6000; ms += 50) {
      answers.onTimer(ms * FakePeers.MS);
    }

    assertEquals(KeepAliveTrain.MAX_CANDIDATES, new HashSet<>(peers.plain).size());
    assertTrue(peers.plain.size() <= 100, peers.plain.size() + " datagrams");
  }

  @Test
  void shouldSendToThePortsThatMayComeAfterTheNamedOne() {
    peers.portSteps.put(OTHER, -2);
    introduce(COORDINATOR, OTHER, THERE, 0);
    runToTheEnd();

    List<InetSocketAddress> window = PortPrediction.window(THERE, -2, PortPrediction.WINDOW);
    assertEquals(window, peers.plain.subList(0, PortPrediction.WINDOW));
    assertEquals(new HashSet<>(window), new HashSet<>(peers.plain));
    long shots = peers.plain.stream().filter(window.getLast()::equals).count();
    assertEquals(KeepAliveTrain.PREDICTED_SHOTS, shots);
    assertEquals(19, peers.plain.stream().filter(THERE::equals).count(), "as without prediction");
  }

  @Test
  void shouldTellTheOtherEndWhichPortItExpectsIfThatMakesUseOfIt() {
    InetSocketAddress newest = new InetSocketAddress("192.0.2.7", 40_000);
    answers = new Answers(SELF, peers, peers, counters, FakePeers.portsAfter(newest, 3));
    introduce(COORDINATOR, OTHER, THERE, 0);
    assertEquals(List.of(), peers.takeTo(COORDINATOR), "a native would take it for an ack");
    peers.predicting.add(OTHER);
    introduce(COORDINATOR, OTHER, THERE, 0);

    int hint = new PortHint(40_003, 3).punchId();
    assertEquals(List.of(new Ack(SELF, OTHER, hint)), peers.takeTo(COORDINATOR));
  }

  @Test
  void shouldCountThePortsThatItsOwnKeepAlivesHaveTaken() {
    InetSocketAddress newest = new InetSocketAddress("192.0.2.7", 40_000);
    OwnPorts ports = FakePeers.portsAfter(newest, 1);
    answers = new Answers(SELF, peers, peers, counters, ports);
    peers.portSteps.put(OTHER, 1);
    introduce(COORDINATOR, OTHER, THERE, 0);
    runToTheEnd();

    InetSocketAddress next = ports.next();
    assertEquals(40_001 + PortPrediction.WINDOW, next == null ? 0 : next.getPort());
  }

  @Test
  void shouldSendToTheNamedPortAloneWherePortsAreNotPredicted() {
    answers = new Answers(SELF, peers, peers, counters, new OwnPorts(false));
    peers.portSteps.put(OTHER, 1);
    introduce(COORDINATOR, OTHER, THERE, 0);
    runToTheEnd();

    assertEquals(Set.of(THERE), new HashSet<>(peers.plain));
  }

  private void runToTheEnd() {
    while (answers.nextDeadlineNs() != Long.MAX_VALUE) {
      answers.onTimer(answers.nextDeadlineNs());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.0.0.0 7", "224.0.0.1 7", "169.254.1.1 7", "127.0.0.1 7", "203.0.113.9 0"})
  void shouldNotSendWhereNobodyCanBe(String address) {
    String[] parts = address.split(" ", 2);
    introduce(COORDINATOR, OTHER, new InetSocketAddress(parts[0], Integer.parseInt(parts[1])), 0);

    assertEquals(Long.MAX_VALUE, answers.nextDeadlineNs());
    assertEquals(1, counters.introductionsRefused.sum());
  }

  @Test
  void shouldNotSendWhereTheOtherEndSaysItIsNot() {
    peers.announced.put(OTHER, new InetSocketAddress("203.0.113.10", 777));
    introduce(COORDINATOR, OTHER, THERE, 0);
    introduce(COORDINATOR, SELF, THERE, 0);
    introduce(COORDINATOR, COORDINATOR, THERE, 0);
    introduce(99, OTHER + 1, THERE, 0);

    assertEquals(4, counters.introductionsRefused.sum());
    assertEquals(Long.MAX_VALUE, answers.nextDeadlineNs());
  }

  @Test
  void shouldFollowFewIntroductionsOfOnePeerAndFewAtOnce() {
    for (int i = 0; i < 100; i++) {
      introduce(COORDINATOR, 1000 + i, THERE, 0);
    }
    assertEquals(Answers.BURST, counters.introductionsFollowed.sum());
    for (int node = 10; node < 100; node++) {
      peers.with(node);
      introduce(node, 2000 + node, THERE, 0);
    }
    assertEquals(Answers.MAX_AT_ONCE, counters.introductionsFollowed.sum());
  }

  @Test
  void shouldBeginSoonWhateverTheCoordinatorsClockSays() {
    answers.onIntroduce(COORDINATOR, new Introduce(OTHER, THERE, Long.MAX_VALUE), 0, UNIX_MS);
    assertEquals(FireTime.USUAL_LEAD_MS * FakePeers.MS, answers.nextDeadlineNs());
    assertEquals(0, FireTime.atNs(UNIX_MS - 300, UNIX_MS, 0));
    assertEquals(
        FireTime.USUAL_LEAD_MS * FakePeers.MS, FireTime.atNs(UNIX_MS - 3_600_000, UNIX_MS, 0));
  }

  @Test
  void shouldStopWhenThereIsASession() {
    introduce(COORDINATOR, OTHER, THERE, 0);
    answers.met(OTHER);

    assertEquals(Long.MAX_VALUE, answers.nextDeadlineNs());
  }

  private void introduce(long from, long peer, InetSocketAddress address, long nowNs) {
    answers.onIntroduce(from, new Introduce(peer, address, UNIX_MS + 500), nowNs, UNIX_MS);
  }
}
