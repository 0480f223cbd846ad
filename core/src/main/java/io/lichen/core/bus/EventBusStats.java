// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus;

/**
 * What a bus has counted, each shard at one instant: {@code accepted = delivered + evicted + lost +
 * abandoned + queued} always holds.
 *
 * @param accepted events that were ingested
 * @param refused events for which there was no room
 * @param evicted accepted events that gave their place to newer ones ({@link
 *     Backpressure#DROP_OLDEST})
 * @param delivered accepted events that the adapter took
 * @param lost accepted events that the adapter finally refused
 * @param abandoned accepted events still there when the time to shut down was over
 * @param queued accepted events that wait, or that the adapter has just been given
 * @param batches batches that the adapter took
 */
public record EventBusStats(
    long accepted,
    long refused,
    long evicted,
    long delivered,
    long lost,
    long abandoned,
    long queued,
    long batches) {
  /** A bus that has not seen anything. */
  public static final EventBusStats NONE = new EventBusStats(0, 0, 0, 0, 0, 0, 0, 0);

  /** The sums of both. */
  public EventBusStats plus(EventBusStats other) {
    return new EventBusStats(
        accepted + other.accepted,
        refused + other.refused,
        evicted + other.evicted,
        delivered + other.delivered,
        lost + other.lost,
        abandoned + other.abandoned,
        queued + other.queued,
        batches + other.batches);
  }

  /** What the native calls dropped: refused and abandoned, but not evicted, not lost. */
  public long eventsDropped() {
    return refused + abandoned;
  }

  /** What the native's shards call dropped: also what was evicted. */
  public long shardEventsDropped() {
    return refused + abandoned + evicted;
  }

  /** The six members that the native writes, in its order. */
  public String toJson() {
    return "{\"batches_dispatched\":"
        + batches
        + ",\"events_dropped\":"
        + eventsDropped()
        + ",\"events_ingested\":"
        + accepted
        + ",\"shard_batches_dispatched\":"
        + batches
        + ",\"shard_events_dropped\":"
        + shardEventsDropped()
        + ",\"shard_events_ingested\":"
        + accepted
        + '}';
  }
}
