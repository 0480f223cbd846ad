// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.exchange;

import io.lichen.core.moss.NetworkStats;
import io.lichen.core.moss.runtime.inbound.InboundItem;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.runtime.peer.PeerTable;
import io.lichen.core.moss.runtime.peer.TrafficMeter;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.core.moss.stat.StatAggregator;
import io.lichen.core.moss.stat.StatDelta;
import io.lichen.core.moss.stat.StatParams;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.core.moss.wire.MessageIds;
import io.lichen.crypto.PeerId;
import io.lichen.gossipsub.GossipSub;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes part in the network statistics: contributes four times an epoch, passes on what is new
 * (docs/wire/moss-stats.md, "Exchange"). A node that does not take part does neither, as with the
 * natives. The node's loop only.
 */
public final class StatExchange {
  /** How often traffic is looked at and the end of an epoch is noticed. */
  public static final long TICK_NS = 1_000_000_000L;

  private static final long MIN_PERIOD_SEC = 5;
  private static final long MAX_PERIOD_SEC = 86_400;

  /** Below it a peer is told nothing. */
  private static final double MIN_SCORE_TO_TELL = 0;

  /** Below it a peer is not listened to. */
  private static final double MIN_SCORE_TO_HEAR = -10;

  /**
   * What it works with.
   *
   * @param enabled whether this node takes part
   * @param natType the name of what this node is behind
   * @param unixSec the time by which epochs are numbered, Unix seconds
   */
  public record Parts(
      boolean enabled,
      StatParams params,
      StatAggregator aggregator,
      PeerTable peers,
      GossipSub gossip,
      NodeCounters counters,
      Supplier<String> natType,
      LongSupplier unixSec) {}

  private final Parts parts;
  private final long periodNs;
  private final TrafficMeter traffic = new TrafficMeter();
  private long nextNs;
  private long epoch = -1;
  private long epochStartIn;
  private long epochStartOut;

  public StatExchange(Parts parts, long nowNs) {
    this.parts = parts;
    long periodSec = Math.clamp(parts.params().epochSec() / 4, MIN_PERIOD_SEC, MAX_PERIOD_SEC);
    this.periodNs = periodSec * 1_000_000_000L;
    this.nextNs = nowNs + periodNs;
  }

  /** Does what is due. */
  public void tick(long nowNs) {
    if (!parts.enabled()) {
      return;
    }
    long unixSec = parts.unixSec().getAsLong();
    traffic.sample(parts.peers().all());
    if (parts.params().epochAt(unixSec) != epoch) {
      epoch = parts.params().epochAt(unixSec);
      epochStartIn = traffic.totalIn();
      epochStartOut = traffic.totalOut();
    }
    if (nowNs - nextNs >= 0) {
      nextNs = nowNs + periodNs;
      contribute(unixSec);
    }
  }

  /** A peer has sent statistics. */
  public void received(PeerLink from, InboundItem.Statistics statistics) {
    if (!parts.enabled()) {
      parts.counters().ignoredEnvelopes.increment();
      return;
    }
    if (parts.gossip().score(from.peer()) < MIN_SCORE_TO_HEAR) {
      parts.counters().statisticsRefused.increment();
      return;
    }
    StatDelta delta = statistics.delta();
    if (delta == null) {
      parts.counters().statisticsBad.increment();
      parts.gossip().penalizeInvalid(from.peer());
      return;
    }
    switch (parts.aggregator().apply(delta, parts.unixSec().getAsLong())) {
      case NEW -> {
        parts.counters().statisticsNew.increment();
        tell(statistics.payload(), from.peer());
      }
      case KNOWN -> parts.counters().statisticsKnown.increment();
      case OUT_OF_WINDOW -> parts.counters().statisticsOutOfWindow.increment();
    }
    parts.counters().statisticsEvicted.add(parts.aggregator().takeEvicted());
  }

  /** What is known now. */
  public NetworkStats stats() {
    return parts.enabled()
        ? parts.aggregator().report(parts.unixSec().getAsLong())
        : NetworkStats.disabled();
  }

  private void contribute(long unixSec) {
    StatDelta own =
        parts
            .aggregator()
            .contribute(
                unixSec,
                traffic.totalIn() - epochStartIn,
                traffic.totalOut() - epochStartOut,
                parts.peers().size(),
                parts.natType().get());
    tell(own.encode(), null);
  }

  private void tell(byte[] payload, @Nullable PeerId except) {
    byte[] encoded =
        EnvelopeCodec.encode(
            Envelope.of(EnvelopeType.STAT_DELTA)
                .messageId(MessageIds.statDelta(payload))
                .payload(payload)
                .build());
    for (PeerLink link : parts.peers().all()) {
      if (!link.peer().equals(except) && parts.gossip().score(link.peer()) >= MIN_SCORE_TO_TELL) {
        link.control(encoded);
      }
    }
  }
}
