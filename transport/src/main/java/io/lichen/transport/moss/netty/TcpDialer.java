// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.DialRequest;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.TransportException;
import io.lichen.transport.moss.handshake.TcpHandshake;
import io.lichen.transport.netty.SocketKit;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Opens sessions over TCP: IK if the other side's key is known, and XX on a new connection if that
 * fails while there is time (docs/wire/moss-transport.md, "IK fallback"). Thread-safe.
 */
final class TcpDialer {
  private final TransportContext context;
  private final EventLoopGroup loops;
  private final SocketKit kit;

  TcpDialer(TransportContext context, EventLoopGroup loops, SocketKit kit) {
    this.context = context;
    this.loops = loops;
    this.kit = kit;
  }

  CompletableFuture<MossSession> dial(DialRequest request) {
    CompletableFuture<MossSession> result = new CompletableFuture<>();
    long now = System.nanoTime();
    long deadlineNs = now + request.timeout().toNanos();
    byte[] remoteStatic = request.remoteStatic();
    long firstDeadlineNs =
        remoteStatic == null ? deadlineNs : now + IkFallback.shareNs(request.timeout());
    new Attempt(request.address(), remoteStatic, firstDeadlineNs, deadlineNs, result).connect();
    return result;
  }

  /** One connection. */
  private final class Attempt implements TcpHandshakeHandler.Outcome {
    private final InetSocketAddress address;
    private final byte @Nullable [] remoteStatic;
    private final long deadlineNs;
    private final long lastDeadlineNs;
    private final CompletableFuture<MossSession> result;

    Attempt(
        InetSocketAddress address,
        byte @Nullable [] remoteStatic,
        long deadlineNs,
        long lastDeadlineNs,
        CompletableFuture<MossSession> result) {
      this.address = address;
      this.remoteStatic = remoteStatic;
      this.deadlineNs = deadlineNs;
      this.lastDeadlineNs = lastDeadlineNs;
      this.result = result;
    }

    void connect() {
      long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
      new Bootstrap()
          .group(loops)
          .channelFactory(() -> kit.newSocket(SocketKit.family(address)))
          .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.clamp(leftMs, 1, 600_000))
          .option(ChannelOption.TCP_NODELAY, true)
          .option(ChannelOption.SO_KEEPALIVE, true)
          .option(ChannelOption.WRITE_BUFFER_WATER_MARK, NettyMossTransport.WRITE_MARKS)
          .handler(new Initializer(this))
          .connect(address)
          .addListener((ChannelFuture connected) -> onConnected(connected));
    }

    private void onConnected(ChannelFuture connected) {
      Throwable cause = connected.cause();
      if (cause != null) {
        context.ledger().count("tcp_dial_connect_failed");
        result.completeExceptionally(
            new TransportException(
                TransportException.Reason.CONNECT_FAILED,
                "cannot connect to " + address + ": " + cause.getMessage(),
                cause));
      }
    }

    @Override
    public void established(TcpSession session) {
      if (!result.complete(session)) {
        session.close(CloseReason.LOCAL_CLOSED);
      }
    }

    @Override
    public void failed(TransportException failure) {
      if (remoteStatic != null && lastDeadlineNs - System.nanoTime() > 0 && !result.isDone()) {
        context.ledger().count("tcp_dial_fallback");
        new Attempt(address, null, lastDeadlineNs, lastDeadlineNs, result).connect();
      } else {
        result.completeExceptionally(failure);
      }
    }
  }

  private final class Initializer extends ChannelInitializer<Channel> {
    private final Attempt attempt;

    Initializer(Attempt attempt) {
      this.attempt = attempt;
    }

    @Override
    protected void initChannel(Channel channel) {
      ReceiveSizes receiveSizes = new ReceiveSizes();
      channel.config().setRecvByteBufAllocator(receiveSizes);
      TcpHandshake handshake = TcpHandshake.initiator(context.handshakes(), attempt.remoteStatic);
      channel
          .pipeline()
          .addLast(
              new TcpHandshakeHandler(
                  context, handshake, true, receiveSizes, attempt.deadlineNs, attempt));
    }
  }
}
