// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.net.nat.Rendezvous.Ack;
import io.lichen.core.net.nat.Rendezvous.Introduce;
import io.lichen.core.net.nat.Rendezvous.Reject;
import io.lichen.core.net.nat.Rendezvous.Request;
import io.lichen.nat.punch.PortPrediction;
import io.lichen.nat.punch.PunchEnd;
import io.lichen.transport.net.AddressField;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Punches that this node asks for, and coordinators of all kinds. */
class RequestsTest {
  private static final long SELF = 5;
  private static final long COORDINATOR = 1;
  private static final long SECOND = 2;
  private static final long TARGET = 77;
  private static final InetSocketAddress HERE = new InetSocketAddress("203.0.113.5", 555);
  private static final InetSocketAddress THERE = new InetSocketAddress("203.0.113.9", 777);
  private static final long UNIX_MS = 1_700_000_000_000L;

  private final FakePeers peers = new FakePeers().with(COORDINATOR).with(SECOND);
  private final NatCounters counters = new NatCounters();
  private final ReflexProbes probes = new ReflexProbes(peers);
  private final List<String> news = new ArrayList<>();
  private Requests requests = requests(new OwnPorts(true));
  private long nowNs;

  private Requests requests(OwnPorts ports) {
    return new Requests(
        SELF,
        peers,
        peers,
        counters,
        probes,
        seen -> seen == null ? null : ports.next(seen),
        ports,
        RandomGenerator.of("L64X128MixRandom"),
        () -> this.nowNs);
  }

  @Test
  void shouldAskWithTheAddressAtWhichTheCoordinatorSeesIt() {
    Request request = asked(COORDINATOR);

    assertEquals(TARGET, request.target());
    assertEquals(HERE, request.self());
    assertNotEquals(0, request.punchId());
  }

  @Test
  void shouldBeReachedByTheOtherEndsKeepAliveAndAcknowledgeIt() {
    introduced();
    run(600);
    assertTrue(requests.onKeepAlive(THERE, new KeepAlive(TARGET, 0), nowNs));

    assertEquals(List.of("reached " + THERE), news);
    assertEquals(List.of(new Ack(SELF, TARGET, 0)), peers.takeTo(COORDINATOR));
    assertTrue(peers.plain.contains(THERE));
    requests.met(TARGET, nowNs);
    assertEquals("over MET null", news.getLast());
    assertEquals(Long.MAX_VALUE, requests.nextDeadlineNs());
  }

  @Test
  void shouldBeReachedAtTheAddressThatAnAckConfirms() {
    introduced();
    assertFalse(requests.onAck(SECOND, new Ack(TARGET, SELF, 0), nowNs));
    assertTrue(requests.onAck(COORDINATOR, new Ack(TARGET, SELF, 0), nowNs));

    assertEquals(List.of("reached " + THERE), news);
  }

  @Test
  void shouldFollowTheOtherEndToThePortThatItsNatHasChosen() {
    introduced();
    InetSocketAddress chosen = new InetSocketAddress(THERE.getAddress(), 4242);
    assertTrue(requests.onKeepAlive(chosen, new KeepAlive(TARGET, 0), nowNs));

    assertEquals(List.of("reached " + chosen), news);
  }

  @Test
  void shouldHeedOnlyTheCoordinatorThatItAsked() {
    Request request = asked(COORDINATOR);
    Introduce forged = new Introduce(TARGET, new InetSocketAddress("203.0.113.66", 53), UNIX_MS);
    assertFalse(requests.onIntroduce(SECOND, forged, nowNs, UNIX_MS));
    Reject reject = new Reject(TARGET, request.punchId(), RejectReason.RATE_LIMITED);
    assertFalse(requests.onReject(SECOND, reject, nowNs));
    Reject old = new Reject(TARGET, request.punchId() + 1, RejectReason.RATE_LIMITED);
    assertFalse(requests.onReject(COORDINATOR, old, nowNs));
    assertFalse(requests.onAck(COORDINATOR, new Ack(TARGET, SELF, 0), nowNs));
    assertFalse(requests.onKeepAlive(THERE, new KeepAlive(TARGET, 0), nowNs));

    assertEquals(List.of(), news);
    assertEquals(List.of(), peers.plain);
  }

  @Test
  void shouldNotBeSentJustAnywhereByItsCoordinator() {
    asked(COORDINATOR);
    for (String host : List.of("0.0.0.0", "239.1.2.3", "127.0.0.1", "fe80::1")) {
      Introduce lie = new Introduce(TARGET, new InetSocketAddress(host, 53), UNIX_MS);
      assertFalse(requests.onIntroduce(COORDINATOR, lie, nowNs, UNIX_MS), host);
    }
    run(3000);

    assertEquals(List.of(), peers.plain);
  }

  @Test
  void shouldSendFewDatagramsToWhateverAddressACoordinatorNames() {
    introduced();
    for (int i = 0; i < 100; i++) {
      requests.onIntroduce(
          COORDINATOR,
          new Introduce(TARGET, new InetSocketAddress("203.0.113." + i, 53), UNIX_MS),
          nowNs,
          UNIX_MS);
    }
    run(20_000);

    assertTrue(peers.plain.stream().distinct().count() <= KeepAliveTrain.MAX_CANDIDATES);
    assertTrue(peers.plain.size() < 150, peers.plain.size() + " datagrams");
    assertEquals("over MISSED null", news.getLast());
    assertEquals(1, counters.punchTimeouts.sum());
  }

  @Test
  void shouldAskTheNextCoordinatorWhenOneRefuses() {
    assertTrue(requests.request(TARGET, List.of(COORDINATOR, SECOND), listener(), nowNs));
    Request first = requestTo(COORDINATOR);
    Reject no = new Reject(TARGET, first.punchId(), RejectReason.NO_SESSION_WITH_TARGET);
    assertTrue(requests.onReject(COORDINATOR, no, nowNs));
    Request second = requestTo(SECOND);
    assertNotEquals(first.punchId(), second.punchId());
    requests.onReject(
        SECOND, new Reject(TARGET, second.punchId(), RejectReason.RATE_LIMITED), nowNs);

    assertEquals(List.of("over NO_COORDINATOR RATE_LIMITED"), news);
    assertEquals(2, counters.punchRejections.sum());
  }

  @Test
  void shouldAskAgainWhenTheRequestWasLostAndGiveUpInTime() {
    asked(COORDINATOR);
    run(1600);
    assertEquals(1, peers.takeTo(COORDINATOR).size());
    run(10_000);

    assertEquals(List.of("over MISSED null"), news);
    assertEquals(0, counters.punchesAttempted.sum());
    assertEquals(List.of(), peers.takeTo(COORDINATOR));
  }

  @Test
  void shouldHaveOnePunchAtATargetAndNotTooManyInAll() {
    asked(COORDINATOR);
    assertFalse(requests.request(TARGET, List.of(COORDINATOR), listener(), nowNs));
    for (int i = 1; i < Requests.MAX_AT_ONCE; i++) {
      assertTrue(requests.request(1000 + i, List.of(COORDINATOR), listener(), nowNs));
    }

    assertFalse(requests.request(9999, List.of(COORDINATOR), listener(), nowNs));
  }

  @Test
  void shouldAskWithTheNextPortOfANatThatGivesThemOutInOrder() {
    requests = requests(FakePeers.portsAfter(at(HERE, 560), 2));

    assertEquals(at(HERE, 562), asked(COORDINATOR).self());
  }

  @Test
  void shouldSendToThePortsThatTheOtherEndExpectsToGet() {
    introduced();
    hint(9000, 3);
    hint(5000, 1);
    run(2900);

    assertEquals(List.of(), news);
    assertEquals(PortPrediction.WINDOW + 1, new HashSet<>(peers.plain).size());
    for (int i = 0; i < PortPrediction.WINDOW; i++) {
      InetSocketAddress expected = at(THERE, 9000 + 3 * i);
      assertEquals(expected, peers.plain.get(i), "in order, before what was named");
      long shots = peers.plain.stream().filter(expected::equals).count();
      assertEquals(KeepAliveTrain.PREDICTED_SHOTS, shots);
    }
  }

  @Test
  void shouldSendToEverySecondPortFromANatThatGivesThemOutInOrderItself() {
    requests = requests(FakePeers.portsAfter(HERE, 1));
    introduced();
    hint(9000, 3);
    run(600);

    assertEquals(at(THERE, 9006), peers.plain.get(1));
  }

  @Test
  void shouldSendOnToAPredictedPortThatTheOtherEndIsHeardFrom() {
    introduced();
    hint(9000, 1);
    run(600);
    assertTrue(requests.onKeepAlive(at(THERE, 9004), new KeepAlive(TARGET, 0), nowNs));
    assertTrue(requests.onAck(COORDINATOR, new Ack(TARGET, SELF, 0), nowNs));
    assertEquals(List.of("reached " + at(THERE, 9004), "reached " + at(THERE, 9004)), news);
    run(1600);
    peers.plain.clear();
    run(500);

    assertEquals(Set.of(THERE, at(THERE, 9004)), new HashSet<>(peers.plain));
  }

  /** Once an introduction, which is twice at most; and nothing else comes of such words. */
  @Test
  void shouldSendToFewPortsHoweverManyTheOtherEndSaysItExpects() {
    asked(COORDINATOR);
    assertFalse(requests.onAck(COORDINATOR, hinted(9000, 1), nowNs), "before the introduction");
    introduce();
    for (int port = 1; port < 60_000; port += 100) {
      requests.onAck(COORDINATOR, hinted(port, -64), nowNs);
    }
    run(3600);
    requestTo(COORDINATOR);
    introduce();
    for (int port = 1; port < 60_000; port += 100) {
      requests.onAck(COORDINATOR, hinted(port, 64), nowNs);
    }
    run(20_000);

    assertTrue(new HashSet<>(peers.plain).size() <= 2 * PortPrediction.WINDOW + 1);
    assertTrue(peers.plain.size() <= 300, peers.plain.size() + " datagrams");
    assertEquals(List.of("over MISSED null"), news);
  }

  @Test
  void shouldTakeAHintForAnAckWherePortsAreNotPredicted() {
    requests = requests(new OwnPorts(false));
    introduced();
    hint(9000, 1);
    run(600);

    assertEquals(List.of("reached " + THERE), news);
    assertEquals(Set.of(THERE), new HashSet<>(peers.plain));
  }

  private static InetSocketAddress at(InetSocketAddress host, int port) {
    return new InetSocketAddress(host.getAddress(), port);
  }

  private static Ack hinted(int port, int step) {
    return new Ack(TARGET, SELF, new PortHint(port, step).punchId());
  }

  private void hint(int port, int step) {
    requests.onAck(COORDINATOR, hinted(port, step), nowNs);
  }

  private Request asked(long coordinator) {
    assertTrue(requests.request(TARGET, List.of(coordinator), listener(), nowNs));
    return requestTo(coordinator);
  }

  /** The coordinator says where it sees this node, and is asked then. */
  private Request requestTo(long coordinator) {
    ByteBuf answer = Unpooled.buffer();
    AddressField.write(answer, HERE);
    probes.onEvent(coordinator, answer);
    List<Rendezvous> sent = peers.takeTo(coordinator);
    assertEquals(1, sent.size());
    return assertInstanceOf(Request.class, sent.getFirst());
  }

  private void introduced() {
    asked(COORDINATOR);
    introduce();
    assertEquals(1, counters.punchesAttempted.sum());
  }

  private void introduce() {
    Introduce introduce = new Introduce(TARGET, THERE, UNIX_MS + 500);
    assertTrue(requests.onIntroduce(COORDINATOR, introduce, nowNs, UNIX_MS));
  }

  private void run(long ms) {
    long endNs = nowNs + ms * FakePeers.MS;
    while (Math.min(requests.nextDeadlineNs(), probes.nextDeadlineNs()) <= endNs) {
      nowNs = Math.min(requests.nextDeadlineNs(), probes.nextDeadlineNs());
      probes.onTimer(nowNs);
      requests.onTimer(nowNs);
    }
    nowNs = endNs;
  }

  private Requests.Listener listener() {
    return new Requests.Listener() {
      @Override
      public void onReached(long target, InetSocketAddress address, long atNs) {
        news.add("reached " + address);
      }

      @Override
      public void onOver(long target, PunchEnd end, @Nullable RejectReason rejection, long atNs) {
        news.add("over " + end + " " + rejection);
      }
    };
  }
}
