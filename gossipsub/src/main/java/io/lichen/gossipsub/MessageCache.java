// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import org.jspecify.annotations.Nullable;

/**
 * Recent messages, kept to answer IWANT and to be offered by IHAVE. Bounded in number, octets and
 * age; the oldest goes first. Messages are addressed by position, counted up for ever.
 * Single-threaded.
 */
final class MessageCache {
  private final HashRing ids;
  private final @Nullable PublishedMessage[] messages;
  private final @Nullable PeerState[] senders;
  private final long[] addedNs;
  private final int mask;
  private final long maxBytes;
  private final long ttlNs;
  private final Counters counters;
  private long bytes;

  MessageCache(CacheParams params, Counters counters) {
    int capacity = Integer.highestOneBit(2 * params.maxCachedMessages() - 1);
    this.ids = new HashRing(params.maxCachedMessages());
    this.messages = new PublishedMessage[capacity];
    this.senders = new PeerState[capacity];
    this.addedNs = new long[capacity];
    this.mask = capacity - 1;
    this.maxBytes = params.maxCachedBytes();
    this.ttlNs = params.ttlMs() * 1_000_000L;
    this.counters = counters;
  }

  /**
   * Keeps a message that is not cached yet.
   *
   * @param from who sent it, or null for an own one
   */
  void add(PublishedMessage message, IdHasher id, @Nullable PeerState from, long nowNs) {
    long cost = cost(message);
    if (cost > maxBytes || ids.find(id.high, id.low) >= 0) {
      return;
    }
    while (ids.isFull() || bytes + cost > maxBytes) {
      removeFirst();
      counters.cacheEvicted++;
    }
    int index = (int) ids.add(id.high, id.low) & mask;
    messages[index] = message.withoutPayload();
    senders[index] = from;
    addedNs[index] = nowNs;
    bytes += cost;
  }

  @Nullable PublishedMessage get(IdHasher id) {
    long position = ids.find(id.high, id.low);
    return position < 0 ? null : messages[(int) position & mask];
  }

  /** Drops messages older than the time to live. */
  void expire(long nowNs) {
    while (ids.size() > 0 && nowNs - addedNs[(int) ids.first() & mask] >= ttlNs) {
      removeFirst();
    }
  }

  /** The position of the oldest message. */
  long first() {
    return ids.first();
  }

  /** The position that the next message gets. */
  long next() {
    return ids.next();
  }

  PublishedMessage at(long position) {
    PublishedMessage message = messages[(int) position & mask];
    if (message == null || position < ids.first() || position >= ids.next()) {
      throw new IndexOutOfBoundsException("no message at " + position);
    }
    return message;
  }

  long addedNs(long position) {
    return addedNs[(int) position & mask];
  }

  boolean isFrom(long position, PeerState peer) {
    return senders[(int) position & mask] == peer;
  }

  int size() {
    return ids.size();
  }

  long bytes() {
    return bytes;
  }

  private void removeFirst() {
    int index = (int) ids.first() & mask;
    PublishedMessage message = messages[index];
    if (message != null) {
      bytes -= cost(message);
    }
    messages[index] = null;
    senders[index] = null;
    ids.removeFirst();
  }

  private static long cost(PublishedMessage message) {
    return message.encoded().length;
  }
}
