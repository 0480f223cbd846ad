// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.netty;

import io.lichen.transport.net.NetTransportException;
import io.lichen.transport.net.session.DatagramIn;
import io.lichen.transport.net.session.DatagramOut;
import io.lichen.transport.net.session.NetEndpoint;
import io.lichen.transport.netty.Channels;
import io.lichen.transport.netty.SocketKit;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import java.net.InetSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One UDP socket on an event loop of its own, with an engine behind it. Datagrams come to the
 * engine in batches; what it sends leaves at the end of the loop's turn, in as few system calls as
 * possible. {@link #send} and {@link #settleSoon} belong to the loop, the rest to any thread.
 */
public final class UdpSocket implements DatagramOut, AutoCloseable {
  /** The longest packet of the wire, behind a routing header. */
  private static final int PACKET_BYTES = NetEndpoint.MAX_DATAGRAM_BYTES;

  /** The longest run of datagrams that the kernel has not cut. */
  private static final int UNCUT_BYTES = 64 * 1024;

  private static final int DATAGRAMS_PER_TURN = 64;
  private static final int NIO_BUFFERS = DATAGRAMS_PER_TURN;
  private static final int EPOLL_BUFFERS = 2;

  private final EventLoopGroup loops;
  private final Channel channel;
  private final SocketCounters counters;
  private final SendQueue out;
  private final InetSocketAddress localAddress;
  private @Nullable LoopTurn turn;

  private UdpSocket(EventLoopGroup loops, Channel channel, boolean segmentation) {
    this.loops = loops;
    this.channel = channel;
    this.localAddress = (InetSocketAddress) channel.localAddress();
    this.counters = new SocketCounters();
    this.out = new SendQueue(channel, segmentation, counters);
  }

  /** Binds a socket with what pays on this machine; see the other method. */
  public static UdpSocket bind(InetSocketAddress address, int bufferBytes) {
    SocketKit kit = new SocketKit();
    return bind(kit, SocketTuning.of(kit), address, bufferBytes);
  }

  /**
   * Binds a socket, which does not read yet.
   *
   * @param bufferBytes what is asked of the system for each direction; it may give less
   * @throws NetTransportException {@code BIND_FAILED}
   */
  public static UdpSocket bind(
      SocketKit kit, SocketTuning tuning, InetSocketAddress address, int bufferBytes) {
    EventLoopGroup loops = kit.newLoops("lichen-net", 1);
    BufferRing receiveBuffers = receiveBuffers(kit, tuning);
    ChannelFuture bound =
        bootstrap(kit, loops, tuning, address, bufferBytes)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new ReceiveBuffers(receiveBuffers, DATAGRAMS_PER_TURN))
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      Channels.shutDown(loops);
      throw bindFailed(address, bound.cause());
    }
    UdpSocket socket = new UdpSocket(loops, bound.channel(), tuning.segmentation());
    bound.channel().closeFuture().addListener(done -> socket.onClosed(receiveBuffers));
    return socket;
  }

  private static BufferRing receiveBuffers(SocketKit kit, SocketTuning tuning) {
    return kit.isEpoll()
        ? new BufferRing(EPOLL_BUFFERS, tuning.datagramsPerRead() * slotBytes(tuning))
        : new BufferRing(NIO_BUFFERS, PACKET_BYTES);
  }

  private static int slotBytes(SocketTuning tuning) {
    return tuning.coalescing() ? UNCUT_BYTES : PACKET_BYTES;
  }

  private static Bootstrap bootstrap(
      SocketKit kit,
      EventLoopGroup loops,
      SocketTuning tuning,
      InetSocketAddress address,
      int bufferBytes) {
    Bootstrap bootstrap =
        kit.datagrams(loops, SocketKit.family(address), bufferBytes, slotBytes(tuning))
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, SendQueue.WRITE_MARKS)
            .option(ChannelOption.AUTO_READ, false)
            .handler(new ChannelInboundHandlerAdapter());
    return tuning.coalescing() ? bootstrap.option(EpollChannelOption.UDP_GRO, true) : bootstrap;
  }

  private static NetTransportException bindFailed(
      InetSocketAddress address, @Nullable Throwable cause) {
    String message = "cannot bind UDP " + address + ": " + cause;
    return cause == null
        ? new NetTransportException(NetTransportException.Reason.BIND_FAILED, message)
        : new NetTransportException(NetTransportException.Reason.BIND_FAILED, message, cause);
  }

  /** Begins to read, for this engine. Called once. */
  public void start(DatagramIn engine) {
    loop()
        .execute(
            () -> {
              LoopTurn newTurn = new LoopTurn(loop(), engine, out, counters);
              turn = newTurn;
              channel.pipeline().addLast(new UdpHandler(engine, newTurn, counters));
              channel.config().setAutoRead(true);
              newTurn.endSoon();
            });
  }

  /** The bound address. */
  public InetSocketAddress localAddress() {
    return localAddress;
  }

  /** The socket's event loop. */
  public EventLoop loop() {
    return channel.eventLoop();
  }

  @Override
  public void send(InetSocketAddress to, ByteBuf datagram) {
    out.send(to, datagram);
    settleSoon();
  }

  @Override
  public void flush() {
    out.flush();
  }

  /**
   * Says that somebody else than this socket has called the engine: at the end of the loop's turn
   * its timer is set, and what it sent goes out.
   */
  public void settleSoon() {
    if (turn != null) {
      turn.endSoon();
    }
  }

  @Override
  public boolean isWritable() {
    return channel.isWritable();
  }

  /** What the socket has done, by name. */
  public Map<String, Long> counters() {
    return counters.snapshot();
  }

  private void closeNow() {
    out.flush();
    Channels.close(channel);
  }

  private void onClosed(BufferRing receiveBuffers) {
    out.close();
    receiveBuffers.close();
    if (turn != null) {
      turn.close();
    }
  }

  /**
   * Sends what waits for the end of the turn, closes the socket and waits for its thread, unless
   * called on it. Idempotent.
   */
  @Override
  public void close() {
    if (loop().inEventLoop()) {
      closeNow();
    } else if (!loops.isShuttingDown()) {
      loop().execute(this::closeNow);
    }
    Channels.shutDown(loops);
  }
}
