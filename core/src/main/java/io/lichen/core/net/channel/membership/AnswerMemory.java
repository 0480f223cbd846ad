// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel.membership;

import io.lichen.core.net.channel.membership.Membership.Ack;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What was answered lately, so that copies of a request get the same answer and do not count again.
 * Entries go after 10 s, or as the oldest when there is no room.
 */
final class AnswerMemory {
  static final int MAX_ENTRIES = 4096;

  private static final long KEPT_NS = TimeUnit.SECONDS.toNanos(10);

  private final Map<Key, Entry> entries = new LinkedHashMap<>();

  private record Key(long nodeId, long nonce) {}

  /** A request that is answered, or whose answer is being found while there is no ack. */
  record Entry(@Nullable Ack ack, long sinceNs) {}

  @Nullable Entry find(long nodeId, long nonce, long nowNs) {
    removeOld(nowNs);
    return entries.get(new Key(nodeId, nonce));
  }

  /** The answer will take a while. */
  void start(long nodeId, long nonce, long nowNs) {
    put(new Key(nodeId, nonce), new Entry(null, nowNs));
  }

  /** Whether the answer is still being found. */
  boolean isOpen(long nodeId, long nonce) {
    Entry entry = entries.get(new Key(nodeId, nonce));
    return entry != null && entry.ack() == null;
  }

  void put(long nodeId, Ack ack, long nowNs) {
    put(new Key(nodeId, ack.nonce()), new Entry(ack, nowNs));
  }

  private void put(Key key, Entry entry) {
    entries.remove(key);
    entries.put(key, entry);
    if (entries.size() > MAX_ENTRIES) {
      entries.remove(entries.keySet().iterator().next());
    }
  }

  void forget(long nodeId, long nonce) {
    entries.remove(new Key(nodeId, nonce));
  }

  void removePeer(long nodeId) {
    entries.keySet().removeIf(key -> key.nodeId() == nodeId);
  }

  private void removeOld(long nowNs) {
    Iterator<Entry> oldest = entries.values().iterator();
    while (oldest.hasNext() && nowNs - oldest.next().sinceNs() >= KEPT_NS) {
      oldest.remove();
    }
  }
}
