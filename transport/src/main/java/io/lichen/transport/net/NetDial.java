// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net;

import java.net.InetSocketAddress;

/**
 * Whom to open a session to, and how.
 *
 * @param address where the handshake is sent: the peer's, or with {@link Way#RELAYED} the relay's
 * @param remoteStatic the peer's 32-byte X25519 static key; copied
 * @param peerNodeId the peer's node id
 * @param way how the handshake and the session travel
 */
public record NetDial(InetSocketAddress address, byte[] remoteStatic, long peerNodeId, Way way) {
  /** How a handshake reaches the peer (docs/wire/net-transport.md, "Handshake"). */
  public enum Way {
    /** A bare handshake, which only a peer takes that is waiting for it and has not started. */
    DIRECT,
    /** In a routing header, straight to the peer, which has started. */
    ROUTED,
    /** In a routing header to a relay; every packet of the session goes in one too. */
    RELAYED
  }

  private static final int KEY_BYTES = 32;

  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException if the address is not resolved or the key not 32 bytes long
   */
  public NetDial {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException(address + " is not resolved");
    }
    if (remoteStatic.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "an X25519 static key has 32 bytes, not " + remoteStatic.length);
    }
    remoteStatic = remoteStatic.clone();
  }

  /** A copy of the key. */
  @Override
  public byte[] remoteStatic() {
    return remoteStatic.clone();
  }
}
