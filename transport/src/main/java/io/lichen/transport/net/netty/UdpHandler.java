// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.netty;

import io.lichen.transport.net.session.DatagramIn;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds an engine from a channel, batch by batch. On the loop. */
final class UdpHandler extends ChannelInboundHandlerAdapter {
  /**
   * What a batch brings before the engine acts on it for the first time; then twice as much, and so
   * on. A peer whose window is small can send again while the rest of it is still being opened.
   */
  private static final int FIRST_SETTLE_BYTES = 16 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(UdpSocket.class);

  private final DatagramIn engine;
  private final LoopTurn turn;
  private final SocketCounters counters;
  private final Runnable resume = this::resume;
  private boolean reading;
  private long batchNs;
  private int unsettledBytes;
  private int settleBytes;

  UdpHandler(DatagramIn engine, LoopTurn turn, SocketCounters counters) {
    this.engine = engine;
    this.turn = turn;
    this.counters = counters;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    DatagramPacket packet = (DatagramPacket) message;
    try {
      if (!reading) {
        reading = true;
        turn.begin();
        batchNs = System.nanoTime();
        unsettledBytes = 0;
        settleBytes = FIRST_SETTLE_BYTES;
      }
      counters.received.increment();
      unsettledBytes += packet.content().readableBytes();
      engine.onDatagram(packet.sender(), packet.content(), batchNs);
    } catch (RuntimeException e) {
      failed("a datagram", e);
    } finally {
      packet.release();
    }
    if (unsettledBytes >= settleBytes) {
      settleEarly();
    }
  }

  private void settleEarly() {
    batchEnds();
    turn.flush();
    unsettledBytes = 0;
    settleBytes *= 2;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    reading = false;
    batchEnds();
    turn.end();
  }

  private void resume() {
    turn.begin();
    batchEnds();
    turn.end();
  }

  private void batchEnds() {
    try {
      engine.onBatchEnd(System.nanoTime());
    } catch (RuntimeException e) {
      failed("the end of a batch", e);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable()) {
      // Not at once: it may be the engine's own call to the socket that brings this.
      ctx.executor().execute(resume);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // A write that the system refused, or an ICMP error of an earlier one: the socket lives on.
    counters.failed.increment();
    LOG.debug("the socket reports {}", cause.toString());
  }

  private void failed(String what, RuntimeException e) {
    counters.engineFailed.increment();
    LOG.error("the engine failed at {}", what, e);
  }
}
