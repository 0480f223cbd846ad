// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.netty;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.transport.net.session.DatagramIn;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UdpHandlerTest {
  private static final InetSocketAddress PEER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final SocketCounters counters = new SocketCounters();
  private final Engine engine = new Engine();
  private final SendQueue out = new SendQueue(channel, true, counters);

  @AfterEach
  void close() {
    out.close();
    channel.finishAndReleaseAll();
  }

  @Test
  void shouldEndBatchesEverMoreSeldomWithinATurn() {
    LoopTurn turn = new LoopTurn(channel.eventLoop(), engine, out, counters);
    channel.pipeline().addLast(new UdpHandler(engine, turn, counters));
    channel.writeInbound(datagrams(2 + 4 + 1));
    channel.writeInbound(datagrams(1));
    channel.writeInbound(datagrams(2));
    assertEquals(List.of(2, 4, 1, 1, 2, 0), engine.batches);
  }

  @Test
  void shouldTakeLastTasksOfLoopThatHasEnded() {
    EventLoop ended = new DefaultEventLoop();
    ended.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    LoopTurn turn = new LoopTurn(ended, engine, out, counters);
    assertDoesNotThrow(turn::endSoon);
  }

  private static Object[] datagrams(int count) {
    Object[] all = new Object[count];
    for (int i = 0; i < count; i++) {
      all[i] = new DatagramPacket(Unpooled.wrappedBuffer(new byte[8192]), PEER, PEER);
    }
    return all;
  }

  /** Notes how many datagrams each batch brought. */
  private static final class Engine implements DatagramIn {
    private final List<Integer> batches = new ArrayList<>();
    private int datagrams;

    @Override
    public void onDatagram(InetSocketAddress from, ByteBuf datagram, long nowNs) {
      datagrams++;
    }

    @Override
    public void onBatchEnd(long nowNs) {
      batches.add(datagrams);
      datagrams = 0;
    }

    @Override
    public void onTimer(long nowNs) {}

    @Override
    public long nextDeadlineNs() {
      return NO_DEADLINE;
    }
  }
}
