// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketProtocolFamily;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sockets that use the loopback interface alone, or one that is not there. */
class OneInterfaceTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final SocketKit kit = new SocketKit();
  private final EventLoopGroup loops = kit.newLoops("one-interface", 1);

  @AfterEach
  void close() {
    Channels.shutDown(loops);
  }

  private static String loopback() throws Exception {
    return NetworkInterface.getByInetAddress(LOOPBACK).getName();
  }

  private boolean connects(SocketKit with, InetSocketAddress address) {
    return new Bootstrap()
        .group(loops)
        .channelFactory(() -> with.newSocket(SocketProtocolFamily.INET))
        .handler(new ChannelInboundHandlerAdapter())
        .connect(address)
        .awaitUninterruptibly()
        .isSuccess();
  }

  @Test
  void shouldConnectOverTheInterfaceAlone() throws Exception {
    assumeTrue(kit.isEpoll(), "interfaces are epoll's");
    NetworkInterface nic = NetworkInterface.getByName(loopback());
    try (ServerSocket server = new ServerSocket(0, 8, LOOPBACK)) {
      InetSocketAddress address = new InetSocketAddress(LOOPBACK, server.getLocalPort());
      assertTrue(connects(kit.over(nic.getName()), address));
      assertTrue(connects(kit.over(Integer.toString(nic.getIndex())), address));
    }
  }

  @Test
  void shouldBindDatagramsToIt() throws Exception {
    assumeTrue(kit.isEpoll(), "interfaces are epoll's");
    Bootstrap datagrams =
        kit.over(loopback()).datagrams(loops, SocketProtocolFamily.INET, 1 << 16, 1 << 11);
    Channel bound =
        datagrams
            .handler(new ChannelInboundHandlerAdapter())
            .bind(new InetSocketAddress("0.0.0.0", 0))
            .sync()
            .channel();
    assertTrue(bound.isActive());
  }

  @Test
  void shouldHaveNoSocketsWhereThereIsNoSuchInterface() {
    assumeTrue(kit.isEpoll(), "interfaces are epoll's");
    for (String name : new String[] {"lichen-none", "0123456789abcdef"}) {
      SocketKit nowhere = kit.over(name);
      assertThrows(
          ChannelException.class, () -> nowhere.newSocket(SocketProtocolFamily.INET), name);
      assertFalse(connects(nowhere, new InetSocketAddress(LOOPBACK, 9)));
    }
  }

  @Test
  void shouldBeAsItWasWithoutAName() {
    assertSame(kit, kit.over(""));
    SocketKit plain = new SocketKit(false);
    assertEquals(plain, plain.over("lo"), "NIO knows no interfaces");
  }
}
