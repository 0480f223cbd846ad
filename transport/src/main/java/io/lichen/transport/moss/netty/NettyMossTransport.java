// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.lichen.crypto.PeerId;
import io.lichen.crypto.X25519;
import io.lichen.crypto.identity.Identity;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.DialRequest;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.MossTransport;
import io.lichen.transport.moss.MossTransportConfig;
import io.lichen.transport.moss.SessionListener;
import io.lichen.transport.moss.StunListener;
import io.lichen.transport.moss.TcpMeeting;
import io.lichen.transport.moss.TransportException;
import io.lichen.transport.moss.UdpRace;
import io.lichen.transport.moss.handshake.HandshakeContext;
import io.lichen.transport.netty.Channels;
import io.lichen.transport.netty.SocketKit;
import io.lichen.transport.rate.HandshakeRate;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketProtocolFamily;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The transport on Netty: one port, TCP and UDP (docs/wire/moss-transport.md, "Listening"). */
public final class NettyMossTransport implements MossTransport {
  /** How much sealed data a TCP channel holds before sealing pauses. */
  static final WriteBufferWaterMark WRITE_MARKS = new WriteBufferWaterMark(128 * 1024, 256 * 1024);

  private static final int BACKLOG = 1024;

  private final TransportContext context;
  private final EventLoopGroup loops;
  private final PortBinder.Bound bound;
  private final TcpDialer tcpDialer;
  private final InetSocketAddress localAddress;
  private final @Nullable InetSocketAddress listening;
  private final Map<Long, CompletableFuture<MossSession>> pendingDials = new ConcurrentHashMap<>();
  private final AtomicLong dials = new AtomicLong();
  private final AtomicBoolean closed = new AtomicBoolean();

  private NettyMossTransport(
      TransportContext context, EventLoopGroup loops, SocketKit kit, SecureRandom random) {
    this.context = context;
    this.loops = loops;
    InetSocketAddress address = context.config().bindAddress();
    SocketProtocolFamily family = SocketKit.family(address);
    this.bound =
        new PortBinder(
                new UdpInitializer(context, random).bootstrap(kit, loops, family),
                tcpServer(kit, family),
                context.config().era())
            .bind(address);
    this.localAddress = (InetSocketAddress) bound.udp().localAddress();
    boolean shares = kit.sharesPorts() && bound.tcp() != null;
    this.listening = shares ? localAddress : null;
    context.sharedPort(shares ? localAddress.getPort() : 0);
    this.tcpDialer = new TcpDialer(context, loops, kit, listening);
  }

  /** Binds the sockets; see {@link MossTransport#open}. */
  public static MossTransport open(
      MossTransportConfig config, Identity identity, SessionListener listener) {
    SocketKit kit = new SocketKit().over(config.bindInterface());
    return open(config, identity, listener, kit, HandshakeRate::ofStrangers);
  }

  /** Registers sockets of both kinds with a loop; see {@link MossTransport#load}. */
  public static void load() {
    SocketKit kit = new SocketKit();
    EventLoopGroup loops = kit.newLoops("lichen-load", 1);
    try {
      new ServerBootstrap()
          .group(loops)
          .channelFactory(() -> kit.newServer(SocketProtocolFamily.INET))
          .childHandler(new ChannelInboundHandlerAdapter())
          .register()
          .awaitUninterruptibly();
      kit.datagrams(loops, SocketProtocolFamily.INET, BACKLOG, BACKLOG)
          .handler(new ChannelInboundHandlerAdapter())
          .register()
          .awaitUninterruptibly();
    } finally {
      Channels.shutDown(loops);
    }
  }

  static NettyMossTransport open(
      MossTransportConfig config,
      Identity identity,
      SessionListener listener,
      SocketKit kit,
      Supplier<HandshakeRate> rates) {
    ConfigCheck.check(config);
    SecureRandom random = new SecureRandom();
    HandshakeContext handshakes =
        new HandshakeContext(config.sessionMeshId(), config.sessionPsk(), identity, random);
    TransportContext context = new TransportContext(config, handshakes, listener, rates);
    EventLoopGroup loops = kit.newLoops("lichen-moss", config.eventLoopThreads());
    try {
      return new NettyMossTransport(context, loops, kit, random);
    } catch (RuntimeException e) {
      Channels.shutDown(loops);
      throw e;
    }
  }

  private ServerBootstrap tcpServer(SocketKit kit, SocketProtocolFamily family) {
    // Dials may leave from the port that this one listens on.
    return kit.sharingPort(new ServerBootstrap())
        .group(loops)
        .channelFactory(() -> kit.newServer(family))
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_KEEPALIVE, true)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_MARKS)
        .childHandler(new TcpAcceptor(context));
  }

  @Override
  public InetSocketAddress localAddress() {
    return localAddress;
  }

  @Override
  public boolean listensOnTcp() {
    return bound.tcp() != null;
  }

  @Override
  public CompletableFuture<MossSession> dial(DialRequest request) {
    if (closed.get()) {
      return CompletableFuture.failedFuture(TransportContext.closed());
    }
    byte[] remoteStatic = request.remoteStatic();
    if (remoteStatic != null && remoteStatic.length != X25519.KEY_BYTES) {
      throw new IllegalArgumentException(
          "a Noise static key has 32 bytes, not " + remoteStatic.length);
    }
    if (request.address().isUnresolved()) {
      throw new IllegalArgumentException(request.address() + " is not resolved");
    }
    return pending(
        switch (request.carrier()) {
          case TCP -> tcpDialer.dial(request);
          case UDP -> udp().dialer().dial(request);
          case RELAY ->
              CompletableFuture.failedFuture(
                  new TransportException(
                      TransportException.Reason.UNSUPPORTED, "a relay is no socket"));
        });
  }

  @Override
  public boolean dialsFromListener() {
    return listening != null;
  }

  @Override
  public TcpMeeting meet(PeerId peer, InetSocketAddress address, Duration timeout) {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException(address + " is not resolved");
    }
    TcpMeeting meeting = tcpDialer.meet(peer, address, timeout);
    var unused = pending(meeting.session());
    return meeting;
  }

  @Override
  public UdpRace race(PeerId peer, Duration timeout) {
    UdpRace race = udp().dialer().races().open(peer, timeout);
    if (closed.get()) {
      race.cancel();
    }
    return race;
  }

  private UdpEndpoint udp() {
    return bound.udp().pipeline().get(UdpEndpoint.class);
  }

  /**
   * Remembers a dial until it is done: an event loop that ends does not tell of its last promises.
   */
  private CompletableFuture<MossSession> pending(CompletableFuture<MossSession> dial) {
    long number = dials.incrementAndGet();
    pendingDials.put(number, dial);
    var unused = dial.whenComplete((session, failure) -> pendingDials.remove(number));
    if (closed.get()) {
      dial.completeExceptionally(TransportContext.closed());
    }
    return dial;
  }

  @Override
  public void stun(InetSocketAddress to, byte[] request, StunListener listener) {
    if (to.isUnresolved() || !UdpStun.isRequest(request)) {
      throw new IllegalArgumentException("no STUN request, or to no address: " + to);
    }
    UdpEndpoint endpoint = bound.udp().pipeline().get(UdpEndpoint.class);
    if (closed.get() || endpoint == null) {
      return;
    }
    try {
      bound.udp().eventLoop().execute(() -> endpoint.stun().send(to, request, listener));
    } catch (RejectedExecutionException e) {
      // Closed meanwhile: there is nobody left to ask, and nobody who waits.
      context.ledger().count("stun_after_close");
    }
  }

  @Override
  public Map<String, Long> counters() {
    Map<String, Long> counters = context.ledger().snapshot();
    counters.put(
        "handshake_place_forgotten", context.tcpRate().forgotten() + context.udpRate().forgotten());
    return counters;
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    if (bound.tcp() != null) {
      Channels.close(bound.tcp());
    }
    List<NettySession> open = List.copyOf(context.sessions());
    open.forEach(session -> session.close(CloseReason.STOPPED));
    if (!Channels.areOfCaller(loops)) {
      long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TcpSession.LINGER_MS);
      open.forEach(session -> session.awaitEnd(deadlineNs));
    }
    Channels.close(bound.udp());
    Channels.shutDown(loops);
    pendingDials.values().forEach(dial -> dial.completeExceptionally(TransportContext.closed()));
  }
}
