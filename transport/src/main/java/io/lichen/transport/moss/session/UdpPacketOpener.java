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
    long sequence = sequence(packet, off);
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
    return len >= MIN_BYTES
        && window.isFresh(sequence(packet, off))
        && isAuthentic(packet, off, len);
  }

  /** Whether a packet is of the other side's making, seen or not; it stays as it is. */
  public boolean isAuthentic(byte[] packet, int off, int len) {
    if (len < MIN_BYTES) {
      return false;
    }
    byte[] copy = Arrays.copyOfRange(packet, off, off + len);
    return decrypt(sequence(packet, off), copy, 0, len) >= 0;
  }

  /** By how much a packet's number is above all that were opened; 0 if not, or it is too short. */
  public long ahead(byte[] packet, int off, int len) {
    return len < MIN_BYTES ? 0 : window.ahead(sequence(packet, off));
  }

  /** The number of a packet of 8 octets at least, which anybody may have written. */
  public static long sequence(byte[] packet, int off) {
    return (long) UdpPacketSealer.LONG_BE.get(packet, off);
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
