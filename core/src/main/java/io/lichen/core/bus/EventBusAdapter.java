// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the events of a bus are kept: the SPI for storage outside of the bus.
 *
 * <p>Each call runs on a virtual thread of its own and may block; one that takes longer than the
 * configuration's {@code adapterTimeout} ({@link #poll} excepted) is interrupted, given up and
 * counts as a transient error. The batches of one shard come one after the other, in order; those
 * of different shards, and polls, at the same time. A batch may come again: see {@link EventBatch}.
 */
public interface EventBusAdapter {
  /** Starts; called once, before anything else. */
  default void init() throws AdapterException, InterruptedException {}

  /** Keeps a batch: returns when it is safe. */
  void onBatch(EventBatch batch) throws AdapterException, InterruptedException;

  /** Makes what it was given visible to {@link #poll}. */
  default void flush() throws AdapterException, InterruptedException {}

  /** Stops; called once, and nothing but polls that were under way comes after it. */
  default void shutdown() throws AdapterException, InterruptedException {}

  /**
   * The events of a shard behind a position.
   *
   * @param from the position of the last event already seen; null for the beginning
   * @param limit how many at most; above 0
   */
  ShardPage poll(int shard, @Nullable String from, int limit)
      throws AdapterException, InterruptedException;

  /**
   * A part of a shard.
   *
   * @param events in the adapter's order
   * @param next the position of the last event looked at; null if none was
   * @param hasMore whether there are more behind it
   * @param missed how many events behind {@code from} are no longer there
   */
  record ShardPage(List<StoredEvent> events, @Nullable String next, boolean hasMore, long missed) {
    /** Nothing. */
    public static final ShardPage EMPTY = new ShardPage(List.of(), null, false, 0);

    /** Takes a copy. */
    public ShardPage {
      events = List.copyOf(events);
    }
  }
}
