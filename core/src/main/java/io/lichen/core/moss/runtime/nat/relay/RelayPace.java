// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.relay;

import io.lichen.nat.relay.ByteBucket;
import io.lichen.nat.relay.RelayRate;
import java.util.random.RandomGenerator;

/**
 * How fast this node sends through one relay, all its sessions there together. A relay throws away
 * what is too much, without a word, so the sender keeps below what it would bear itself as a relay,
 * and below what a native bears unread. Thread-safe.
 */
final class RelayPace {
  /** Of the relay's capacity: the rest is for messages that arrive closer together than sent. */
  private static final double PART = 15 / 16.0;

  /** What a relay bears at once unless it is told otherwise. */
  private static final long USUAL_CAPACITY_BYTES = 256_000;

  private static final long UNREAD_PAUSE_NS = 1_000_000L;

  private final ByteBucket bucket;
  private final int maxPayloadBytes;
  private final RelayWindow window;

  RelayPace(RelayRate rate, RandomGenerator random, long nowNs) {
    long capacity = Math.max(1, (long) (rate.capacityBytes() * PART));
    this.bucket = new ByteBucket(new RelayRate(capacity, rate.perSecondBytes()), nowNs);
    this.maxPayloadBytes =
        (int) Math.clamp(rate.capacityBytes(), USUAL_CAPACITY_BYTES, Integer.MAX_VALUE);
    this.window = new RelayWindow(random);
  }

  /** What no relay of which nothing is known can be expected to pass on is longer than this. */
  int maxPayloadBytes() {
    return maxPayloadBytes;
  }

  /** What the relay may not have read yet. */
  RelayWindow window() {
    return window;
  }

  /** Whether it is as if nothing had ever been sent. */
  synchronized boolean isUnused(long nowNs) {
    return bucket.isFull(nowNs);
  }

  /**
   * How long to wait before a payload of so many octets is sent; 0 counts as sending it. Whoever
   * has asked looks whether a ping is due in the window.
   */
  synchronized long takeOrWaitNs(int bytes, long nowNs) {
    long waitNs = window.isFull() ? UNREAD_PAUSE_NS : bucket.waitNs(bytes, nowNs);
    if (waitNs == 0) {
      bucket.spend(bytes, nowNs);
      window.sent();
    }
    return waitNs;
  }
}
