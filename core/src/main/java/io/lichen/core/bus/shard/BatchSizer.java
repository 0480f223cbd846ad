// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.shard;

import io.lichen.core.bus.Batching;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * How many events make a batch: as many as come in 5 ms, approached by quarters, between the bounds
 * (docs/wire/net-event-bus.md, "Batches"). Not thread-safe.
 */
final class BatchSizer {
  private static final int MAX_SAMPLES = 1024;
  private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final double BATCHES_PER_SECOND = 200;
  private static final double NS_PER_SECOND = 1e9;

  private record Sample(long atNs, long total) {}

  private final Batching batching;
  private final long windowNs;
  private final ArrayDeque<Sample> samples = new ArrayDeque<>();
  private long total;
  private long size;
  private long changedNs;

  BatchSizer(Batching batching, long nowNs) {
    this.batching = batching;
    this.windowNs = TimeUnit.NANOSECONDS.convert(batching.velocityWindow());
    this.size = batching.adaptive() ? batching.minSize() : batching.maxSize();
    this.changedNs = nowNs;
  }

  /** The events that make a batch now. */
  int size() {
    return (int) size;
  }

  /** Tells how many events have come. */
  void record(int count, long nowNs) {
    if (!batching.adaptive()) {
      return;
    }
    total += count;
    samples.addLast(new Sample(nowNs, total));
    while (samples.size() > MAX_SAMPLES || nowNs - samples.getFirst().atNs > windowNs) {
      samples.removeFirst();
    }
    if (nowNs - changedNs > PAUSE_NS) {
      changedNs = nowNs;
      size = bounded((3 * size + bounded((long) (perSecond() / BATCHES_PER_SECOND))) / 4);
    }
  }

  private double perSecond() {
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    long elapsedNs = last.atNs - first.atNs;
    return elapsedNs == 0 ? 0 : (last.total - first.total) * NS_PER_SECOND / elapsedNs;
  }

  private long bounded(long wanted) {
    return Math.clamp(wanted, batching.minSize(), batching.maxSize());
  }
}
