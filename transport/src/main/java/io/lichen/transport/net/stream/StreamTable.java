// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import org.jspecify.annotations.Nullable;

/**
 * The streams of a session by id, and in the order of their activity. Ids are primitive and chosen
 * by the peer: they are mixed with a secret number before they pick a bucket.
 */
final class StreamTable {
  private static final int FIRST_BUCKETS = 8;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final int maxStreams;
  private final long hashSeed;
  private @Nullable StreamState[] buckets = new StreamState[FIRST_BUCKETS];
  private int size;
  private @Nullable StreamState newest;
  private @Nullable StreamState oldest;

  StreamTable(int maxStreams, long hashSeed) {
    this.maxStreams = maxStreams;
    this.hashSeed = hashSeed;
  }

  @Nullable StreamState get(long id) {
    StreamState first = newest;
    if (first != null && first.id == id) {
      return first;
    }
    StreamState state = buckets[bucket(id)];
    while (state != null && state.id != id) {
      state = state.nextInBucket;
    }
    return state;
  }

  /** Adds a stream that is not in the table; there must be room. */
  StreamState add(long id, long nowNs) {
    if (size >= buckets.length) {
      grow();
    }
    StreamState state = new StreamState(id);
    int bucket = bucket(id);
    state.nextInBucket = buckets[bucket];
    buckets[bucket] = state;
    size++;
    linkNewest(state);
    state.activeNs = nowNs;
    return state;
  }

  /** Makes a stream the most recently active. */
  void touch(StreamState state, long nowNs) {
    state.activeNs = nowNs;
    if (state != newest) {
      unlink(state);
      linkNewest(state);
    }
  }

  void remove(StreamState state) {
    unlink(state);
    int bucket = bucket(state.id);
    StreamState before = null;
    StreamState each = buckets[bucket];
    while (each != null && each != state) {
      before = each;
      each = each.nextInBucket;
    }
    if (before == null) {
      buckets[bucket] = state.nextInBucket;
    } else {
      before.nextInBucket = state.nextInBucket;
    }
    size--;
  }

  boolean isFull() {
    return size == maxStreams;
  }

  int size() {
    return size;
  }

  /** The least recently active stream; {@link StreamState#newer} leads to the others. */
  @Nullable StreamState oldest() {
    return oldest;
  }

  private void linkNewest(StreamState state) {
    state.older = newest;
    state.newer = null;
    if (newest == null) {
      oldest = state;
    } else {
      newest.newer = state;
    }
    newest = state;
  }

  private void unlink(StreamState state) {
    StreamState newer = state.newer;
    StreamState older = state.older;
    if (newer == null) {
      newest = older;
    } else {
      newer.older = older;
    }
    if (older == null) {
      oldest = newer;
    } else {
      older.newer = newer;
    }
  }

  private void grow() {
    @Nullable StreamState[] few = buckets;
    buckets = new StreamState[few.length * 2];
    for (StreamState first : few) {
      StreamState state = first;
      while (state != null) {
        StreamState next = state.nextInBucket;
        int bucket = bucket(state.id);
        state.nextInBucket = buckets[bucket];
        buckets[bucket] = state;
        state = next;
      }
    }
  }

  private int bucket(long id) {
    long mixed = (id ^ hashSeed) * MIX;
    mixed = (mixed ^ (mixed >>> 32)) * ((MIX ^ hashSeed) | 1);
    return (int) (mixed >>> 32) & buckets.length - 1;
  }
}
