// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.net.crowd;

import io.lichen.transport.net.session.DatagramIn;
import io.lichen.transport.net.session.DatagramOut;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A plain socket of a member, and its engine's timer; on the loop. */
final class MemberSocket extends ChannelInboundHandlerAdapter implements DatagramOut {
  private final Channel channel;
  private @Nullable DatagramIn engine;
  private @Nullable ScheduledFuture<?> timer;

  MemberSocket(Channel channel) {
    this.channel = channel;
  }

  /** Begins to read, for this engine. */
  void start(DatagramIn newEngine) {
    engine = newEngine;
    channel.pipeline().addLast(this);
  }

  @Override
  @SuppressWarnings(
      "FutureReturnValueIgnored") // What the system refuses is lost, as datagrams may.
  public void send(InetSocketAddress to, ByteBuf datagram) {
    channel.writeAndFlush(new DatagramPacket(datagram, to), channel.voidPromise());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    DatagramPacket datagram = (DatagramPacket) message;
    try {
      if (engine != null) {
        engine.onDatagram(datagram.sender(), datagram.content(), System.nanoTime());
      }
    } finally {
      datagram.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (engine != null) {
      engine.onBatchEnd(System.nanoTime());
      arm();
    }
  }

  /** Sets the timer to when the engine wants it, after each call. */
  void arm() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
    if (engine != null && engine.nextDeadlineNs() != DatagramIn.NO_DEADLINE) {
      long delayNs = engine.nextDeadlineNs() - System.nanoTime();
      timer = channel.eventLoop().schedule(this::fire, delayNs, TimeUnit.NANOSECONDS);
    }
  }

  private void fire() {
    timer = null;
    if (engine != null) {
      engine.onTimer(System.nanoTime());
      arm();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The loop ends after it.
  void close() {
    if (timer != null) {
      timer.cancel(false);
    }
    channel.close();
  }
}
