// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.route;

import io.lichen.core.net.wire.Pingwave;
import io.lichen.core.work.TokenBucket;

/**
 * One node as its pingwaves show it, and which of them have come. Copies are told by the exact
 * number: a node that starts anew with lower numbers, as natives do, is heard at once, and nobody
 * can silence a node by waves with numbers that it has not reached yet. Not thread-safe.
 */
final class HeardOrigin {
  /** Numbers that are remembered: more than the copies of a wave that are under way at a time. */
  private static final int REMEMBERED = 16;

  /** A node sends one each tick, and four a second at most. */
  private static final int PER_SECOND = 4;

  private static final int BURST = 16;
  private static final int SMOOTHING = 8;

  private final long[] numbers = new long[REMEMBERED];
  private final TokenBucket budget;
  private int count;
  private long heardNs;
  private long latencyUs;
  private long via;
  private Pingwave last;

  /** Which peer is next to be told; see {@link Fanout}. */
  int nextPeer;

  HeardOrigin(Pingwave first, long via, long nowNs) {
    this.budget = new TokenBucket(BURST, PER_SECOND, nowNs);
    this.last = first;
    this.via = via;
    this.heardNs = nowNs;
  }

  /** Whether this very wave has come before. */
  boolean hasHeard(long seq) {
    for (int i = 0; i < Math.min(count, REMEMBERED); i++) {
      if (numbers[i] == seq) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the copy cannot have come by way of this node: what it passed on itself is two hops
   * older than what it heard first when it comes back.
   */
  boolean cannotLeadBack(Pingwave copy) {
    return copy.seq() == last.seq() && copy.hopCount() <= last.hopCount() + 1;
  }

  /** Whether it may speak once more now. */
  boolean takeTurn(long nowNs) {
    return budget.take(nowNs);
  }

  /** Takes in a wave that is new. */
  void hear(Pingwave wave, long from, long nowNs, long unixUs) {
    numbers[count++ % REMEMBERED] = wave.seq();
    if (count == 2 * REMEMBERED) {
      count = REMEMBERED;
    }
    long sampleUs = Math.max(0, unixUs - wave.originTimeUs());
    latencyUs += (sampleUs - latencyUs) / (count == 1 ? 1 : SMOOTHING);
    last = wave;
    via = from;
    heardNs = nowNs;
  }

  boolean isOlderThan(long maxAgeNs, long nowNs) {
    return nowNs - heardNs > maxAgeNs;
  }

  ProximityNode shown() {
    return new ProximityNode(
        last.origin(),
        via,
        last.hopCount(),
        latencyUs,
        last.loadLevel(),
        last.health(),
        last.capabilityHash(),
        last.capabilityVersion(),
        last.profile());
  }
}
