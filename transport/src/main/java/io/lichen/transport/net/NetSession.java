// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.Set;

/**
 * An encrypted session with one peer. All methods may be called from any thread and never block,
 * except sends on a stream that was opened to do so.
 */
public interface NetSession {
  /** The session id, unsigned. */
  long id();

  /**
   * The peer's node id: a claim until its identity has been proven by a signed announcement
   * (docs/wire/net-transport.md, "Handshake").
   */
  long peerNodeId();

  /** Where packets are sent now: the peer, or the first relay. */
  InetSocketAddress address();

  /** Whether packets go in routing headers now because a relay stands between. */
  boolean viaRelay();

  /** Whether this node opened it. */
  boolean initiator();

  /** Whether it has not ended. */
  boolean isOpen();

  /**
   * Sends one event of a subprotocol, in a packet of its own, unreliably.
   *
   * @param id the subprotocol, 1 to 65535
   * @param event at most 8104 bytes; taken over, released in any case
   */
  SendVerdict send(int id, ByteBuf event);

  /** Sends a heartbeat: an empty authenticated packet. */
  SendVerdict sendHeartbeat();

  /**
   * The stream with this id. The first call opens it, and its options hold until it is closed.
   * There is no message for it on the wire.
   */
  NetStream stream(long streamId, StreamOptions options);

  /**
   * Says what the peer has announced it understands; until then nothing is assumed. Later calls
   * replace earlier ones.
   */
  void peerSupports(Set<PeerFeature> features);

  /**
   * Has a session that goes over a relay try an address without it, which something else has found
   * to lead to the peer. On the loop only.
   *
   * @return false if it needs no relay, or the peer does not know how to go on without one
   */
  default boolean tryPath(InetSocketAddress address) {
    return false;
  }

  /**
   * Sends nothing any more, or again. A native takes another session of the same node only when it
   * has heard nothing on this one for a while (docs/wire/net-transport.md, "A node that comes
   * back"). Where the peer would follow this node to another address, it has to hear of it, and
   * nothing changes. What should have been sent meanwhile counts as lost on the way.
   */
  default void silence(boolean quiet) {}

  /**
   * Gives the sender of a stream back what {@link StreamEvents#hold} kept.
   *
   * @param bytes the sum of some of its answers for this stream
   */
  void release(long streamId, int bytes);

  /** Counts since the session began. */
  SessionStats stats();

  /** Ends the session on this side; the peer is not told. Idempotent. */
  void close();
}
