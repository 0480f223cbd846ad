// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.stat;

import io.lichen.crypto.Blake2s;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that is known about one epoch. The same contributions give the same snapshot in whatever
 * order and however often they come: taking them in is commutative, associative and idempotent
 * (docs/wire/moss-stats.md, "Snapshot").
 *
 * <p>Bounded without giving that up: of too many contributions those with the lowest keys stay. One
 * that belongs to them in the end has belonged to them all the time, so no revision of it was
 * missed. The count of nodes goes on counting all of them. Not thread-safe.
 */
public final class EpochSnapshot {
  /** Contributions kept by default. */
  public static final int MAX_ENTRIES = 16_384;

  /** Length of a digest in octets. */
  public static final int DIGEST_BYTES = 32;

  private final long epoch;
  private final int maxEntries;
  private final HyperLogLog count = new HyperLogLog();
  private final TreeMap<EntryKey, StatMetrics> entries = new TreeMap<>();
  private long evicted;

  /** An empty one that keeps {@value #MAX_ENTRIES} contributions. */
  public EpochSnapshot(long epoch) {
    this(epoch, MAX_ENTRIES);
  }

  /** An empty one that keeps this many contributions, at least one. */
  EpochSnapshot(long epoch, int maxEntries) {
    this.epoch = epoch;
    this.maxEntries = maxEntries;
  }

  /** Which epoch. */
  public long epoch() {
    return epoch;
  }

  /**
   * Takes a contribution.
   *
   * @return whether it said anything new
   */
  public boolean contribute(EpochId id, StatMetrics metrics) {
    boolean counted = count.add(id.hash());
    return put(id.key(), metrics) || counted;
  }

  /** Number of contributions kept. */
  public int contributors() {
    return entries.size();
  }

  /** The contributions kept, in the order of their keys. */
  Collection<StatMetrics> metrics() {
    return Collections.unmodifiableCollection(entries.values());
  }

  /** Contributions that had to go because there were too many. */
  long evicted() {
    return evicted;
  }

  /** About how many nodes have contributed. */
  public long nodeCountEstimate() {
    return count.estimate();
  }

  /**
   * The hash of the snapshot, chained to that of the epoch before.
   *
   * @param previous 32 octets, zeros if there is none
   */
  public byte[] digest(byte[] previous) {
    Blake2s blake = new Blake2s();
    ByteBuffer head = ByteBuffer.allocate(Long.BYTES + 1 + HyperLogLog.REGISTERS).putLong(epoch);
    count.write(head);
    update(blake, head.array());
    for (Map.Entry<EntryKey, StatMetrics> entry : entries.entrySet()) {
      update(blake, entry.getKey().octets());
      update(blake, entry.getValue().octets());
    }
    update(blake, previous);
    byte[] digest = new byte[DIGEST_BYTES];
    blake.digest(digest, 0);
    return digest;
  }

  private static void update(Blake2s blake, byte[] octets) {
    blake.update(octets, 0, octets.length);
  }

  private boolean put(EntryKey key, StatMetrics metrics) {
    StatMetrics before = entries.get(key);
    StatMetrics after = before == null ? metrics : StatMetrics.later(before, metrics);
    if (after.equals(before)) {
      return false;
    }
    entries.put(key, after);
    if (entries.size() <= maxEntries) {
      return true;
    }
    evicted++;
    return !entries.pollLastEntry().getKey().equals(key);
  }
}
