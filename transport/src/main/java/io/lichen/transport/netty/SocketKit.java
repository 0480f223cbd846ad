// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.netty;

import io.netty.bootstrap.AbstractBootstrap;
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
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes event loops and channels: native epoll where it is there, NIO otherwise. Immutable; any
 * thread.
 */
public final class SocketKit {
  private static final Logger LOG = LoggerFactory.getLogger(SocketKit.class);

  private static final int SOL_SOCKET = 1;
  private static final int SO_REUSEPORT = 15;

  /** Netty has it for sockets that listen only. The numbers are those of all its Linuxes. */
  private static final ChannelOption<Integer> EPOLL_REUSE_PORT =
      new IntegerUnixChannelOption("SO_REUSEPORT", SOL_SOCKET, SO_REUSEPORT);

  private final boolean epoll;
  private final String device;
  private final boolean sharesPorts;

  /** Epoll if this machine has it. */
  public SocketKit() {
    this(Epoll.isAvailable());
  }

  /** As told: NIO can be had everywhere. */
  public SocketKit(boolean epoll) {
    this(epoll, "");
  }

  private SocketKit(boolean epoll, String device) {
    this.epoll = epoll;
    this.device = device;
    this.sharesPorts = epoll || canNioSharePorts();
  }

  /**
   * The same, with sockets that use one interface whatever the system's routes say; but for those
   * that listen, which would refuse whoever comes over another. Where there is no epoll this cannot
   * be had, and is logged.
   *
   * @param named the interface's name or number; empty for all
   */
  public SocketKit over(String named) {
    if (named.isEmpty()) {
      return this;
    }
    if (!epoll) {
      LOG.warn("Sockets cannot be kept to interface {} here: the system's routes hold", named);
      return this;
    }
    return new SocketKit(true, OneInterface.name(named));
  }

  /** Whether sockets are epoll's. */
  public boolean isEpoll() {
    return epoll;
  }

  private static boolean canNioSharePorts() {
    try (SocketChannel probe = SelectorProvider.provider().openSocketChannel()) {
      return probe.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT);
    } catch (IOException e) {
      LOG.debug("Could not ask what options sockets have", e);
      return false;
    }
  }

  /** Whether a TCP socket can connect from the port on which another one listens. */
  public boolean sharesPorts() {
    return sharesPorts;
  }

  /**
   * Has a TCP socket, one that listens or one that connects, share its port with others of the same
   * user that allow it, too; nothing where that cannot be had.
   */
  public <B extends AbstractBootstrap<B, ?>> B sharingPort(B bootstrap) {
    bootstrap.option(ChannelOption.SO_REUSEADDR, true);
    if (!sharesPorts) {
      return bootstrap;
    }
    return epoll
        ? bootstrap.option(EPOLL_REUSE_PORT, 1)
        : bootstrap.option(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true);
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
        ? OneInterface.bind(new EpollSocketChannel(family), device)
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
    return epoll
        ? OneInterface.bind(new EpollDatagramChannel(family), device)
        : new NioDatagramChannel(family);
  }

  /** IPv4 unless the address is an IPv6 one. */
  public static SocketProtocolFamily family(InetSocketAddress address) {
    return address.getAddress() instanceof Inet6Address
        ? SocketProtocolFamily.INET6
        : SocketProtocolFamily.INET;
  }
}
