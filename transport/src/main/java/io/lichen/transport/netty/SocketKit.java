// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.channels.spi.SelectorProvider;

/**
 * Makes event loops and channels: native epoll where it is there, NIO otherwise. Immutable; any
 * thread.
 */
public final class SocketKit {
  private final boolean epoll;

  /** Epoll if this machine has it. */
  public SocketKit() {
    this(Epoll.isAvailable());
  }

  /** As told: NIO can be had everywhere. */
  public SocketKit(boolean epoll) {
    this.epoll = epoll;
  }

  /** Whether sockets are epoll's. */
  public boolean isEpoll() {
    return epoll;
  }

  /** Event loops whose threads carry this name and a number. */
  public EventLoopGroup newLoops(String name, int threads) {
    IoHandlerFactory handlers = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    return new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory(name, true), handlers);
  }

  /** A TCP socket that listens. */
  public ServerChannel newServer(SocketProtocolFamily family) {
    return epoll
        ? new EpollServerSocketChannel(family)
        : new NioServerSocketChannel(SelectorProvider.provider(), family);
  }

  /** A TCP socket that connects. */
  public Channel newSocket(SocketProtocolFamily family) {
    return epoll
        ? new EpollSocketChannel(family)
        : new NioSocketChannel(SelectorProvider.provider(), family);
  }

  /**
   * A UDP socket that is to be bound; its handler and how it is read are the caller's.
   *
   * @param bufferBytes what is asked of the system for each direction; it may give less
   * @param datagramBytes the longest datagram that is taken; epoll then reads as many at once as
   *     the receive buffer has room for
   */
  public Bootstrap datagrams(
      EventLoopGroup loops, SocketProtocolFamily family, int bufferBytes, int datagramBytes) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loops)
            .channelFactory(() -> newDatagram(family))
            .option(ChannelOption.SO_RCVBUF, bufferBytes)
            .option(ChannelOption.SO_SNDBUF, bufferBytes);
    return epoll
        ? bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, datagramBytes)
        : bootstrap;
  }

  private Channel newDatagram(SocketProtocolFamily family) {
    return epoll ? new EpollDatagramChannel(family) : new NioDatagramChannel(family);
  }

  /** IPv4 unless the address is an IPv6 one. */
  public static SocketProtocolFamily family(InetSocketAddress address) {
    return address.getAddress() instanceof Inet6Address
        ? SocketProtocolFamily.INET6
        : SocketProtocolFamily.INET;
  }
}
