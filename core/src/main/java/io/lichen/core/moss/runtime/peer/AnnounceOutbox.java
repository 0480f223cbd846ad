// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.peer;

import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.core.work.TokenBucket;
import io.lichen.crypto.PeerId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Announcements that wait to be sent to one peer, no faster than it looks at them. A newer one
 * about the same peer takes the place of the older; when it is full, the oldest goes. The node's
 * loop only.
 */
public final class AnnounceOutbox {
  /** Announcements that may wait. */
  static final int MAX_WAITING = 256;

  private record Key(EnvelopeType type, PeerId about) {}

  private final Map<Key, byte[]> waiting = new LinkedHashMap<>();
  private final TokenBucket budget;

  AnnounceOutbox(long nowNs) {
    this.budget = SessionBudgets.sentAnnouncements(nowNs);
  }

  /** One is sent past the queue: it counts all the same. */
  public void bypassed(long nowNs) {
    budget.take(nowNs);
  }

  /**
   * Adds one.
   *
   * @return whether all that waited before still waits
   */
  public boolean add(EnvelopeType type, PeerId about, byte[] encoded) {
    waiting.put(new Key(type, about), encoded);
    if (waiting.size() <= MAX_WAITING) {
      return true;
    }
    Iterator<Key> oldest = waiting.keySet().iterator();
    oldest.next();
    oldest.remove();
    return false;
  }

  /** Sends what may be sent now. */
  public void drain(long nowNs, Consumer<byte[]> send) {
    Iterator<byte[]> next = waiting.values().iterator();
    while (next.hasNext() && budget.take(nowNs)) {
      send.accept(next.next());
      next.remove();
    }
  }

  /** Forgets what waits: the peer is no longer to be told. */
  public void clear() {
    waiting.clear();
  }

  /** Number waiting. */
  int count() {
    return waiting.size();
  }
}
