// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.crypto.ChaChaPoly;
import io.lichen.transport.net.codec.LittleEndian;
import io.lichen.transport.net.codec.PacketHeader;
import io.lichen.transport.net.handshake.SessionKeys;

/**
 * Seals the packets of one direction of a session, each under the next counter
 * (docs/wire/net-transport.md, "Packet protection"). Not thread-safe.
 */
public final class PacketSealer {
  /** Bytes that a packet adds to its payload: header and tag. */
  public static final int OVERHEAD_BYTES = PacketHeader.BYTES + ChaChaPoly.TAG_BYTES;

  private final ChaChaPoly cipher;
  private final long sessionId;
  private final int noncePrefix;
  private final byte[] nonce = new byte[ChaChaPoly.NONCE_BYTES];
  private final byte[] aad = new byte[PacketHeader.AAD_BYTES];
  private long counter;

  /** A sealer at counter 0. */
  public PacketSealer(byte[] key, long sessionId) {
    this.cipher = new ChaChaPoly(key);
    this.sessionId = sessionId;
    this.noncePrefix = SessionKeys.noncePrefix(sessionId);
    LittleEndian.putInt(nonce, 0, noncePrefix);
  }

  /**
   * Completes a header and seals the payload behind it.
   *
   * @param header lies in {@code out} and says everything but session and nonce
   * @param payload holds the plaintext; may be {@code out} itself at the place of the ciphertext
   * @param outOffset where the ciphertext goes: right behind the header
   * @return bytes of ciphertext and tag
   * @throws IndexOutOfBoundsException if a range does not lie in its array
   */
  public int seal(
      PacketHeader header,
      byte[] payload,
      int payloadOffset,
      int payloadLength,
      byte[] out,
      int outOffset) {
    header.sessionId(sessionId).nonce(noncePrefix, counter);
    header.writeAad(aad, 0);
    LittleEndian.putLong(nonce, Integer.BYTES, counter);
    counter++;
    return cipher.seal(
        nonce, aad, 0, aad.length, payload, payloadOffset, payloadLength, out, outOffset);
  }

  /** How many packets have been sealed. */
  public long counter() {
    return counter;
  }
}
