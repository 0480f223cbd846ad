// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.lichen.core.bus.Backpressure;
import io.lichen.core.bus.Batching;
import io.lichen.core.bus.EventBatch;
import io.lichen.core.bus.EventBusAdapter;
import io.lichen.core.bus.EventBusStats;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShardSetTest {
  private final CountDownLatch reached = new CountDownLatch(1);

  /** An adapter that takes nothing for ever. */
  private final class Stuck implements EventBusAdapter {
    @Override
    public void onBatch(EventBatch batch) throws InterruptedException {
      reached.countDown();
      new CountDownLatch(1).await();
    }

    @Override
    public ShardPage poll(int shard, @Nullable String from, int limit) {
      return ShardPage.EMPTY;
    }
  }

  @Test
  void shouldGiveUpAndCountWhatIsThereWhenTheTimeIsOver() throws Exception {
    ShardSet shards = shards(1);
    shards.start();
    shards.push(0, utf8("under way"));
    reached.await();
    for (int i = 0; i < 5; i++) {
      shards.push(0, utf8("waiting"));
    }

    assertFalse(shards.settle(Duration.ofMillis(20)));
    shards.close();
    shards.drain(Duration.ofMillis(20));

    while (shards.stats().lost() == 0) {
      Thread.onSpinWait();
    }
    assertEquals(new EventBusStats(6, 0, 0, 0, 1, 5, 0, 0), shards.stats());
    assertEquals(Shard.CLOSED, shards.push(0, utf8("late")));
  }

  @Test
  void shouldKeepTheOrderOfEachShardOfABatch() {
    ShardSet shards = shards(3);
    byte[][] events = new byte[100][];
    for (int i = 0; i < events.length; i++) {
      events[i] = utf8("{\"i\":" + i + "}");
    }

    long[] answers = shards.pushAll(events);

    long[] last = {-1, -1, -1};
    int[] counts = new int[3];
    for (int i = 0; i < events.length; i++) {
      int shard = shards.select(events[i]);
      counts[shard]++;
      assertEquals(true, answers[i] > last[shard]);
      last[shard] = answers[i];
    }
    assertEquals(100, shards.stats().queued());
    assertEquals(true, counts[0] > 0 && counts[1] > 0 && counts[2] > 0);
  }

  private ShardSet shards(int count) {
    ShardWorker.Settings settings =
        new ShardWorker.Settings(
            new Stuck(), new AdapterCalls(Duration.ofHours(1)), Batching.LOW_LATENCY, 0, 1);
    return new ShardSet(count, 1024, Backpressure.DROP_NEWEST, settings);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
