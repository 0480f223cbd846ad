// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Up to where the logs of peers were looked through: all before is in the own log, or was not to be
 * had. Of 256 peers; beyond, the one not touched for longest goes and is looked through anew some
 * day. Not thread-safe.
 */
final class Cursors {
  /**
   * A place in a peer's log.
   *
   * @param next the number of the first record that was not looked at
   * @param check the key of the one before; {@link TopicKey#NONE} if there was none
   */
  record Cursor(long next, TopicKey check) {
    static final Cursor START = new Cursor(0, TopicKey.NONE);
  }

  private final Map<String, Cursor> byPeer = new LinkedHashMap<>();
  private boolean changed;

  /** The place in the log of a peer; the start for one that is not known. */
  Cursor of(String peer) {
    return byPeer.getOrDefault(peer, Cursor.START);
  }

  /** Sets it. */
  void set(String peer, Cursor cursor) {
    byPeer.remove(peer);
    byPeer.put(peer, cursor);
    if (byPeer.size() > TopicLimits.MAX_CURSORS) {
      byPeer.remove(byPeer.keySet().iterator().next());
    }
    changed = true;
  }

  /** All of them, those touched longest ago first. */
  Map<String, Cursor> all() {
    return new LinkedHashMap<>(byPeer);
  }

  /** Whether one was set since this was last asked. */
  boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  /** Takes over what was kept; {@code null} is nothing. */
  void load(@Nullable Map<String, Cursor> kept) {
    if (kept != null) {
      kept.forEach(this::set);
    }
    changed = false;
  }
}
