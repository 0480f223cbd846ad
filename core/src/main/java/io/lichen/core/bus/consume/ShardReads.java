// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.consume;

import io.lichen.core.bus.EventBusAdapter;
import io.lichen.core.bus.EventBusAdapter.ShardPage;
import io.lichen.core.bus.EventBusError;
import io.lichen.core.bus.EventBusException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads several shards at the same time; one that cannot be read does not hold up the others. */
final class ShardReads {
  private static final Logger LOG = LoggerFactory.getLogger(ShardReads.class);

  /** What a shard answered; null if it could not be read. */
  record Read(int shard, @Nullable ShardPage page) {}

  private ShardReads() {}

  static List<Read> all(EventBusAdapter adapter, List<Integer> shards, Cursor from, int limit) {
    List<FutureTask<ShardPage>> tasks = new ArrayList<>(shards.size());
    for (int shard : shards) {
      String position = from.position(shard);
      FutureTask<ShardPage> task = new FutureTask<>(() -> adapter.poll(shard, position, limit));
      tasks.add(task);
      Thread.ofVirtual().name("lichen-bus-poll-" + shard).start(task);
    }
    List<Read> reads = new ArrayList<>(shards.size());
    try {
      for (int i = 0; i < tasks.size(); i++) {
        reads.add(new Read(shards.get(i), page(shards.get(i), tasks.get(i))));
      }
    } catch (InterruptedException e) {
      tasks.forEach(task -> task.cancel(true));
      Thread.currentThread().interrupt();
      throw new EventBusException(EventBusError.UNKNOWN, "interrupted while polling", e);
    }
    return reads;
  }

  private static @Nullable ShardPage page(int shard, FutureTask<ShardPage> task)
      throws InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      LOG.debug("shard {} cannot be polled", shard, e.getCause());
      return null;
    }
  }
}
