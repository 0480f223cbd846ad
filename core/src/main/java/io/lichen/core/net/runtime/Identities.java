// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.net.channel.SessionIds;
import io.lichen.core.net.peer.Peer;
import io.lichen.core.net.peer.PeerTable;
import io.lichen.crypto.entity.EntityId;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Which entity is behind which peer: the first that is shown in a session stays; loop only. */
final class Identities {
  /** Peers that were said to be somebody else than they are known as. */
  final LongAdder conflicts = new LongAdder();

  private final PeerTable peers;

  Identities(PeerTable peers) {
    this.peers = peers;
  }

  /** The entity behind a peer, if it has shown it in this session. */
  @Nullable EntityId of(long nodeId) {
    Peer peer = peers.find(nodeId);
    return peer == null ? null : peer.entityId();
  }

  /** The session with a peer. */
  long sessionId(long nodeId) {
    Peer peer = peers.find(nodeId);
    return peer == null ? SessionIds.NONE : peer.session().id();
  }

  /**
   * A signature says that the peer is this entity.
   *
   * @return whether it is known as that now
   */
  boolean pin(long nodeId, EntityId entity) {
    Peer peer = peers.find(nodeId);
    if (peer == null || entity.nodeId() != nodeId) {
      return false;
    }
    EntityId known = peer.entityId();
    if (known == null) {
      peer.identified(entity);
      return true;
    }
    if (!known.equals(entity)) {
      conflicts.increment();
    }
    return known.equals(entity);
  }

  /** The same, if the session in which it was said is still the one with that peer. */
  boolean pin(long nodeId, long sessionId, EntityId entity) {
    return sessionId(nodeId) == sessionId && pin(nodeId, entity);
  }
}
