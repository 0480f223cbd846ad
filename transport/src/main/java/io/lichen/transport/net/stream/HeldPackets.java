// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import org.jspecify.annotations.Nullable;

/**
 * Copies of packets that arrived ahead of a gap, in a ring by sequence. The ring is as wide as a
 * receiver's horizon, so no two of them meet.
 */
final class HeldPackets {
  private final int capacity;
  private @Nullable StreamPacket @Nullable [] ring;
  private int count;
  private int bytes;

  /**
   * Holds nothing yet.
   *
   * @param horizon how far ahead a packet may be
   */
  HeldPackets(int horizon) {
    capacity = Integer.highestOneBit(horizon) << 1;
  }

  void put(StreamPacket packet) {
    @Nullable StreamPacket[] slots = ring;
    if (slots == null) {
      slots = new StreamPacket[capacity];
      ring = slots;
    }
    slots[(int) packet.sequence() & capacity - 1] = packet;
    count++;
    bytes += packet.frames().readableBytes();
  }

  /** Takes a packet out; {@code null} if it is not held. */
  @Nullable StreamPacket take(long sequence) {
    @Nullable StreamPacket[] slots = ring;
    if (slots == null || count == 0) {
      return null;
    }
    int slot = (int) sequence & capacity - 1;
    StreamPacket packet = slots[slot];
    if (packet != null) {
      slots[slot] = null;
      count--;
      bytes -= packet.frames().readableBytes();
    }
    return packet;
  }

  int count() {
    return count;
  }

  int bytes() {
    return bytes;
  }
}
