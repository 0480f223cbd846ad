// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/** Event loops and listening sockets: native epoll where it is there, NIO otherwise. */
final class Sockets {
  private static final int MOST_LOOPS = 4;

  private Sockets() {}

  /** Half of the processors: handlers, which have threads of their own, need the others. */
  static EventLoopGroup newLoops() {
    int threads = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, MOST_LOOPS);
    IoHandlerFactory handlers =
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    return new MultiThreadIoEventLoopGroup(
        threads, new DefaultThreadFactory("lichen-http", true), handlers);
  }

  static ServerChannel newServer() {
    return Epoll.isAvailable() ? new EpollServerSocketChannel() : new NioServerSocketChannel();
  }
}
