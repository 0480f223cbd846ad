// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/** Reads into the buffers of a ring instead of new ones. One for each channel, on its loop. */
final class ReceiveBuffers extends DefaultMaxMessagesRecvByteBufAllocator {
  private final BufferRing ring;

  /**
   * Reads until this many datagrams have come, then lets the loop do its other work.
   *
   * @param ring buffers for so many datagrams, if each read brings one
   */
  ReceiveBuffers(BufferRing ring, int datagramsPerTurn) {
    super(datagramsPerTurn);
    this.ring = ring;
  }

  @SuppressWarnings("deprecation") // The interface's own return type; there is no other.
  @Override
  public Handle newHandle() {
    return new RingHandle();
  }

  private final class RingHandle extends MaxMessageHandle {
    @Override
    public int guess() {
      return ring.bufferBytes();
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
      return ring.take();
    }
  }
}
