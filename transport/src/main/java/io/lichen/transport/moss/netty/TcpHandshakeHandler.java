// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.lichen.transport.moss.TransportException;
import io.lichen.transport.moss.handshake.Established;
import io.lichen.transport.moss.handshake.HandshakeException;
import io.lichen.transport.moss.handshake.TcpHandshake;
import io.lichen.transport.netty.Channels;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection until its handshake is over: feeds the engine, holds the absolute deadline, and
 * leaves the pipeline to a session or closes without a word.
 */
final class TcpHandshakeHandler extends ChannelInboundHandlerAdapter {
  /** Told how it went, exactly once, on the event loop. */
  interface Outcome {
    void established(TcpSession session);

    void failed(TransportException failure);
  }

  private final TransportContext context;
  private final TcpHandshake handshake;
  private final boolean dialled;
  private final ReceiveSizes receiveSizes;
  private final long deadlineNs;
  private final Outcome outcome;
  private @Nullable Future<?> deadline;
  private boolean over;

  TcpHandshakeHandler(
      TransportContext context,
      TcpHandshake handshake,
      boolean dialled,
      ReceiveSizes receiveSizes,
      long deadlineNs,
      Outcome outcome) {
    this.context = context;
    this.handshake = handshake;
    this.dialled = dialled;
    this.receiveSizes = receiveSizes;
    this.deadlineNs = deadlineNs;
    this.outcome = outcome;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    if (ctx.channel().isActive()) {
      begin(ctx);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    begin(ctx);
    ctx.fireChannelActive();
  }

  private void begin(ChannelHandlerContext ctx) {
    if (deadline != null || over) {
      return;
    }
    long left = deadlineNs - System.nanoTime();
    deadline =
        ctx.executor().schedule(() -> onDeadline(ctx), Math.max(0, left), TimeUnit.NANOSECONDS);
    if (dialled) {
      send(ctx, handshake.begin());
    }
  }

  private void onDeadline(ChannelHandlerContext ctx) {
    fail(ctx, "timeout", TransportException.Reason.TIMEOUT, "no handshake within the deadline");
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf buffer = (ByteBuf) message;
    try {
      while (!over && buffer.isReadable()) {
        feed(ctx, buffer);
      }
    } catch (HandshakeException e) {
      fail(ctx, e.counterName(), TransportException.Reason.HANDSHAKE_FAILED, e.summary());
    } finally {
      buffer.release();
    }
  }

  private void feed(ChannelHandlerContext ctx, ByteBuf buffer) {
    byte[] scratch = context.loopBuffers().inbound();
    int length = Math.min(buffer.readableBytes(), handshake.wanted());
    buffer.readBytes(scratch, 0, length);
    send(ctx, handshake.receive(scratch, 0, length));
    Established established = handshake.established();
    if (established != null) {
      finish(ctx, established, buffer);
    }
  }

  private void finish(ChannelHandlerContext ctx, Established established, ByteBuf rest) {
    over = true;
    cancelDeadline();
    // Nothing is read until the session is started.
    ctx.channel().config().setAutoRead(false);
    TcpSession session =
        new TcpSession(context, ctx.channel(), receiveSizes, established, handshake.isInitiator());
    session.keepEarly(ByteBufUtil.getBytes(rest));
    rest.skipBytes(rest.readableBytes());
    context.sessions().add(session);
    context.ledger().count(dialled ? "tcp_dialed" : "tcp_accepted");
    ctx.pipeline().replace(this, "session", new TcpSessionHandler(session));
    outcome.established(session);
  }

  private void send(ChannelHandlerContext ctx, byte[] octets) {
    if (octets.length > 0) {
      ctx.writeAndFlush(Unpooled.wrappedBuffer(octets))
          .addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    fail(
        ctx,
        "closed",
        TransportException.Reason.HANDSHAKE_FAILED,
        "the other side closed during the handshake");
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    // A failed connect is told by its own future.
    if (!dialled || deadline != null) {
      fail(ctx, "closed", TransportException.Reason.CLOSED, "the connection was closed");
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    fail(ctx, "error", TransportException.Reason.CONNECT_FAILED, cause.toString());
  }

  private void fail(
      ChannelHandlerContext ctx, String name, TransportException.Reason reason, String detail) {
    if (over) {
      return;
    }
    over = true;
    cancelDeadline();
    if (dialled) {
      // Whoever dialed is told, and need not read it in the log too.
      context.ledger().count("tcp_dial_" + name);
    } else {
      context.ledger().refuse("tcp_handshake_" + name, ctx.channel().remoteAddress(), detail);
    }
    Channels.close(ctx.channel());
    outcome.failed(new TransportException(reason, detail));
  }

  private void cancelDeadline() {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }
}
