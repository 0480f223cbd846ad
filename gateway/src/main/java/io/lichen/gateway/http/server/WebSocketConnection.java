// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.lichen.gateway.http.HttpLimits;
import io.lichen.gateway.http.Request;
import io.lichen.gateway.http.WebSocketHandler;
import io.lichen.gateway.http.WebSocketMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One WebSocket on its loop: frames in, frames out, liveness, and the end. */
final class WebSocketConnection extends SimpleChannelInboundHandler<WebSocketFrame>
    implements Loop.Timed {
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final Core core;
  private final Loop loop;
  private final Outbox outbox;
  private final Peer peer;
  private final HandlerCalls calls;
  private final MessageAssembler assembler;
  private final Channel channel;
  private final long pingNs;
  private final long silenceNs;
  private long heardNs = System.nanoTime();
  private long pingedNs = heardNs;
  private boolean closing;
  private long closeDeadlineNs;
  private int closeCode = CloseCode.BROKEN;
  private String closeReason = "";

  /**
   * @param channel whose pipeline holds no HTTP any more
   */
  WebSocketConnection(
      Core core, Loop loop, Channel channel, Request request, WebSocketHandler handler) {
    HttpLimits limits = core.limits();
    this.core = core;
    this.loop = loop;
    this.channel = channel;
    this.outbox = new Outbox(channel, loop, limits);
    this.peer = new Peer(request, this, outbox, loop, core);
    this.assembler = new MessageAssembler(limits.maxBodyBytes());
    this.pingNs = limits.pingInterval().toNanos();
    this.silenceNs = limits.silenceTimeout().toNanos();
    this.calls = new HandlerCalls(core.workers(), handler, peer, limits.maxBodyBytes());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext unused) {
    core.meters().webSockets().incrementAndGet();
    loop.watch(channel, this);
    calls.onRoom(() -> loop.execute(this::readOn));
    calls.open();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext unused, WebSocketFrame frame) {
    heardNs = System.nanoTime();
    if (closing && !(frame instanceof CloseWebSocketFrame)) {
      return;
    }
    switch (frame) {
      case PingWebSocketFrame ping -> onPing(ByteBufUtil.getBytes(ping.content()));
      case PongWebSocketFrame pong -> {}
      case CloseWebSocketFrame close -> onClose(close);
      default -> onData(frame);
    }
  }

  private void onData(WebSocketFrame frame) {
    WebSocketMessage message = assembler.add(frame);
    if (message != null) {
      core.meters().messageReceived();
      handle(message);
    }
  }

  private void onPing(byte[] data) {
    ByteBuf pong = Frames.pong(channel.alloc(), data);
    outbox.announce(pong.readableBytes());
    queue(pong);
    handle(new WebSocketMessage.Ping(data));
  }

  private void handle(WebSocketMessage message) {
    if (!calls.message(message)) {
      channel.config().setAutoRead(false);
    }
  }

  private void readOn() {
    heardNs = System.nanoTime();
    channel.config().setAutoRead(true);
  }

  private void onClose(CloseWebSocketFrame frame) {
    if (closing) {
      Wire.close(channel);
      return;
    }
    int code = frame.statusCode() < 0 ? CloseCode.NONE : frame.statusCode();
    if (code != CloseCode.NONE && !CloseCode.isSendable(code)) {
      throw new CorruptedWebSocketFrameException(
          WebSocketCloseStatus.PROTOCOL_ERROR, "a close frame with the code " + code);
    }
    ending(code, frame.reasonText() == null ? "" : frame.reasonText());
    ByteBuf echo = Frames.close(channel.alloc(), code, "");
    Wire.after(outbox.addLast(echo), () -> Wire.close(channel));
  }

  /** Sends an announced message. On the loop. */
  void write(ByteBuf frame) {
    if (queue(frame)) {
      core.meters().messageSent();
    }
  }

  private boolean queue(ByteBuf frame) {
    if (outbox.add(frame, frame.readableBytes())) {
      return true;
    }
    if (!closing) {
      core.meters().slowConsumer();
      close(CloseCode.TRY_AGAIN_LATER, "too slow");
    }
    return false;
  }

  /** Closes after what has been queued. On the loop. */
  void close(int code, String reason) {
    if (!closing) {
      ending(code, reason);
      ByteBuf last = Frames.close(channel.alloc(), code, reason);
      Wire.after(outbox.addLast(last), () -> {});
    }
  }

  private void ending(int code, String reason) {
    closing = true;
    closeCode = code;
    closeReason = reason;
    closeDeadlineNs = System.nanoTime() + CLOSE_PATIENCE.toNanos();
    peer.leave();
    // The close frame of the other side is still to come.
    channel.config().setAutoRead(true);
  }

  @Override
  public void onTick(long nowNs) {
    if (closing) {
      if (nowNs - closeDeadlineNs >= 0) {
        Wire.close(channel);
      }
    } else if (nowNs - heardNs >= silenceNs && channel.config().isAutoRead()) {
      close(CloseCode.GOING_AWAY, "silent for too long");
    } else if (nowNs - pingedNs >= pingNs) {
      pingedNs = nowNs;
      ByteBuf ping = Frames.ping(channel.alloc());
      outbox.announce(ping.readableBytes());
      queue(ping);
    }
  }

  @Override
  public void onStop() {
    close(CloseCode.GOING_AWAY, "the server stops");
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext unused, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      Wire.close(channel);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext unused) {
    loop.forget(channel);
    outbox.close();
    peer.leave();
    core.meters().webSockets().decrementAndGet();
    core.webSockets().decrementAndGet();
    calls.close(closeCode, closeReason);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext unused, Throwable cause) {
    CorruptedWebSocketFrameException bad = corruption(cause);
    if (bad == null) {
      Wire.close(channel);
    } else if (!closing) {
      // Nothing that it sends from now on can be understood, a close frame neither.
      ending(bad.closeStatus().code(), String.valueOf(bad.getMessage()));
      ByteBuf last = Frames.close(channel.alloc(), closeCode, closeReason);
      Wire.after(outbox.addLast(last), () -> Wire.endOutput(channel));
    }
  }

  private static @Nullable CorruptedWebSocketFrameException corruption(Throwable cause) {
    if (cause instanceof CorruptedWebSocketFrameException bad) {
      return bad;
    }
    return cause.getCause() instanceof CorruptedWebSocketFrameException bad ? bad : null;
  }
}
