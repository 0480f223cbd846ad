// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.lichen.crypto.PeerId;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.DialRequest;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.TcpMeeting;
import io.lichen.transport.moss.TransportException;
import io.lichen.transport.moss.handshake.TcpHandshake;
import io.lichen.transport.netty.Channels;
import io.lichen.transport.netty.SocketKit;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens sessions over TCP: IK if the other side's key is known, and XX on a new connection if that
 * fails while there is time (docs/wire/moss-transport.md, "IK fallback"). Thread-safe.
 */
final class TcpDialer {
  private final TransportContext context;
  private final EventLoopGroup loops;
  private final SocketKit kit;
  private final @Nullable InetSocketAddress listening;

  /**
   * Makes one.
   *
   * @param listening the address from which connections may leave although it is listened on;
   *     {@code null} if none may
   */
  TcpDialer(
      TransportContext context,
      EventLoopGroup loops,
      SocketKit kit,
      @Nullable InetSocketAddress listening) {
    this.context = context;
    this.loops = loops;
    this.kit = kit;
    this.listening = listening;
  }

  CompletableFuture<MossSession> dial(DialRequest request) {
    CompletableFuture<MossSession> result = new CompletableFuture<>();
    long now = System.nanoTime();
    long deadlineNs = now + request.timeout().toNanos();
    byte[] remoteStatic = request.remoteStatic();
    long firstDeadlineNs =
        remoteStatic == null ? deadlineNs : now + IkFallback.shareNs(request.timeout());
    new Attempt(
            request.address(),
            request.fromListener() ? from(request.address()) : null,
            remoteStatic,
            firstDeadlineNs,
            deadlineNs,
            result)
        .connect();
    return result;
  }

  /** See {@link io.lichen.transport.moss.MossTransport#meet}. */
  TcpMeeting meet(PeerId peer, InetSocketAddress address, Duration timeout) {
    InetSocketAddress local = from(address);
    if (local == null) {
      throw new UnsupportedOperationException("no port to leave from to " + address);
    }
    Meeting meeting = new Meeting(peer, address, System.nanoTime() + timeout.toNanos());
    meeting.begin(local);
    return meeting;
  }

  /** Where a connection to an address leaves from if that is to be the port listened on. */
  private @Nullable InetSocketAddress from(InetSocketAddress address) {
    InetSocketAddress own = listening;
    if (own == null) {
      return null;
    }
    if (own.getAddress().isAnyLocalAddress()) {
      boolean both = own.getAddress() instanceof Inet6Address;
      boolean reaches = both || address.getAddress() instanceof Inet4Address;
      byte[] any = new byte[address.getAddress().getAddress().length];
      return reaches ? new InetSocketAddress(anyOf(any), own.getPort()) : null;
    }
    return own.getAddress().getClass().equals(address.getAddress().getClass()) ? own : null;
  }

  private static InetAddress anyOf(byte[] zeros) {
    try {
      return InetAddress.getByAddress(zeros);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(zeros.length + " octets are no address", e);
    }
  }

  private Bootstrap bootstrap(InetSocketAddress address, long deadlineNs) {
    long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
    return new Bootstrap()
        .group(loops)
        .channelFactory(() -> kit.newSocket(SocketKit.family(address)))
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.clamp(leftMs, 1, 600_000))
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, NettyMossTransport.WRITE_MARKS);
  }

  private TransportException notConnected(InetSocketAddress address, Throwable cause) {
    context.ledger().count("tcp_dial_connect_failed");
    return new TransportException(
        TransportException.Reason.CONNECT_FAILED,
        "cannot connect to " + address + ": " + cause.getMessage(),
        cause);
  }

  /** One connection. */
  private final class Attempt implements TcpHandshakeHandler.Outcome {
    private final InetSocketAddress address;
    private final @Nullable InetSocketAddress local;
    private final byte @Nullable [] remoteStatic;
    private final long deadlineNs;
    private final long lastDeadlineNs;
    private final CompletableFuture<MossSession> result;

    Attempt(
        InetSocketAddress address,
        @Nullable InetSocketAddress local,
        byte @Nullable [] remoteStatic,
        long deadlineNs,
        long lastDeadlineNs,
        CompletableFuture<MossSession> result) {
      this.address = address;
      this.local = local;
      this.remoteStatic = remoteStatic;
      this.deadlineNs = deadlineNs;
      this.lastDeadlineNs = lastDeadlineNs;
      this.result = result;
    }

    void connect() {
      Bootstrap bootstrap =
          bootstrap(address, deadlineNs)
              .handler(new Initializer(this, this::handshake, deadlineNs));
      ChannelFuture connecting =
          local == null
              ? bootstrap.connect(address)
              : kit.sharingPort(bootstrap).connect(address, local);
      connecting.addListener((ChannelFuture connected) -> onConnected(connected));
    }

    /** From port to port, one connection may come of two. */
    private TcpHandshake handshake() {
      return local == null
          ? TcpHandshake.initiator(context.handshakes(), remoteStatic)
          : TcpHandshake.simultaneous(context.handshakes(), remoteStatic);
    }

    private void onConnected(ChannelFuture connected) {
      Throwable cause = connected.cause();
      if (cause == null) {
        return;
      }
      if (local != null && deadlineNs - System.nanoTime() > 0) {
        // A former connection of the same two ports may linger; any other port will do.
        context.ledger().count("tcp_dial_own_port");
        new Attempt(address, null, remoteStatic, deadlineNs, lastDeadlineNs, result).connect();
      } else {
        result.completeExceptionally(notConnected(address, cause));
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
        new Attempt(address, local, null, lastDeadlineNs, lastDeadlineNs, result).connect();
      } else {
        result.completeExceptionally(failure);
      }
    }
  }

  /** A connection to a peer that may connect to this node at the same time. */
  private final class Meeting implements TcpMeeting, TcpHandshakeHandler.Outcome {
    private final PeerId peer;
    private final InetSocketAddress address;
    private final long deadlineNs;
    private final CompletableFuture<MossSession> result = new CompletableFuture<>();
    private volatile @Nullable Channel channel;

    Meeting(PeerId peer, InetSocketAddress address, long deadlineNs) {
      this.peer = peer;
      this.address = address;
      this.deadlineNs = deadlineNs;
    }

    void begin(InetSocketAddress local) {
      Initializer initializer =
          new Initializer(
              this, () -> TcpHandshake.simultaneous(context.handshakes(), null), deadlineNs);
      ChannelFuture connecting =
          kit.sharingPort(bootstrap(address, deadlineNs).handler(initializer))
              .connect(address, local);
      channel = connecting.channel();
      connecting.addListener((ChannelFuture connected) -> onConnected(connected));
    }

    private void onConnected(ChannelFuture connected) {
      Throwable cause = connected.cause();
      if (cause != null) {
        result.completeExceptionally(notConnected(address, cause));
      }
    }

    @Override
    public void established(TcpSession session) {
      if (!session.remoteId().equals(peer)) {
        context.ledger().count("tcp_meeting_stranger");
        session.close(CloseReason.LOCAL_CLOSED);
        String who = "met " + session.remoteId() + " instead of " + peer;
        result.completeExceptionally(
            new TransportException(TransportException.Reason.HANDSHAKE_FAILED, who));
      } else if (!result.complete(session)) {
        session.close(CloseReason.LOCAL_CLOSED);
      }
    }

    @Override
    public void failed(TransportException failure) {
      result.completeExceptionally(failure);
    }

    @Override
    public CompletableFuture<MossSession> session() {
      return result;
    }

    @Override
    public void abandon() {
      Channel connecting = channel;
      if (connecting == null || !connecting.isRegistered()) {
        return;
      }
      try {
        connecting.eventLoop().execute(() -> abandon(connecting));
      } catch (RejectedExecutionException e) {
        result.completeExceptionally(TransportContext.closed());
      }
    }

    private void abandon(Channel connecting) {
      if (!connecting.isActive()) {
        result.completeExceptionally(
            new TransportException(
                TransportException.Reason.CLOSED, "the meeting with " + peer + " was given up"));
        Channels.close(connecting);
      }
    }
  }

  private final class Initializer extends ChannelInitializer<Channel> {
    private final TcpHandshakeHandler.Outcome outcome;
    private final Supplier<TcpHandshake> handshakes;
    private final long deadlineNs;

    Initializer(
        TcpHandshakeHandler.Outcome outcome, Supplier<TcpHandshake> handshakes, long deadlineNs) {
      this.outcome = outcome;
      this.handshakes = handshakes;
      this.deadlineNs = deadlineNs;
    }

    @Override
    protected void initChannel(Channel channel) {
      ReceiveSizes receiveSizes = new ReceiveSizes();
      channel.config().setRecvByteBufAllocator(receiveSizes);
      channel
          .pipeline()
          .addLast(
              new TcpHandshakeHandler(
                  context, handshakes.get(), true, receiveSizes, deadlineNs, outcome));
    }
  }
}
