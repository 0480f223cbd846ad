// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Takes a batch only when the test lets it, and fails as the test wants. */
final class GateAdapter implements EventBusAdapter {
  private final Semaphore allowed = new Semaphore(0);
  private final Semaphore arrived = new Semaphore(0);

  /** What the next calls throw; with none left they succeed. */
  final Queue<AdapterException> failures = new ConcurrentLinkedQueue<>();

  final Queue<EventBatch> tries = new ConcurrentLinkedQueue<>();
  final Queue<EventBatch> taken = new ConcurrentLinkedQueue<>();
  final AtomicInteger inits = new AtomicInteger();
  final AtomicInteger flushes = new AtomicInteger();
  final AtomicInteger shutdowns = new AtomicInteger();

  /** Lets so many batches through. */
  void allow(int batches) {
    allowed.release(batches);
  }

  /** Lets all batches through. */
  GateAdapter open() {
    allowed.release(Integer.MAX_VALUE / 2);
    return this;
  }

  /** Waits until another batch stands before the gate. */
  void awaitBatch() throws InterruptedException {
    assertTrue(arrived.tryAcquire(20, TimeUnit.SECONDS), "no batch came within 20 s");
  }

  /** Whether another batch stands before the gate, now or in a moment. */
  boolean hasBatch() throws InterruptedException {
    return arrived.tryAcquire(1, TimeUnit.MILLISECONDS);
  }

  /** All events that were taken, in the order of their batches. */
  List<String> events() {
    List<String> events = new ArrayList<>();
    for (EventBatch batch : taken) {
      for (int i = 0; i < batch.size(); i++) {
        events.add(new String(batch.raw(i), StandardCharsets.UTF_8));
      }
    }
    return events;
  }

  @Override
  public void init() {
    inits.incrementAndGet();
  }

  @Override
  public void onBatch(EventBatch batch) throws AdapterException, InterruptedException {
    tries.add(batch);
    arrived.release();
    allowed.acquire();
    AdapterException failure = failures.poll();
    if (failure != null) {
      throw failure;
    }
    taken.add(batch);
  }

  @Override
  public void flush() {
    flushes.incrementAndGet();
  }

  @Override
  public void shutdown() {
    shutdowns.incrementAndGet();
  }

  @Override
  public ShardPage poll(int shard, @Nullable String from, int limit) {
    return ShardPage.EMPTY;
  }
}
