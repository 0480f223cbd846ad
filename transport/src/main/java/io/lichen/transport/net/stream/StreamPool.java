// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Packet records and buffers for the streams of all sessions on one loop. At most {@link #MAX_FREE}
 * free records are kept; the rest is left to the collector. Not thread-safe.
 */
public final class StreamPool {
  /** Free records that are kept. */
  public static final int MAX_FREE = 4096;

  /** Bytes that all streams of the loop may hold for packets that are missing. */
  static final int MAX_HELD_BYTES = 256 << 20;

  /** Incomplete events of several packets on the loop. */
  static final int MAX_GROUPS = 512;

  private final ByteBufAllocator allocator;
  private int heldBytes;
  private int groups;
  private @Nullable StreamPacket free;
  private int freeCount;

  /** An empty pool whose buffers come from this allocator. */
  public StreamPool(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  /** A record that is to be filled. */
  public StreamPacket take() {
    StreamPacket packet = free;
    if (packet == null) {
      return new StreamPacket();
    }
    free = packet.nextFree;
    freeCount--;
    packet.nextFree = null;
    return packet;
  }

  /** Takes a record back and releases its frames. */
  public void giveBack(StreamPacket packet) {
    packet.frames().release();
    packet.payload(Unpooled.EMPTY_BUFFER, 0);
    packet.sentNs = 0;
    packet.sendOrder = 0;
    packet.repeats = 0;
    packet.lost = false;
    if (freeCount < MAX_FREE) {
      packet.nextFree = free;
      free = packet;
      freeCount++;
    }
  }

  /** A copy that outlives the call which brought the packet. */
  StreamPacket copy(StreamPacket packet) {
    StreamPacket copy = take();
    copy.copyHeader(packet);
    ByteBuf frames = packet.frames();
    int length = frames.readableBytes();
    ByteBuf kept = buffer(length, length);
    kept.writeBytes(frames, frames.readerIndex(), length);
    copy.payload(kept, packet.eventCount());
    return copy;
  }

  boolean tryHold(int bytes) {
    if (heldBytes + bytes > MAX_HELD_BYTES) {
      return false;
    }
    heldBytes += bytes;
    return true;
  }

  void unhold(int bytes) {
    heldBytes -= bytes;
  }

  boolean tryOpenGroup() {
    if (groups == MAX_GROUPS) {
      return false;
    }
    groups++;
    return true;
  }

  void closeGroup() {
    groups--;
  }

  ByteBuf buffer(int bytes, int maxBytes) {
    return allocator.buffer(bytes, maxBytes);
  }
}
