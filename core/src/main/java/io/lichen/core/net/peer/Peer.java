// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.peer;

import io.lichen.core.net.PeerInfo;
import io.lichen.core.net.PeerState;
import io.lichen.crypto.entity.EntityId;
import io.lichen.transport.net.NetSession;
import org.jspecify.annotations.Nullable;

/**
 * A node with which there is a session. Written on the loop; read by any thread.
 *
 * <p>It outlives its sessions: a peer that dials again keeps what is known of it by its node id,
 * but must prove anew who it is.
 */
public final class Peer {
  private final long nodeId;
  private volatile NetSession session;
  private volatile PeerState state = PeerState.ALIVE;
  private volatile @Nullable EntityId entityId;

  // Loop only.
  long heartbeatNs;
  long activeNs;
  long packetsSeen;

  Peer(NetSession session, long nowNs) {
    this.nodeId = session.peerNodeId();
    this.session = session;
    heard(nowNs);
  }

  /** Its node id. */
  public long nodeId() {
    return nodeId;
  }

  /** The session with it now. */
  public NetSession session() {
    return session;
  }

  /** What the failure detector thinks of it. */
  public PeerState state() {
    return state;
  }

  /** Who it is, if it has shown that by a signature in this session. */
  public @Nullable EntityId entityId() {
    return entityId;
  }

  /** It has shown who it is; loop only. */
  public void identified(EntityId entity) {
    entityId = entity;
  }

  /** As it is now. */
  public PeerInfo info() {
    NetSession now = session;
    return new PeerInfo(nodeId, now.address(), now.viaRelay(), now.initiator(), state, entityId);
  }

  void state(PeerState value) {
    state = value;
  }

  void heard(long nowNs) {
    heartbeatNs = nowNs;
    activeNs = nowNs;
  }

  /** A new session took the place of the old one. */
  void replace(NetSession newSession, long nowNs) {
    session = newSession;
    packetsSeen = 0;
    entityId = null;
    heard(nowNs);
  }
}
