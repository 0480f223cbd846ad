// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.shard;

import io.lichen.core.bus.AdapterException;
import io.lichen.core.bus.AdapterException.Kind;
import io.lichen.core.bus.Batching;
import io.lichen.core.bus.EventBatch;
import io.lichen.core.bus.EventBusAdapter;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the events of one shard to the adapter, batch after batch, on a virtual thread. The ring
 * is where a batch gathers: while the adapter is busy, or says that it is, nothing leaves the ring,
 * and the back-pressure mode decides about what comes.
 */
public final class ShardWorker {
  private static final Logger LOG = LoggerFactory.getLogger(ShardWorker.class);
  private static final long FIRST_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int MOST_DOUBLINGS = 5;
  private static final long NO_HURRY_NS = TimeUnit.HOURS.toNanos(1);

  /** What all workers of a bus have in common. */
  public record Settings(
      EventBusAdapter adapter,
      AdapterCalls calls,
      Batching batching,
      int retries,
      long producerNonce) {}

  private final int id;
  private final Shard.View shard;
  private final Settings settings;
  private final Thread thread;

  /** How many events went in batches, delivered or lost. */
  private long sequence;

  private long lostBatches;

  /** Makes one that does not run yet. */
  public ShardWorker(int id, Shard shard, Settings settings) {
    this.id = id;
    this.shard = shard.new View();
    this.settings = settings;
    this.thread = Thread.ofVirtual().name("lichen-bus-shard-" + id).unstarted(this::run);
  }

  /** Begins. */
  public void start() {
    thread.start();
  }

  /** Waits for its end, which comes when its closed shard is empty; tells whether it came. */
  public boolean join(Duration patience) throws InterruptedException {
    return thread.join(patience);
  }

  /** Ends it while it waits for the adapter: that batch is lost. */
  public void interrupt() {
    thread.interrupt();
  }

  private void run() {
    Batching batching = settings.batching();
    BatchSizer sizer = new BatchSizer(batching, System.nanoTime());
    long maxDelayNs = TimeUnit.NANOSECONDS.convert(batching.maxDelay());
    while (true) {
      switch (shard.take(sizer.size(), batching.maxSize(), maxDelayNs)) {
        case BATCH -> {
          sizer.record(shard.events.length, System.nanoTime());
          shard.done(bring(shard.events, shard.insertionTs));
        }
        case WAIT -> LockSupport.parkNanos(shard.waitNs == 0 ? NO_HURRY_NS : shard.waitNs);
        case END -> {
          return;
        }
      }
    }
  }

  private boolean bring(byte[][] events, long[] insertionTs) {
    EventBatch batch = new EventBatch(id, sequence, settings.producerNonce(), events, insertionTs);
    sequence += events.length;
    for (int attempt = 0; ; attempt++) {
      try {
        settings.calls().run("batch", Kind.TRANSIENT, () -> settings.adapter().onBatch(batch));
        return true;
      } catch (AdapterException e) {
        if (!e.kind().retryable() || attempt == settings.retries() || !pause(attempt)) {
          reportLoss(batch, e);
          return false;
        }
      } catch (InterruptedException e) {
        reportLoss(batch, e);
        return false;
      }
    }
  }

  /** Sleeps from 100 ms, doubling, to 3.2 s, give or take a quarter; false if interrupted. */
  private static boolean pause(int attempt) {
    long base = FIRST_PAUSE_NS << Math.min(attempt, MOST_DOUBLINGS);
    long jittered = ThreadLocalRandom.current().nextLong(base - base / 4, base + base / 4 + 1);
    try {
      Thread.sleep(Duration.ofNanos(jittered));
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  /** One line for the first, second, fourth, eighth … batch: counters tell the rest. */
  private void reportLoss(EventBatch batch, Exception cause) {
    lostBatches++;
    if (Long.bitCount(lostBatches) == 1) {
      LOG.warn(
          "shard {}: {} events from {} on are lost ({} batches so far): {}",
          id,
          batch.size(),
          batch.sequenceStart(),
          lostBatches,
          String.valueOf(cause.getMessage()));
    }
  }
}
