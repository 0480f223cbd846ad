// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.session;

import io.lichen.crypto.ChaChaPoly;

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
    int bodyOffset = off + UdpPacketSealer.SEQUENCE_BYTES;
    int length =
        cipher.open(
            sequence,
            packet,
            off,
            UdpPacketSealer.SEQUENCE_BYTES,
            packet,
            bodyOffset,
            len - UdpPacketSealer.SEQUENCE_BYTES,
            packet,
            bodyOffset);
    if (length >= 0) {
      window.mark(sequence);
    }
    return length;
  }
}
