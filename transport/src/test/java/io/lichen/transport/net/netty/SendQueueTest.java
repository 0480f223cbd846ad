// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a socket hands to the system, and what it does when that refuses. */
class SendQueueTest {
  private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.1", 4000);
  private static final InetSocketAddress OTHER = new InetSocketAddress("192.0.2.2", 4000);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final SocketCounters counters = new SocketCounters();
  private final SendQueue queue = new SendQueue(channel, true, counters);

  @AfterEach
  void close() {
    queue.close();
    channel.finishAndReleaseAll();
  }

  private static ByteBuf datagram(int bytes) {
    return PooledByteBufAllocator.DEFAULT.directBuffer(bytes).writeZero(bytes);
  }

  /** Each packet as its size, or as {@code size/segment} if the kernel is to cut it. */
  private List<String> written() {
    queue.flush();
    List<String> all = new ArrayList<>();
    for (Object message = channel.readOutbound();
        message != null;
        message = channel.readOutbound()) {
      DatagramPacket packet = (DatagramPacket) message;
      int bytes = packet.content().readableBytes();
      all.add(
          packet instanceof SegmentedDatagramPacket segments
              ? bytes + "/" + segments.segmentSize()
              : "" + bytes);
      packet.release();
    }
    return all;
  }

  @Test
  void shouldGatherDatagramsOfOneSizeAndAShorterLastOne() {
    IntStream.of(100, 100, 100, 60, 60, 200, 10).forEach(n -> queue.send(PEER, datagram(n)));
    assertEquals(List.of("360/100", "60", "210/200"), written());
  }

  @Test
  void shouldBeginAnewForAnotherPeer() {
    queue.send(PEER, datagram(100));
    queue.send(OTHER, datagram(100));
    queue.send(OTHER, datagram(100));
    assertEquals(List.of("100", "200/100"), written());
  }

  @Test
  void shouldNotGatherMoreThanOneIpPacketHolds() {
    IntStream.range(0, 2 + 4 + 9).forEach(i -> queue.send(PEER, datagram(8192)));
    assertEquals(
        List.of(2 * 8192 + "/8192", 4 * 8192 + "/8192", 7 * 8192 + "/8192", "8192", "8192"),
        written());
  }

  @Test
  void shouldLetTheFirstOfATurnLeaveEarly() {
    for (int turn = 0; turn < 2; turn++) {
      queue.send(PEER, datagram(8192));
      assertNull(channel.readOutbound());
      queue.send(PEER, datagram(8192));
      DatagramPacket early = channel.readOutbound();
      assertEquals(2 * 8192, early.content().readableBytes());
      early.release();
      IntStream.range(0, 3).forEach(i -> queue.send(PEER, datagram(8192)));
      assertNull(channel.readOutbound(), "twice as many gather next");
      queue.endTurn();
      assertEquals(List.of(3 * 8192 + "/8192"), written());
    }
  }

  @Test
  void shouldNotGatherMoreSegmentsThanKernelsTake() {
    IntStream.range(0, 70).forEach(i -> queue.send(PEER, datagram(80)));
    assertEquals(List.of(64 * 80 + "/80", 6 * 80 + "/80"), written());
  }

  @Test
  void shouldSendOneByOneWhatTheKernelDoesNotCut() {
    channel.pipeline().addLast(new RefuseSegments());
    IntStream.of(100, 100, 70).forEach(n -> queue.send(PEER, datagram(n)));
    assertEquals(List.of("100", "100", "70"), written());
    assertEquals(1, counters.segmentationRefused.sum());
    IntStream.of(100, 100).forEach(n -> queue.send(PEER, datagram(n)));
    assertEquals(List.of("100", "100"), written());
    assertEquals(1, counters.segmentationRefused.sum());
  }

  @Test
  void shouldDropAndCountBeyondItsBound() {
    channel.pipeline().addLast(new NeverFlush());
    int datagrams = 24 * 128;
    IntStream.range(0, datagrams).forEach(i -> queue.send(OTHER, datagram(8192)));
    long dropped = counters.sendOverflow.sum();
    assertTrue(dropped > 128 && dropped < datagrams - 2048, dropped + " dropped");
    assertEquals(datagrams, dropped + counters.sent.sum());
  }

  @Test
  void shouldDropWhatComesAfterTheEnd() {
    queue.send(PEER, datagram(10));
    queue.close();
    queue.send(PEER, datagram(10));
    assertEquals(List.of(), written());
    assertEquals(1, counters.sendOverflow.sum());
  }

  private static final class RefuseSegments extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      if (message instanceof SegmentedDatagramPacket segments) {
        segments.release();
        promise.setFailure(new IOException("message too long"));
      } else {
        var unused = ctx.write(message, promise);
      }
    }
  }

  private static final class NeverFlush extends ChannelDuplexHandler {
    @Override
    public void flush(ChannelHandlerContext ctx) {}

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      // What waited for the flush fails as the channel closes.
    }
  }
}
