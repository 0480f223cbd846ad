// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.inbound;

import io.lichen.core.json.JsonException;
import io.lichen.core.moss.runtime.peer.SessionBudgets;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.core.moss.stat.StatDelta;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.MessageIds;
import io.lichen.core.work.TokenBucket;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the network statistics that one session brings, on its event loop: what the node's loop
 * gets is a checked contribution or the word that there was none (docs/wire/moss-stats.md,
 * "Receiving").
 */
final class StatInbound {
  /** Longer ones are not passed on; an honest one has about 200 bytes. */
  static final int MAX_PASSED_BYTES = 1024;

  /** The longest name of a NAT type that is kept; the longest known one has 20 characters. */
  static final int MAX_NAT_CHARACTERS = 32;

  private final NodeCounters counters;
  private final long maxPayloadBytes;
  private final TokenBucket budget;

  /**
   * Makes one for a session.
   *
   * @param maxPayloadBytes a longer payload costs the sender, as with publishes
   */
  StatInbound(NodeCounters counters, long maxPayloadBytes, long nowNs) {
    this.counters = counters;
    this.maxPayloadBytes = maxPayloadBytes;
    this.budget = SessionBudgets.statistics(nowNs);
  }

  /** What the node's loop is to be told; {@code null} if nothing. */
  @Nullable InboundItem read(Envelope envelope, long nowNs) {
    byte[] payload = envelope.payload();
    if (envelope.messageId().isEmpty() || payload.length == 0) {
      counters.statisticsRefused.increment();
      return null;
    }
    if (!budget.take(nowNs)) {
      counters.statisticsThrottled.increment();
      return null;
    }
    if (payload.length > maxPayloadBytes) {
      return InboundItem.Statistics.BAD;
    }
    // The natives pass these two on unseen, so they are not held against the sender.
    if (payload.length > MAX_PASSED_BYTES
        || !envelope.messageId().equals(MessageIds.statDelta(payload))) {
      counters.statisticsRefused.increment();
      return null;
    }
    return decoded(payload);
  }

  private @Nullable InboundItem decoded(byte[] payload) {
    StatDelta delta;
    try {
      delta = StatDelta.decode(payload);
    } catch (JsonException e) {
      return InboundItem.Statistics.BAD;
    }
    if (delta.metrics().natType().length() > MAX_NAT_CHARACTERS) {
      counters.statisticsRefused.increment();
      return null;
    }
    return new InboundItem.Statistics(delta, payload);
  }
}
