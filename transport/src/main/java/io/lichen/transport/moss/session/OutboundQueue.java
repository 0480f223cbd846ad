// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.session;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sent on one session: any thread adds, the session's event loop takes.
 *
 * <p>Counts the octets of a payload from {@link #offer} until {@link #release}, so that what the
 * socket has not taken yet is included. At the high-water mark the queue stops being writable, at
 * the hard limit it refuses.
 */
public final class OutboundQueue {
  /** Added per payload, so that many empty ones are bounded too. */
  public static final int COST_PER_PAYLOAD_BYTES = 32;

  private final ConcurrentLinkedQueue<byte[]> payloads = new ConcurrentLinkedQueue<>();
  private final AtomicLong pending = new AtomicLong();
  private final AtomicBoolean drainClaimed = new AtomicBoolean();
  private final int highWaterBytes;
  private final int maxBytes;
  private volatile boolean congested;

  /** An empty queue. */
  public OutboundQueue(int highWaterBytes, int maxBytes) {
    this.highWaterBytes = highWaterBytes;
    this.maxBytes = maxBytes;
  }

  /** Octets that a payload counts for. */
  public static int cost(byte[] payload) {
    return payload.length + COST_PER_PAYLOAD_BYTES;
  }

  /**
   * Adds a payload, from any thread. One payload is always taken, however long.
   *
   * @return whether it was taken; if so, the caller next asks {@link #claimDrain}
   */
  public boolean offer(byte[] payload) {
    int cost = cost(payload);
    long before = pending.getAndAdd(cost);
    if (before > 0 && before + cost > maxBytes) {
      pending.addAndGet(-cost);
      return false;
    }
    if (before + cost >= highWaterBytes) {
      // Set before the payload can be taken: whoever releases it sees the flag.
      congested = true;
    }
    payloads.add(payload);
    return true;
  }

  /** Whether the caller is to make the event loop drain; true once until {@link #drained}. */
  public boolean claimDrain() {
    return !drainClaimed.get() && drainClaimed.compareAndSet(false, true);
  }

  /**
   * Gives the claim back when the queue was found empty.
   *
   * @return whether the drain is over; false if payloads came in between, and the claim is held
   */
  public boolean drained() {
    drainClaimed.set(false);
    return payloads.isEmpty() || !claimDrain();
  }

  /** The next payload without taking it; for the event loop only. */
  public byte @Nullable [] peek() {
    return payloads.peek();
  }

  /** Takes the next payload; for the event loop only. It stays counted until released. */
  public byte @Nullable [] poll() {
    return payloads.poll();
  }

  /**
   * Stops counting payloads that the socket has taken or that were thrown away; for the event loop
   * only.
   *
   * @return whether this took the queue below its low-water mark after it had been above the high
   */
  public boolean release(long costBytes) {
    long left = pending.addAndGet(-costBytes);
    if (!congested || left > highWaterBytes / 2) {
      return false;
    }
    congested = false;
    if (pending.get() >= highWaterBytes) {
      // Filled again meanwhile, by somebody whose flag was just cleared.
      congested = true;
      return false;
    }
    return true;
  }

  /** Throws away what is queued. */
  public void clear() {
    byte[] payload = payloads.poll();
    while (payload != null) {
      release(cost(payload));
      payload = payloads.poll();
    }
  }

  /** Octets counted now. */
  public long pendingBytes() {
    return pending.get();
  }

  /** Whether less than the high-water mark is counted. */
  public boolean isWritable() {
    return pending.get() < highWaterBytes;
  }
}
