// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.netty;

import io.lichen.transport.net.session.DatagramOut;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetSocketAddress;

/**
 * The way of datagrams out, in order. They gather until the end of the loop's turn and leave in as
 * few system calls as possible, but the first of a long turn leave early, so that the peer opens
 * them while the next ones are sealed: that is half of the throughput of a small window. What the
 * system does not take waits in the channel; beyond {@link #MAX_WAITING_BYTES} further ones are
 * dropped and counted. On the loop.
 */
final class SendQueue implements DatagramOut, AutoCloseable {
  /** From the higher mark on the socket counts as full, until below the lower one. */
  static final WriteBufferWaterMark WRITE_MARKS = new WriteBufferWaterMark(1 << 20, 4 << 20);

  private static final long MAX_WAITING_BYTES = 16L << 20;
  private static final int FIRST_FLUSH_BYTES = 16 * 1024;
  private static final int MAX_FLUSH_BYTES = 512 * 1024;

  private final Channel channel;
  private final SocketCounters counters;
  private final SendRun run = new SendRun();
  private int segmentBytesMax;
  private int unflushed;
  private int unflushedBytes;
  private int flushBytes = FIRST_FLUSH_BYTES;
  private boolean closed;

  SendQueue(Channel channel, boolean segmentation, SocketCounters counters) {
    this.channel = channel;
    this.counters = counters;
    this.segmentBytesMax = segmentation ? SendRun.MAX_BYTES : 0;
  }

  /** Whether nothing has been sent since the last flush. */
  boolean isFlushed() {
    return unflushed == 0;
  }

  @Override
  public void send(InetSocketAddress to, ByteBuf datagram) {
    int bytes = datagram.readableBytes();
    if (closed || channel.bytesBeforeWritable() > MAX_WAITING_BYTES) {
      datagram.release();
      counters.sendOverflow.increment();
      return;
    }
    counters.sent.increment();
    unflushed++;
    unflushedBytes += bytes;
    if (run.fits(to, bytes)) {
      run.add(datagram);
    } else {
      handOver();
      run.begin(to, datagram);
      if (bytes > segmentBytesMax) {
        handOver();
      }
    }
    if (unflushedBytes >= flushBytes) {
      flush();
      // The peer has something to do; from here on fewer system calls are worth more.
      flushBytes = Math.min(2 * flushBytes, MAX_FLUSH_BYTES);
    }
  }

  /** Hands everything to the system: the turn ends. */
  void endTurn() {
    flush();
    flushBytes = FIRST_FLUSH_BYTES;
  }

  @Override
  public void flush() {
    if (unflushed > 0) {
      handOver();
      unflushed = 0;
      unflushedBytes = 0;
      channel.flush();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // A void promise tells the pipeline of failures.
  private void handOver() {
    if (run.isEmpty()) {
      return;
    }
    DatagramPacket packet = run.take();
    if (packet instanceof SegmentedDatagramPacket segments) {
      // Kept until it is known that the kernel could cut it.
      channel.write(segments.retain()).addListener(onSegmentsWritten(segments));
    } else {
      channel.write(packet, channel.voidPromise());
    }
  }

  private ChannelFutureListener onSegmentsWritten(SegmentedDatagramPacket segments) {
    ByteBuf octets = segments.content().slice();
    return future -> {
      try {
        if (!future.isSuccess() && channel.isActive()) {
          sendSingly(segments, octets);
        }
      } finally {
        segments.release();
      }
    };
  }

  /**
   * The kernel does not cut for this way: the interface's MTU is smaller than the segments, or its
   * device does no checksums. From now on segments of this size leave one by one.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // As above.
  private void sendSingly(SegmentedDatagramPacket segments, ByteBuf octets) {
    counters.segmentationRefused.increment();
    segmentBytesMax = Math.min(segmentBytesMax, segments.segmentSize() - 1);
    while (octets.isReadable()) {
      int bytes = Math.min(segments.segmentSize(), octets.readableBytes());
      ByteBuf datagram = octets.readRetainedSlice(bytes);
      channel.write(new DatagramPacket(datagram, segments.recipient()), channel.voidPromise());
    }
    channel.flush();
  }

  /** Drops what has not been flushed; later datagrams are dropped, too. */
  @Override
  public void close() {
    closed = true;
    run.close();
  }
}
