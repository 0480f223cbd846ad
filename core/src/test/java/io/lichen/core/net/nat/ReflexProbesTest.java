// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.lichen.core.net.wire.SubprotocolIds;
import io.lichen.transport.net.AddressField;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Questions to peers, which may not answer. */
class ReflexProbesTest {
  private static final InetSocketAddress SEEN = new InetSocketAddress("203.0.113.9", 40_123);

  private final FakePeers peers = new FakePeers().with(1).with(2);
  private final ReflexProbes probes = new ReflexProbes(peers);
  private final List<InetSocketAddress> answers = new ArrayList<>();

  @Test
  void shouldGiveOneAnswerToAllWhoWait() {
    probes.probe(1, 0, answers::add);
    probes.probe(1, 5, answers::add);
    assertEquals(1, peers.sent.size());
    assertEquals(SubprotocolIds.REFLEX, peers.sent.getFirst().subprotocol());
    assertEquals(0, peers.sent.getFirst().event().length);

    probes.onEvent(2, answer());
    assertEquals(List.of(), answers);
    probes.onEvent(1, answer());

    assertEquals(List.of(SEEN, SEEN), answers);
    assertEquals(1, probes.unasked());
    assertEquals(Long.MAX_VALUE, probes.nextDeadlineNs());
  }

  @Test
  void shouldAskAgainAndGiveUpAfterThreeSeconds() {
    probes.probe(1, 0, answers::add);
    long nowNs = 0;
    while (probes.nextDeadlineNs() != Long.MAX_VALUE) {
      nowNs = probes.nextDeadlineNs();
      probes.onTimer(nowNs);
    }

    assertEquals(ReflexProbes.TIMEOUT_NS, nowNs);
    assertEquals(ReflexProbes.SENDS, peers.sent.size());
    assertEquals(1, answers.size());
    assertNull(answers.getFirst());
    probes.onEvent(1, answer());
    assertEquals(1, answers.size());
  }

  @Test
  void shouldTakeNothingElseForAnAnswer() {
    probes.probe(1, 0, answers::add);
    probes.onEvent(1, Unpooled.buffer().writeZero(18));
    probes.onEvent(1, Unpooled.buffer().writeZero(19));
    probes.onEvent(1, answer().setByte(17, 0).setByte(18, 0));

    assertEquals(List.of(), answers);
    assertEquals(3, probes.unasked());
  }

  @Test
  void shouldTellAtOnceThatNobodyWillAnswer() {
    probes.probe(9, 0, answers::add);
    assertEquals(1, answers.size());
    probes.probe(1, 0, answers::add);
    probes.onPeerGone(1);
    assertEquals(2, answers.size());
    for (int i = 0; i <= ReflexProbes.MAX_WAITING; i++) {
      probes.probe(2, 0, answers::add);
    }
    assertEquals(3, answers.size(), "one was too many");
  }

  private static ByteBuf answer() {
    ByteBuf event = Unpooled.buffer();
    AddressField.write(event, SEEN);
    return event;
  }
}
