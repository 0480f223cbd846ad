// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import org.jspecify.annotations.Nullable;

/**
 * How often cached messages were sent again to one peer on its IWANT. It remembers as many ids as
 * messages are cached: if they were fewer, whoever asked for all of them in turn had no limit.
 * Nothing is allocated before the first IWANT. Single-threaded.
 */
final class RetransmissionLimit {
  private final int maxReplies;
  private final int maxIds;
  private final Counters counters;
  private @Nullable HashRing ids;

  /** By position. */
  private byte[] replies = {};

  RetransmissionLimit(int maxReplies, int maxIds, Counters counters) {
    this.maxReplies = maxReplies;
    this.maxIds = maxIds;
    this.counters = counters;
  }

  /** Counts one more reply for the hashed id; false if the limit is reached. */
  boolean take(IdHasher id) {
    HashRing known = ids;
    if (known == null) {
      known = new HashRing(maxIds);
      ids = known;
      replies = new byte[Integer.highestOneBit(2 * maxIds - 1)];
    }
    long found = known.find(id.high, id.low);
    int index = (int) (found < 0 ? add(known, id) : found) & (replies.length - 1);
    if (replies[index] >= maxReplies) {
      return false;
    }
    replies[index]++;
    return true;
  }

  private long add(HashRing known, IdHasher id) {
    if (known.isFull()) {
      known.removeFirst();
      counters.repliesEvicted++;
    }
    long position = known.add(id.high, id.low);
    replies[(int) position & (replies.length - 1)] = 0;
    return position;
  }
}
