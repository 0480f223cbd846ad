// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net;

/**
 * News of a peer.
 *
 * @param type what happened
 * @param peer the peer as it was right after
 */
public record PeerEvent(Type type, PeerInfo peer) {
  /** What may happen to a peer. */
  public enum Type {
    /** A session was established with a node that had none. */
    CONNECTED,
    /** A new session took the place of the old one: the peer came back, or dialled again. */
    RECONNECTED,
    /** Its session goes on over another path: without the relay, or over it again. */
    MOVED,
    /** No heartbeat for two session timeouts. */
    SUSPECTED,
    /** No heartbeat for three session timeouts. */
    FAILED,
    /** A heartbeat of a peer that was suspected or had failed. */
    RECOVERED,
    /** The session has ended and none took its place. */
    DISCONNECTED
  }
}
