// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a poll brought.
 *
 * @param events the events
 * @param cursor where to go on; null at the beginning if there was nothing
 * @param hasMore whether another poll from the cursor would bring more
 * @param truncatedAtShardCap whether a shard was asked for fewer events than the limit needed
 * @param failedShards shards that could not be read, or whose positions have changed their format
 * @param stalledShards shards that have more but brought nothing
 * @param missed how many events behind the request's cursor had gone before they were polled
 */
public record PollResult(
    List<StoredEvent> events,
    @Nullable String cursor,
    boolean hasMore,
    boolean truncatedAtShardCap,
    List<Integer> failedShards,
    List<Integer> stalledShards,
    long missed) {
  /** Nothing at all, not even a place to go on. */
  public static final PollResult EMPTY =
      new PollResult(List.of(), null, false, false, List.of(), List.of(), 0);

  /** Takes copies. */
  public PollResult {
    events = List.copyOf(events);
    failedShards = List.copyOf(failedShards);
    stalledShards = List.copyOf(stalledShards);
  }
}
