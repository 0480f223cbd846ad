// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.json.Fuzz;
import io.lichen.core.net.wire.SubprotocolIds;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Whatever comes to the door: nothing throws, and little goes out for it. */
class MeetingTest {
  private static final long SELF = 5;
  private static final long MESSAGE_NS = FakePeers.MS / 10;
  private static final InetSocketAddress SOMEWHERE = new InetSocketAddress("203.0.113.9", 777);

  private final FakePeers peers = new FakePeers().with(1).with(2).with(3);
  private final NatCounters counters = new NatCounters();
  private final OwnPorts ports = FakePeers.portsAfter(FakePeers.host(200), 1);
  private final Answers answers = new Answers(SELF, peers, peers, counters, ports);
  private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
  private final Requests requests =
      new Requests(
          SELF,
          peers,
          peers,
          counters,
          new ReflexProbes(peers),
          seen -> seen,
          ports,
          random,
          () -> this.nowNs);
  private final Meeting meeting =
      new Meeting(SELF, new Introductions(peers, peers, counters), requests, answers, counters);
  private long nowNs;
  private long introduced;

  @Test
  void shouldTakeAnythingAndSendLittleForIt() {
    Fuzz.run(
        List.of(
            new Rendezvous.Request(2, 7, FakePeers.host(1)).encode(),
            new Rendezvous.Introduce(77, SOMEWHERE, 500).encode(),
            new Rendezvous.Ack(1, 2, 0).encode(),
            new Rendezvous.Reject(77, 7, RejectReason.RATE_LIMITED).encode(),
            new KeepAlive(77, 0).encode()),
        this::take);
    long seconds = nowNs / 1_000_000_000L + 1;

    assertEquals(0, peers.plain.stream().filter(to -> to.getPort() == 0).count());
    // Of each of three peers four at once and then one in 2.5 s, eight at once; 80 datagrams each.
    assertTrue(counters.introductionsFollowed.sum() <= 3 * (4 + seconds), "introductions");
    assertTrue(peers.plain.size() <= 8 * 80 * (1 + seconds / 5), peers.plain.size() + " datagrams");
    assertTrue(introduced <= 2 * 3 * (4 + seconds), introduced + " introductions made");
  }

  private void take(byte[] input) {
    nowNs += MESSAGE_NS;
    long from = random.nextLong(1, 4);
    meeting.onEvent(from, Unpooled.wrappedBuffer(input), nowNs, nowNs / FakePeers.MS);
    meeting.onKeepAlive(SOMEWHERE, Unpooled.wrappedBuffer(input), nowNs);
    answers.onTimer(nowNs);
    requests.onTimer(nowNs);
    // One answer to a message, or an introduction to two.
    assertTrue(peers.sent.size() <= 3, () -> peers.sent.size() + " messages for one");
    introduced +=
        peers.sent.stream()
            .filter(sent -> sent.subprotocol() == SubprotocolIds.RENDEZVOUS)
            .filter(sent -> sent.message() instanceof Rendezvous.Introduce)
            .count();
    peers.sent.clear();
  }
}
