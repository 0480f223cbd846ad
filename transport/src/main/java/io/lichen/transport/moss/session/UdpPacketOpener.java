// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.session;

import io.lichen.crypto.ChaChaPoly;
import java.util.Arrays;

/**
 * Opens the session packets of one direction of one UDP session, each once
 * (docs/wire/moss-transport.md, "Session packets"). Not thread-safe.
 */
public final class UdpPacketOpener {
  private static final int MIN_BYTES = UdpPacketSealer.SEQUENCE_BYTES + ChaChaPoly.TAG_BYTES;

  private final ChaChaPoly cipher;
  private final ReplayWindow window = new ReplayWindow();

  /** An opener that has seen nothing. */
  public UdpPacketOpener(byte[] key) {
    cipher = new ChaChaPoly(key);
  }

  /**
   * Opens a packet, in place.
   *
   * @return length of the mux packet, which then begins at {@code off + SEQUENCE_BYTES}; -1 if the
   *     packet is to be dropped: too short, seen before, too old or not authentic
   */
  public int open(byte[] packet, int off, int len) {
    if (len < MIN_BYTES) {
      return -1;
    }
    long sequence = (long) UdpPacketSealer.LONG_BE.get(packet, off);
    if (!window.isFresh(sequence)) {
      return -1;
    }
    int length = decrypt(sequence, packet, off, len);
    if (length >= 0) {
      window.mark(sequence);
    }
    return length;
  }

  /** Whether a packet would open; it stays as it is, and does not count as seen. */
  public boolean recognizes(byte[] packet, int off, int len) {
    if (len < MIN_BYTES) {
      return false;
    }
    byte[] copy = Arrays.copyOfRange(packet, off, off + len);
    long sequence = (long) UdpPacketSealer.LONG_BE.get(copy, 0);
    return window.isFresh(sequence) && decrypt(sequence, copy, 0, len) >= 0;
  }

  private int decrypt(long sequence, byte[] packet, int off, int len) {
    int bodyOffset = off + UdpPacketSealer.SEQUENCE_BYTES;
    return cipher.open(
        sequence,
        packet,
        off,
        UdpPacketSealer.SEQUENCE_BYTES,
        packet,
        bodyOffset,
        len - UdpPacketSealer.SEQUENCE_BYTES,
        packet,
        bodyOffset);
  }
}
