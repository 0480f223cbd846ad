// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.lichen.nat.path.Openness;
import io.lichen.transport.net.AddressField;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rounds of questions, and what takes precedence over them. */
class ClassificationTest {
  private static final InetSocketAddress SEEN = new InetSocketAddress("203.0.113.9", 7);
  private static final InetSocketAddress SAID = new InetSocketAddress("203.0.113.10", 8);
  private static final InetSocketAddress OPENED = new InetSocketAddress("203.0.113.11", 9);

  private final FakePeers peers = new FakePeers();
  private final ReflexProbes probes = new ReflexProbes(peers);
  private final List<NatView> changes = new ArrayList<>();
  private final OwnPorts ports = new OwnPorts(true);
  private final Classification classification =
      new Classification(probes, peers, ports, address -> false, changes::add, () -> this.nowNs);
  private long nowNs;

  @Test
  void shouldAskOneOfEachHostBeforeItAsksTwoOfOne() {
    for (long node = 1; node <= 3; node++) {
      peers.with(node);
      peers.direct.put(
          node + 10, new InetSocketAddress(FakePeers.host((int) node).getAddress(), 9));
    }
    classification.classify(0, () -> {});

    assertEquals(Classification.MAX_PEERS, peers.sent.size());
    assertEquals(Set.of(1L, 2L, 3L), asked(node -> node % 10));
  }

  @Test
  void shouldTellAllWhoWaitOnceTheRoundIsOver() {
    peers.with(1).with(2);
    List<String> done = new ArrayList<>();
    classification.classify(0, () -> done.add("one"));
    classification.classify(0, () -> done.add("other"));
    answer(1, SEEN);
    assertEquals(List.of(), done);
    answer(2, SEEN);

    assertEquals(List.of("one", "other"), done);
    assertEquals(new NatView(Openness.CONE, SEEN, false), classification.view());
  }

  @Test
  void shouldKeepWhatItKnowsWhenTooFewAnswer() {
    shouldTellAllWhoWaitOnceTheRoundIsOver();
    classification.classify(0, () -> {});
    answer(1, SAID);
    run(4000);

    assertEquals(new NatView(Openness.CONE, SEEN, false), classification.view());
    assertEquals(1, changes.size());
  }

  @Test
  void shouldAskAgainAndAgainOnceThereArePeers() {
    classification.repeat(0);
    run(2000);
    assertEquals(0, peers.sent.size());
    peers.with(1).with(2);
    run(600);
    assertEquals(2, peers.sent.size());
    answer(1, SEEN);
    answer(2, SEEN);
    peers.sent.clear();
    run(59_000);
    assertEquals(0, peers.sent.size());
    run(2000);

    assertEquals(Set.of(1L, 2L), asked(node -> node));
  }

  @Test
  void shouldGoByTheOperatorThenByTheGatewayThenByPeers() {
    peers.with(1).with(2);
    classification.opened(OPENED, 0);
    classification.override(SAID);
    assertEquals(SAID, classification.view().seen());
    classification.opened(null, 0);
    classification.opened(OPENED, 0);
    assertEquals(SAID, classification.view().seen());
    classification.classify(0, () -> {});
    assertEquals(0, peers.sent.size());
    classification.clearOverride(0);
    assertEquals(new NatView(Openness.OPEN, OPENED, true), classification.view());
    classification.opened(null, 0);

    assertEquals(NatView.UNKNOWN, classification.view());
  }

  @Test
  void shouldTellWhetherPortsComeInOrder() {
    peers.with(3).with(1).with(4).with(2);
    classification.classify(0, () -> {});
    answer(4, at(4004));
    answer(3, at(4012));
    answer(2, at(4002));
    answer(1, at(4006));

    NatView view = classification.view();
    assertEquals(new NatView(Openness.SYMMETRIC, at(4004), false, 2), view);
    assertEquals(List.of("nat:symmetric", "lichen.port_step:2"), view.tags());
    assertEquals(at(4014), ports.next());
    classification.override(SAID);
    assertEquals(List.of("nat:open"), classification.view().tags());
    assertNull(ports.next());
  }

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress(SEEN.getAddress(), port);
  }

  private Set<Long> asked(UnaryOperator<Long> as) {
    return peers.sent.stream().map(FakePeers.Sent::peer).map(as).collect(Collectors.toSet());
  }

  private void answer(long peer, InetSocketAddress seen) {
    ByteBuf event = Unpooled.buffer();
    AddressField.write(event, seen);
    probes.onEvent(peer, event);
  }

  private void run(long ms) {
    long endNs = nowNs + ms * FakePeers.MS;
    while (Math.min(classification.nextDeadlineNs(), probes.nextDeadlineNs()) <= endNs) {
      nowNs = Math.min(classification.nextDeadlineNs(), probes.nextDeadlineNs());
      probes.onTimer(nowNs);
      classification.onTimer(nowNs);
    }
    nowNs = endNs;
  }
}
