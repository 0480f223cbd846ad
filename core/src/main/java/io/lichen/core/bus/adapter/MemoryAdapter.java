// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.adapter;

import io.lichen.core.bus.AdapterException;
import io.lichen.core.bus.EventBatch;
import io.lichen.core.bus.EventBusAdapter;
import io.lichen.core.bus.Retention;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Keeps events in memory, as long as its retention says: the default of this bus. Thread-safe. */
public final class MemoryAdapter implements EventBusAdapter {
  private final List<ShardLog> logs = new ArrayList<>();

  /**
   * Makes one.
   *
   * @param openedMs the wall clock: positions begin with it, so that those of an earlier life of
   *     the bus are recognised
   * @param nanoTime a clock for ages
   */
  public MemoryAdapter(int shards, Retention retention, long openedMs, LongSupplier nanoTime) {
    ShardLog.Limits limits = ShardLog.Limits.share(retention, shards);
    for (int shard = 0; shard < shards; shard++) {
      logs.add(new ShardLog(shard, limits, openedMs, nanoTime));
    }
  }

  @Override
  public void onBatch(EventBatch batch) {
    logs.get(batch.shard()).append(batch);
  }

  /** A shard that the bus does not have is empty. */
  @Override
  public ShardPage poll(int shard, @Nullable String from, int limit) throws AdapterException {
    return shard >= 0 && shard < logs.size() ? logs.get(shard).read(from, limit) : ShardPage.EMPTY;
  }

  /** How many events have gone, because there were too many, too large or too old ones. */
  public long expired() {
    return logs.stream().mapToLong(ShardLog::expired).sum();
  }

  /** How many events are there. */
  public long size() {
    return logs.stream().mapToLong(ShardLog::size).sum();
  }
}
