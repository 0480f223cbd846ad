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
  private int relayed;

  /** The link to a peer. */
  public @Nullable PeerLink get(PeerId peer) {
    return links.get(peer);
  }

  /** Whether a peer is registered. */
  public boolean contains(PeerId peer) {
    return links.containsKey(peer);
  }

  /** Whether a peer is registered without a relay between. */
  public boolean isDirect(PeerId peer) {
    PeerLink link = links.get(peer);
    return link != null && !link.session().isRelayed();
  }

  /** Registers a link, in place of another to the same peer if there is one. */
  public void put(PeerLink link) {
    PeerLink former = links.put(link.peer(), link);
    relayed += count(link) - (former == null ? 0 : count(former));
    size = links.size();
  }

  /**
   * Removes a link.
   *
   * @return whether it was this one that was registered
   */
  public boolean remove(PeerLink link) {
    boolean removed = links.remove(link.peer(), link);
    relayed -= removed ? count(link) : 0;
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

  /** Number of links without a relay between; the node's loop only. */
  public int directSize() {
    return links.size() - relayed;
  }

  /** Number of links through relays; the node's loop only. */
  public int relayedSize() {
    return relayed;
  }

  private static int count(PeerLink link) {
    return link.session().isRelayed() ? 1 : 0;
  }
}
