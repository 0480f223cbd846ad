// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.peer;

import io.lichen.transport.net.NetSession;
import java.util.Collection;
import java.util.Collections;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The peers by node id. Written on the loop only, read by any thread. It holds one for each session
 * of the transport, whose table is bounded.
 */
public final class PeerTable {
  private final ConcurrentHashMap<Long, Peer> peers = new ConcurrentHashMap<>();

  /** The peer with this node id. */
  public @Nullable Peer find(long nodeId) {
    return peers.get(nodeId);
  }

  /** All peers; a view. */
  public Collection<Peer> all() {
    return Collections.unmodifiableCollection(peers.values());
  }

  /** How many there are. */
  public int size() {
    return peers.size();
  }

  /** Takes in a session; answers whether its peer had none before. */
  boolean put(NetSession session, long nowNs) {
    Peer known = peers.get(session.peerNodeId());
    if (known != null) {
      known.replace(session, nowNs);
      return false;
    }
    peers.put(session.peerNodeId(), new Peer(session, nowNs));
    return true;
  }

  /** Takes out the peer of a session that ended, unless another session took its place. */
  @Nullable Peer remove(NetSession session) {
    Peer peer = peers.get(session.peerNodeId());
    if (peer == null || peer.session() != session) {
      return null;
    }
    return peers.remove(session.peerNodeId());
  }
}
