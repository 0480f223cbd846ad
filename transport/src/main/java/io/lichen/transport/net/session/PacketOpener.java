// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.crypto.ChaChaPoly;
import io.lichen.transport.net.codec.LittleEndian;
import io.lichen.transport.net.codec.PacketHeader;
import io.lichen.transport.net.handshake.SessionKeys;

/**
 * Opens the packets of one direction of a session, each once (docs/wire/net-transport.md, "Packet
 * protection"). Not thread-safe.
 */
public final class PacketOpener {
  /** Answer for a packet that did not authenticate. */
  public static final int NOT_AUTHENTIC = -1;

  /** Answer for a packet whose counter was seen before or is too old. */
  public static final int REPLAYED = -2;

  private final ChaChaPoly cipher;
  private final ReplayWindow window = new ReplayWindow();
  private final byte[] nonce = new byte[ChaChaPoly.NONCE_BYTES];
  private final byte[] aad = new byte[PacketHeader.AAD_BYTES];

  /** An opener that has seen nothing. */
  public PacketOpener(byte[] key, long sessionId) {
    cipher = new ChaChaPoly(key);
    LittleEndian.putInt(nonce, 0, SessionKeys.noncePrefix(sessionId));
  }

  /**
   * Opens what follows a header, in place.
   *
   * @param header lies in the same array, valid
   * @param offset where the ciphertext begins
   * @param length of ciphertext and tag
   * @return bytes of plaintext, now at {@code offset}, or {@link #NOT_AUTHENTIC} or {@link
   *     #REPLAYED}
   */
  public int open(PacketHeader header, byte[] packet, int offset, int length) {
    long counter = header.counter();
    // A copy need not be opened to be refused, and a forged one does not change the window.
    if (!window.isFresh(counter)) {
      return REPLAYED;
    }
    header.writeAad(aad, 0);
    LittleEndian.putLong(nonce, Integer.BYTES, counter);
    int opened = cipher.open(nonce, aad, 0, aad.length, packet, offset, length, packet, offset);
    if (opened < 0) {
      return NOT_AUTHENTIC;
    }
    window.mark(counter);
    return opened;
  }
}
