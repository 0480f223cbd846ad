// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.handshake;

import io.lichen.crypto.Blake2s;
import io.lichen.transport.net.codec.LittleEndian;
import java.nio.charset.StandardCharsets;

/**
 * The keys of one side of a session, all 32 bytes (docs/wire/net-transport.md, "Session keys").
 *
 * <p>They follow from the handshake hash alone, into which no Diffie-Hellman result goes: whoever
 * holds the pre-shared key, knows the responder's static key and has seen both messages can compute
 * them. The wire wants it so.
 *
 * @param sessionId the session's id, unsigned
 * @param sendKey seals packets
 * @param receiveKey opens packets
 * @param routeHopSendKey seals route-hop envelopes
 * @param routeHopReceiveKey opens route-hop envelopes
 */
public record SessionKeys(
    long sessionId,
    byte[] sendKey,
    byte[] receiveKey,
    byte[] routeHopSendKey,
    byte[] routeHopReceiveKey) {

  /** The keys of one side of the handshake that ended with this 32-byte hash. */
  public static SessionKeys derive(byte[] handshakeHash, boolean initiator) {
    byte[] master = expand(handshakeHash, "net-kdf-v1");
    byte[] tx = expand(master, "initiator-tx");
    byte[] rx = expand(master, "initiator-rx");
    byte[] hopTx = expand(master, "route-hop-tx-v1");
    byte[] hopRx = expand(master, "route-hop-rx-v1");
    long sessionId = LittleEndian.getLong(handshakeHash, 0);
    return initiator
        ? new SessionKeys(sessionId, tx, rx, hopTx, hopRx)
        : new SessionKeys(sessionId, rx, tx, hopRx, hopTx);
  }

  /** The first four bytes of all nonces of a session, as a little-endian number. */
  public static int noncePrefix(long sessionId) {
    return (int) (sessionId ^ sessionId >>> Integer.SIZE);
  }

  private static byte[] expand(byte[] key, String label) {
    return Blake2s.keyedHash(key, label.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public String toString() {
    return "SessionKeys[" + Long.toUnsignedString(sessionId) + "]";
  }
}
