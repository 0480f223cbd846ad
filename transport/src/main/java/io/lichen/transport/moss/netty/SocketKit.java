// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
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

/** Makes event loops and channels: native epoll where it is there, NIO otherwise. */
final class SocketKit {
  private final boolean epoll;

  SocketKit() {
    this(Epoll.isAvailable());
  }

  SocketKit(boolean epoll) {
    this.epoll = epoll;
  }

  boolean isEpoll() {
    return epoll;
  }

  EventLoopGroup newLoops(int threads) {
    IoHandlerFactory handlers = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    return new MultiThreadIoEventLoopGroup(
        threads, new DefaultThreadFactory("lichen-moss", true), handlers);
  }

  ServerChannel newServer(SocketProtocolFamily family) {
    return epoll
        ? new EpollServerSocketChannel(family)
        : new NioServerSocketChannel(SelectorProvider.provider(), family);
  }

  Channel newSocket(SocketProtocolFamily family) {
    return epoll
        ? new EpollSocketChannel(family)
        : new NioSocketChannel(SelectorProvider.provider(), family);
  }

  Channel newDatagram(SocketProtocolFamily family) {
    return epoll ? new EpollDatagramChannel(family) : new NioDatagramChannel(family);
  }

  /** IPv4 unless the address is an IPv6 one. */
  static SocketProtocolFamily family(InetSocketAddress address) {
    return address.getAddress() instanceof Inet6Address
        ? SocketProtocolFamily.INET6
        : SocketProtocolFamily.INET;
  }
}
