// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams on their way out that may share one system call: all to one address and of one size,
 * except the last, which may be shorter. A lone one is handed on as it came; the second has both
 * copied into one buffer. Not thread-safe.
 */
final class SendRun implements AutoCloseable {
  /** The most that one IP packet carries as UDP, rounded down. */
  static final int MAX_BYTES = 65_000;

  /** As many segments as any kernel takes. */
  private static final int MAX_SEGMENTS = 64;

  private static final int RING_BUFFERS = 32;

  private final BufferRing buffers = new BufferRing(RING_BUFFERS, MAX_BYTES);
  private @Nullable InetSocketAddress to;
  private @Nullable ByteBuf octets;
  private int segmentBytes;
  private int count;
  private boolean complete;

  boolean isEmpty() {
    return count == 0;
  }

  int count() {
    return count;
  }

  /** Whether a datagram can go in one call with those that wait. */
  boolean fits(InetSocketAddress address, int bytes) {
    return !complete
        && octets != null
        && bytes <= segmentBytes
        && count < MAX_SEGMENTS
        && octets.readableBytes() + bytes <= MAX_BYTES
        && address.equals(to);
  }

  /** Begins a run; it takes the datagram over. */
  void begin(InetSocketAddress address, ByteBuf datagram) {
    to = address;
    octets = datagram;
    segmentBytes = datagram.readableBytes();
    count = 1;
    complete = false;
  }

  /** Adds a datagram that {@link #fits}; it is released. */
  void add(ByteBuf datagram) {
    ByteBuf run = count == 1 ? copyOfFirst() : octets();
    complete = datagram.readableBytes() < segmentBytes;
    run.writeBytes(datagram);
    datagram.release();
    count++;
  }

  private ByteBuf copyOfFirst() {
    ByteBuf first = octets();
    ByteBuf run = buffers.take().writeBytes(first);
    first.release();
    octets = run;
    return run;
  }

  private ByteBuf octets() {
    if (octets == null) {
      throw new IllegalStateException("the run is empty");
    }
    return octets;
  }

  /** What waited, for the channel; the run is empty then. */
  DatagramPacket take() {
    ByteBuf content = octets();
    InetSocketAddress recipient = to;
    octets = null;
    to = null;
    boolean alone = count == 1;
    count = 0;
    return alone
        ? new DatagramPacket(content, recipient)
        : new SegmentedDatagramPacket(content, segmentBytes, recipient);
  }

  /** Drops what waits, and the buffers. */
  @Override
  public void close() {
    if (octets != null) {
      octets.release();
      octets = null;
      count = 0;
    }
    buffers.close();
  }
}
