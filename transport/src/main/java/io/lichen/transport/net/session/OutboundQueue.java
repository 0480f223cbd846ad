// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.net.EventBatch;
import io.lichen.transport.net.SendVerdict;
import io.lichen.transport.net.codec.EventFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a stream is to send: any thread packs events into packets, the loop takes packets. Bounded
 * by {@link #MAX_BYTES}, except that one call is always taken when nothing waits.
 */
final class OutboundQueue {
  /** Framed bytes that may wait. */
  static final int MAX_BYTES = 256 * 1024;

  private static final int WAKE_BYTES = MAX_BYTES / 2;
  private static final int MAX_FREE = 64;
  private static final int FIRST_BYTES = 512;

  private final ByteBufAllocator allocator;
  private final int packetBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition roomFreed = lock.newCondition();
  private @Nullable Outgoing head;
  private @Nullable Outgoing tail;
  private @Nullable Outgoing free;
  private int freeCount;
  private long queuedBytes;
  private boolean closed;

  /** A queue whose packets hold so many framed bytes. */
  OutboundQueue(ByteBufAllocator allocator, int packetBytes) {
    this.allocator = allocator;
    this.packetBytes = packetBytes;
  }

  /** Adds one event, waiting for room at most so long. */
  SendVerdict add(byte[] event, int offset, int length, long maxWaitNs) {
    lock.lock();
    try {
      SendVerdict verdict = awaitRoom(EventFrames.PREFIX_BYTES + length, maxWaitNs);
      if (verdict == SendVerdict.SENT) {
        append(event, offset, length, EventFrames.PREFIX_BYTES + length);
      }
      return verdict;
    } finally {
      lock.unlock();
    }
  }

  /** Adds all events or none. */
  SendVerdict add(List<byte[]> events, long bytes, long maxWaitNs) {
    lock.lock();
    try {
      SendVerdict verdict = awaitRoom(bytes, maxWaitNs);
      if (verdict == SendVerdict.SENT) {
        long left = bytes;
        for (byte[] event : events) {
          append(event, 0, event.length, left);
          left -= EventFrames.PREFIX_BYTES + event.length;
        }
      }
      return verdict;
    } finally {
      lock.unlock();
    }
  }

  /** Adds a packet that is published, which shares the batch's memory. */
  SendVerdict add(
      EventBatch batch, boolean reliable, int channelHash, long originHash, long maxWaitNs) {
    lock.lock();
    try {
      SendVerdict verdict = awaitRoom(batch.frames().readableBytes(), maxWaitNs);
      if (verdict == SendVerdict.SENT) {
        Outgoing packet = link(batch.frames().retainedDuplicate());
        packet.events = batch.count();
        packet.reliable = reliable;
        packet.channelHash = channelHash;
        packet.originHash = originHash;
        packet.bytes = packet.frames.readableBytes();
        queuedBytes += packet.bytes;
      }
      return verdict;
    } finally {
      lock.unlock();
    }
  }

  private SendVerdict awaitRoom(long bytes, long maxWaitNs) {
    long leftNs = maxWaitNs;
    while (!closed && queuedBytes > 0 && queuedBytes + bytes > MAX_BYTES) {
      if (leftNs <= 0) {
        return SendVerdict.FULL;
      }
      try {
        leftNs = roomFreed.awaitNanos(leftNs);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return SendVerdict.FULL;
      }
    }
    return closed ? SendVerdict.CLOSED : SendVerdict.SENT;
  }

  /** Packs an event to those before, or into a new packet; a long one gets its own. */
  private void append(byte[] event, int offset, int length, long moreBytes) {
    int bytes = EventFrames.PREFIX_BYTES + length;
    Outgoing last = tail;
    boolean joins =
        last != null && last.appendable && last.frames.readableBytes() + bytes <= packetBytes;
    Outgoing packet = joins && last != null ? last : link(buffer(bytes, moreBytes));
    packet.appendable = bytes <= packetBytes;
    packet.events++;
    EventFrames.append(packet.frames, event, offset, length);
    packet.bytes += bytes;
    queuedBytes += bytes;
  }

  /** As large as what is known to follow; when packets wait, more is likely to join. */
  private ByteBuf buffer(int bytes, long moreBytes) {
    if (bytes > packetBytes) {
      return allocator.heapBuffer(bytes, bytes);
    }
    long wanted = head == null ? Math.max(moreBytes, FIRST_BYTES) : packetBytes;
    int capacity = (int) Math.min(wanted, packetBytes);
    return allocator.heapBuffer(capacity, packetBytes);
  }

  private Outgoing link(ByteBuf frames) {
    Outgoing packet = free;
    if (packet == null) {
      packet = new Outgoing();
    } else {
      free = packet.next;
      freeCount--;
      packet.next = null;
    }
    packet.frames = frames;
    if (tail == null) {
      head = packet;
    } else {
      tail.next = packet;
    }
    tail = packet;
    return packet;
  }

  /**
   * Takes the next packets, linked, whose frames are then the caller's; {@code null} if there are
   * none. They count as waiting until they are given back. Many at once, since those who send hold
   * the lock for as long as they copy.
   */
  @Nullable Outgoing take(int mostPackets) {
    lock.lock();
    try {
      Outgoing first = head;
      Outgoing last = first;
      for (int i = 1; i < mostPackets && last != null && last.next != null; i++) {
        last = last.next;
      }
      if (last != null) {
        head = last.next;
        tail = head == null ? null : tail;
        last.next = null;
      }
      return first;
    } finally {
      lock.unlock();
    }
  }

  /** Takes linked records back, whose packets do not wait any more. */
  void giveBack(@Nullable Outgoing first) {
    if (first == null) {
      return;
    }
    lock.lock();
    try {
      for (Outgoing packet = first; packet != null; ) {
        Outgoing next = packet.next;
        queuedBytes -= closed ? 0 : packet.bytes;
        recycle(packet);
        packet = next;
      }
      // A sender that waits is woken for many packets rather than for each.
      if (queuedBytes <= WAKE_BYTES) {
        roomFreed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void recycle(Outgoing packet) {
    packet.frames = Unpooled.EMPTY_BUFFER;
    packet.events = 0;
    packet.bytes = 0;
    packet.reliable = false;
    packet.channelHash = 0;
    packet.originHash = 0;
    packet.appendable = false;
    packet.next = null;
    if (freeCount < MAX_FREE) {
      packet.next = free;
      free = packet;
      freeCount++;
    }
  }

  /** Framed bytes that wait. */
  long queuedBytes() {
    lock.lock();
    try {
      return queuedBytes;
    } finally {
      lock.unlock();
    }
  }

  /** Drops what waits; nothing is taken any more, and whoever waits for room is told. */
  void close() {
    lock.lock();
    try {
      closed = true;
      for (Outgoing packet = head; packet != null; packet = packet.next) {
        packet.frames.release();
      }
      head = null;
      tail = null;
      queuedBytes = 0;
      roomFreed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
