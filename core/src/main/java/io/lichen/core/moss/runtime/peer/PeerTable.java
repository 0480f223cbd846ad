// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.peer;

import io.lichen.crypto.PeerId;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The registered sessions, one for each peer. Changed by the node's loop only; the size may be
 * asked from anywhere.
 */
public final class PeerTable {
  private final Map<PeerId, PeerLink> links = new HashMap<>();
  private volatile int size;

  /** The link to a peer. */
  public @Nullable PeerLink get(PeerId peer) {
    return links.get(peer);
  }

  /** Whether a peer is registered. */
  public boolean contains(PeerId peer) {
    return links.containsKey(peer);
  }

  /** Registers a link, in place of another to the same peer if there is one. */
  public void put(PeerLink link) {
    links.put(link.peer(), link);
    size = links.size();
  }

  /**
   * Removes a link.
   *
   * @return whether it was this one that was registered
   */
  public boolean remove(PeerLink link) {
    boolean removed = links.remove(link.peer(), link);
    size = links.size();
    return removed;
  }

  /** The peers, in no order; must not be kept. */
  public Set<PeerId> ids() {
    return Collections.unmodifiableSet(links.keySet());
  }

  /** All links, in no order; must not be kept. */
  public Collection<PeerLink> all() {
    return Collections.unmodifiableCollection(links.values());
  }

  /** Number of links. */
  public int size() {
    return size;
  }
}
