// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Direct buffers of one size that go round: each is used again as soon as nobody else holds it. One
 * that is still held when its turn comes is left to its holder, and another takes its place. Not
 * thread-safe.
 */
final class BufferRing implements AutoCloseable {
  private final ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
  private final @Nullable ByteBuf[] ring;
  private final int bytes;
  private int next;
  private boolean closed;

  BufferRing(int count, int bytes) {
    this.ring = new ByteBuf[count];
    this.bytes = bytes;
  }

  int bufferBytes() {
    return bytes;
  }

  /** An empty buffer with a reference for the caller, who releases it. */
  ByteBuf take() {
    if (closed) {
      return allocator.directBuffer(bytes, bytes);
    }
    int place = next;
    next = place + 1 == ring.length ? 0 : place + 1;
    ByteBuf buffer = ring[place];
    if (buffer == null || buffer.refCnt() > 1) {
      if (buffer != null) {
        buffer.release();
      }
      buffer = allocator.directBuffer(bytes, bytes);
      ring[place] = buffer;
    }
    return buffer.clear().retain();
  }

  /** Lets go of all buffers; later ones are their takers' alone. */
  @Override
  public void close() {
    closed = true;
    for (int i = 0; i < ring.length; i++) {
      ByteBuf buffer = ring[i];
      if (buffer != null) {
        ring[i] = null;
        buffer.release();
      }
    }
  }
}
