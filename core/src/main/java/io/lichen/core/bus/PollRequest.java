// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to poll.
 *
 * @param limit how many events at most, from 0
 * @param cursor {@link PollResult#cursor} of the poll before; null for the beginning
 * @param filter which events; null for all
 * @param ordering in which order
 * @param shards which shards, also such as the bus does not have but its adapter may; null for all
 *     of the bus
 */
public record PollRequest(
    long limit,
    @Nullable String cursor,
    @Nullable EventFilter filter,
    Ordering ordering,
    @Nullable List<Integer> shards) {
  /** The order of events from several shards. */
  public enum Ordering {
    /** Shard after shard, ascending: with a low limit the first ones fill the page. */
    NONE,
    /** By insertion time, then shard, then position. */
    INSERTION_TS
  }

  /** Checks the limit and takes a copy of the shards. */
  public PollRequest {
    if (limit < 0) {
      throw new EventBusException(
          EventBusError.INVALID_ARGUMENT, "limit: expected 0 or more, found " + limit);
    }
    shards = shards == null ? null : List.copyOf(shards);
  }

  /** From the beginning, all shards, no filter, no order. */
  public static PollRequest of(long limit) {
    return new PollRequest(limit, null, null, Ordering.NONE, null);
  }

  /** The same from this cursor on; null for the beginning. */
  public PollRequest from(@Nullable String cursor) {
    return new PollRequest(limit, cursor, filter, ordering, shards);
  }

  /** The same for the events that the filter lets pass. */
  public PollRequest matching(EventFilter filter) {
    return new PollRequest(limit, cursor, filter, ordering, shards);
  }

  /** The same in this order. */
  public PollRequest ordered(Ordering ordering) {
    return new PollRequest(limit, cursor, filter, ordering, shards);
  }

  /** The same of these shards only. */
  public PollRequest shards(List<Integer> shards) {
    return new PollRequest(limit, cursor, filter, ordering, shards);
  }
}
