// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.relay;

import io.lichen.nat.relay.ByteBucket;
import io.lichen.nat.relay.RelayRate;
import java.util.concurrent.atomic.LongAdder;

/**
 * How fast this node sends through one relay, all its sessions there together. A relay throws away
 * what is too much, without a word, so the sender keeps below what it would bear itself as a relay.
 * Thread-safe.
 */
final class RelayPace {
  /** Of the relay's capacity: the rest is for messages that arrive closer together than sent. */
  private static final double PART = 15 / 16.0;

  private final ByteBucket bucket;
  private final LongAdder waits;

  RelayPace(RelayRate rate, LongAdder waits, long nowNs) {
    long capacity = Math.max(1, (long) (rate.capacityBytes() * PART));
    this.bucket = new ByteBucket(new RelayRate(capacity, rate.perSecondBytes()), nowNs);
    this.waits = waits;
  }

  /** How long to wait before so many octets are sent; 0 counts as sending them. */
  synchronized long takeOrWaitNs(int bytes, long nowNs) {
    long waitNs = bucket.waitNs(bytes, nowNs);
    if (waitNs == 0) {
      bucket.spend(bytes, nowNs);
    } else {
      waits.increment();
    }
    return waitNs;
  }
}
