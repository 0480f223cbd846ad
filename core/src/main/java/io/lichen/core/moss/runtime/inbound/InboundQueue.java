// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.inbound;

import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.runtime.work.LoopSignal;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.core.work.BoundedQueue;
import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Carries batches from the sessions' event loops to the node's loop. When it is full, a session
 * that adds to it stops reading; all of them go on when it has drained. So it holds at most its
 * bound and one batch (one read) for each session.
 */
public final class InboundQueue {
  /** Batches under way. */
  static final int MAX_BATCHES = 1024;

  /** Their bytes. */
  public static final long MAX_BYTES = 4L << 20;

  private static final long RESUME_AFTER_NS = 20_000_000L;

  private final BoundedQueue<InboundBatch> queue =
      new BoundedQueue<>(MAX_BATCHES, MAX_BYTES, InboundBatch::sizeBytes);
  private final ConcurrentLinkedQueue<PeerLink> paused = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pausedCount = new AtomicInteger();
  private final LoopSignal loop;
  private final NodeCounters counters;
  private volatile long pausedSinceNs;

  // The loop's own: what it has taken out and not yet done.
  private ArrayDeque<InboundBatch> taken = new ArrayDeque<>();

  public InboundQueue(LoopSignal loop, NodeCounters counters) {
    this.loop = loop;
    this.counters = counters;
  }

  /** Adds a batch and, if that fills the queue, stops the session's reading; event loops. */
  void add(InboundBatch batch) {
    queue.add(batch);
    loop.wake();
    if (queue.isFull()) {
      pause(batch.link());
    }
  }

  /** The next batch, which stays the next until {@link #done}; the node's loop only. */
  public @Nullable InboundBatch peek() {
    if (taken.isEmpty()) {
      taken = queue.takeAll(taken);
    }
    return taken.peekFirst();
  }

  /** The batch that {@link #peek} gave is done with; the node's loop only. */
  public void done() {
    queue.consumed(taken.removeFirst());
    if (pausedCount.get() > 0 && mayResume()) {
      resumeAll();
    }
  }

  /** Whether there is something to take. */
  public boolean hasWork() {
    return !queue.isEmpty();
  }

  /** Bytes under way. */
  public long bytes() {
    return queue.bytes();
  }

  private void pause(PeerLink link) {
    counters.readPauses.increment();
    pausedSinceNs = System.nanoTime();
    link.session().setReading(false);
    paused.add(link);
    pausedCount.incrementAndGet();
    // The loop may have emptied the queue before it could see the mark.
    if (queue.isHalfEmpty()) {
      resumeAll();
    }
  }

  /** Half empty lets whole batches gather again; a slow consumer is served in smaller steps. */
  private boolean mayResume() {
    return queue.isHalfEmpty()
        || (!queue.isFull() && System.nanoTime() - pausedSinceNs >= RESUME_AFTER_NS);
  }

  private void resumeAll() {
    for (PeerLink link = paused.poll(); link != null; link = paused.poll()) {
      pausedCount.decrementAndGet();
      link.session().setReading(true);
    }
  }
}
