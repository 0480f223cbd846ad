// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import org.jspecify.annotations.Nullable;

/**
 * The packets of a reliable stream that await acknowledgement, in a ring by sequence. Those
 * acknowledged out of order leave a hole until the ones below them are, too.
 */
final class UnackedPackets {
  private static final int FIRST_CAPACITY = 16;

  private @Nullable StreamPacket[] ring = new StreamPacket[FIRST_CAPACITY];
  private long base;
  private long end;
  private int count;

  /** Empty; the first packet to be added has this sequence. */
  UnackedPackets(long firstSequence) {
    base = firstSequence;
    end = firstSequence;
  }

  /** Adds the packet whose sequence is {@link #end}. */
  void add(StreamPacket packet) {
    if (span() == ring.length) {
      grow();
    }
    ring[slot(end++)] = packet;
    count++;
  }

  /** The packet with this sequence; {@code null} if it does not await acknowledgement. */
  @Nullable StreamPacket get(long sequence) {
    return contains(sequence) ? ring[slot(sequence)] : null;
  }

  /** Takes a packet out. */
  @Nullable StreamPacket remove(long sequence) {
    if (!contains(sequence)) {
      return null;
    }
    StreamPacket packet = ring[slot(sequence)];
    if (packet != null) {
      ring[slot(sequence)] = null;
      count--;
      while (base != end && ring[slot(base)] == null) {
        base++;
      }
    }
    return packet;
  }

  /** The lowest sequence that is not acknowledged. */
  long base() {
    return base;
  }

  /** The sequence of the next packet to be added. */
  long end() {
    return end;
  }

  /** From the lowest to the next sequence, holes included. */
  int span() {
    return (int) (end - base);
  }

  int count() {
    return count;
  }

  private boolean contains(long sequence) {
    return sequence - base >= 0 && sequence - end < 0;
  }

  private int slot(long sequence) {
    return (int) sequence & ring.length - 1;
  }

  private void grow() {
    @Nullable StreamPacket[] larger = new StreamPacket[ring.length * 2];
    for (long sequence = base; sequence != end; sequence++) {
      larger[(int) sequence & larger.length - 1] = ring[slot(sequence)];
    }
    ring = larger;
  }
}
