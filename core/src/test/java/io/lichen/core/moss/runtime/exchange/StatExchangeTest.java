// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.NetworkStats;
import io.lichen.core.moss.runtime.EnvelopeRecorder;
import io.lichen.core.moss.runtime.FakeNetwork;
import io.lichen.core.moss.runtime.TestLinks;
import io.lichen.core.moss.runtime.inbound.InboundItem;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.runtime.peer.PeerTable;
import io.lichen.core.moss.runtime.publish.ApplicationScores;
import io.lichen.core.moss.runtime.publish.MeshHost;
import io.lichen.core.moss.runtime.publish.PublishTrackers;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.core.moss.stat.EpochId;
import io.lichen.core.moss.stat.StatAggregator;
import io.lichen.core.moss.stat.StatDelta;
import io.lichen.core.moss.stat.StatMetrics;
import io.lichen.core.moss.stat.StatParams;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.core.moss.wire.MessageIds;
import io.lichen.core.work.CallbackScope;
import io.lichen.core.work.Completions;
import io.lichen.crypto.PeerId;
import io.lichen.crypto.identity.Identity;
import io.lichen.gossipsub.GossipSub;
import io.lichen.gossipsub.GossipSubParams;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.DialRequest;
import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.MossTransport;
import io.lichen.transport.moss.MossTransportConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a node contributes to the network statistics, and what it passes on. */
final class StatExchangeTest {
  private static final long EPOCH_SEC = 300;
  private static final long PERIOD_NS = 75_000_000_000L;
  private static final StatParams PARAMS = new StatParams(EPOCH_SEC, -1, 1 << 30, 256, 5);
  private static final PeerId SELF = PeerId.of(new byte[PeerId.BYTES]);

  private final FakeNetwork network = new FakeNetwork();
  private final NodeCounters counters = new NodeCounters();
  private final PeerTable peers = new PeerTable();
  private final GossipSub gossip =
      new GossipSub(GossipSubParams.defaults(), new SplittableRandom(1), host());
  private final Neighbour first = new Neighbour();
  private final Neighbour second = new Neighbour();
  private long unixSec = 100 * EPOCH_SEC;
  private StatExchange exchange = exchange(true);

  @AfterEach
  void close() {
    network.opened.forEach(MossTransport::close);
  }

  private MeshHost host() {
    CallbackScope scope = TestLinks.scope(counters);
    return new MeshHost(
        peers,
        new ApplicationScores(Runnable::run, scope),
        new PublishTrackers(new Completions(Runnable::run, scope)));
  }

  private StatExchange exchange(boolean enabled) {
    StatAggregator aggregator = new StatAggregator(PARAMS, SELF, new SplittableRandom(2));
    return new StatExchange(
        new StatExchange.Parts(
            enabled, PARAMS, aggregator, peers, gossip, counters, () -> "unknown", () -> unixSec),
        0);
  }

  /** A registered peer that shows what it is sent. */
  private final class Neighbour {
    private final EnvelopeRecorder received = new EnvelopeRecorder();
    private final PeerLink link;

    Neighbour() {
      MossTransportConfig config = MossTransportConfig.defaults(Era.C, "moss/1");
      MossTransport local = network.open(config, Identity.generate(new SecureRandom()), s -> {});
      MossTransport remote =
          network.open(config, Identity.generate(new SecureRandom()), s -> s.start(received));
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), remote.localAddress().getPort());
      MossSession session =
          local.dial(new DialRequest(Carrier.TCP, address, null, Duration.ofSeconds(1))).join();
      link = TestLinks.link(session, counters, 0);
      peers.put(link);
      gossip.addPeer(link.peer(), true, 0);
    }

    /** What it was sent, up to what it is sent now. */
    int takeCount() throws InterruptedException {
      link.control(EnvelopeCodec.encode(Envelope.of(EnvelopeType.PONG).build()));
      int count = 0;
      while (!take().type().equals("pong")) {
        count++;
      }
      return count;
    }

    Envelope take() throws InterruptedException {
      return received.next();
    }
  }

  private InboundItem.Statistics contribution(int node, long epoch) {
    byte[] key = new byte[PeerId.BYTES];
    key[0] = (byte) node;
    StatDelta delta =
        new StatDelta(
            epoch, EpochId.derive(epoch, PeerId.of(key)), new StatMetrics(1, 2, 3, "public", 4));
    return new InboundItem.Statistics(delta, delta.encode());
  }

  @Test
  void shouldContributeFourTimesAnEpoch() throws Exception {
    exchange.tick(PERIOD_NS - 1);
    assertEquals(0, first.takeCount());

    exchange.tick(PERIOD_NS);

    Envelope envelope = first.take();
    assertEquals("stat_delta", envelope.type());
    assertEquals(MessageIds.statDelta(envelope.payload()), envelope.messageId());
    StatDelta delta = StatDelta.decode(envelope.payload());
    assertEquals(100, delta.epoch());
    assertEquals(EpochId.derive(100, SELF), delta.id());
    assertEquals(2, delta.metrics().degree());
    assertEquals("unknown", delta.metrics().natType());
    assertEquals(1, second.takeCount());
    exchange.tick(2 * PERIOD_NS - 1);
    assertEquals(0, first.takeCount());
    exchange.tick(2 * PERIOD_NS);
    assertEquals(1, first.takeCount());
  }

  @Test
  void shouldCountTheBytesOfTheEpochOnlyAndOfSessionsThatEnded() throws Exception {
    exchange.tick(0);
    first.takeCount();
    unixSec += EPOCH_SEC;
    exchange.tick(1);
    long sentBefore = first.link.session().bytesOut();
    first.takeCount();
    long sent = first.link.session().bytesOut() - sentBefore;
    exchange.tick(2);
    peers.remove(first.link);

    exchange.tick(PERIOD_NS);

    assertTrue(sent > 0);
    assertEquals(sent, StatDelta.decode(second.take().payload()).metrics().bandwidthOut());
  }

  @Test
  void shouldPassOnWhatIsNewOnceAndNotToItsSender() throws Exception {
    InboundItem.Statistics contribution = contribution(1, 100);
    exchange.received(first.link, contribution);
    exchange.received(second.link, contribution);

    Envelope passedOn = second.take();
    assertEquals(contribution.delta(), StatDelta.decode(passedOn.payload()));
    assertEquals(0, second.takeCount());
    assertEquals(0, first.takeCount());
    assertEquals(1, counters.statisticsNew.sum());
    assertEquals(1, counters.statisticsKnown.sum());
    assertEquals(1, exchange.stats().contributors());
  }

  @Test
  void shouldDropDistantEpochsWithoutHoldingThemAgainstTheSender() throws Exception {
    exchange.received(first.link, contribution(1, 102));
    exchange.received(first.link, contribution(1, Long.MAX_VALUE));

    assertEquals(0, second.takeCount());
    assertEquals(2, counters.statisticsOutOfWindow.sum());
    assertEquals(0, gossip.score(first.link.peer()));
    assertEquals(NetworkStats.empty(), exchange.stats());
  }

  @Test
  void shouldHoldWhatIsNoContributionAgainstTheSenderAndNotListenToItAnyMore() {
    exchange.received(first.link, InboundItem.Statistics.BAD);
    assertEquals(-10, gossip.score(first.link.peer()));
    exchange.received(first.link, contribution(1, 100));
    assertEquals(1, exchange.stats().contributors(), "-10 itself is on the good side");

    exchange.received(first.link, InboundItem.Statistics.BAD);
    exchange.received(first.link, contribution(2, 100));

    assertEquals(2, counters.statisticsBad.sum());
    assertEquals(1, counters.statisticsRefused.sum());
    assertEquals(1, exchange.stats().contributors());
  }

  @Test
  void shouldTellPeersOfBadScoreNothing() throws Exception {
    gossip.penalizeInvalid(first.link.peer());

    exchange.tick(PERIOD_NS);

    assertEquals(0, first.takeCount());
    assertEquals(1, second.takeCount());
  }

  @Test
  void shouldNeitherContributeNorPassOnNorJudgeWhenItTakesNoPart() throws Exception {
    exchange = exchange(false);

    exchange.tick(PERIOD_NS);
    exchange.received(first.link, contribution(1, 100));
    exchange.received(first.link, InboundItem.Statistics.BAD);

    assertEquals(0, first.takeCount());
    assertEquals(0, second.takeCount());
    assertEquals(2, counters.ignoredEnvelopes.sum());
    assertEquals(0, gossip.score(first.link.peer()));
    assertFalse(exchange.stats().enabled());
    assertEquals("{}", exchange.stats().toJson());
  }
}
