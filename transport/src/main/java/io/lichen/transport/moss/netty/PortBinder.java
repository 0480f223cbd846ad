// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.TransportException;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Finds one port that is free for UDP and TCP (docs/wire/moss-transport.md, "Listening"): UDP
 * first, then TCP on the same number. A fixed port may stay without TCP in era C.
 */
final class PortBinder {
  private static final int ROUNDS = 16;

  /** The bound channels; without TCP if its port is taken. */
  record Bound(Channel udp, @Nullable Channel tcp) {}

  private final Bootstrap udp;
  private final ServerBootstrap tcp;
  private final Era era;

  PortBinder(Bootstrap udp, ServerBootstrap tcp, Era era) {
    this.udp = udp;
    this.tcp = tcp;
    this.era = era;
  }

  Bound bind(InetSocketAddress address) {
    return address.getPort() == 0 ? bindFree(address) : bindFixed(address);
  }

  private Bound bindFree(InetSocketAddress address) {
    for (int round = 1; ; round++) {
      Channel datagrams = require(udp.bind(address), "UDP", address);
      InetSocketAddress same = (InetSocketAddress) datagrams.localAddress();
      ChannelFuture listening = tcp.bind(same).awaitUninterruptibly();
      if (listening.isSuccess()) {
        return new Bound(datagrams, listening.channel());
      }
      datagrams.close().awaitUninterruptibly();
      if (round == ROUNDS) {
        throw failure("TCP", same, listening.cause());
      }
    }
  }

  private Bound bindFixed(InetSocketAddress address) {
    Channel datagrams = require(udp.bind(address), "UDP", address);
    ChannelFuture listening = tcp.bind(address).awaitUninterruptibly();
    if (listening.isSuccess()) {
      return new Bound(datagrams, listening.channel());
    }
    if (era == Era.C) {
      return new Bound(datagrams, null);
    }
    datagrams.close().awaitUninterruptibly();
    throw failure("TCP", address, listening.cause());
  }

  private static Channel require(ChannelFuture bound, String what, InetSocketAddress address) {
    bound.awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw failure(what, address, bound.cause());
    }
    return bound.channel();
  }

  private static TransportException failure(
      String what, InetSocketAddress address, @Nullable Throwable cause) {
    String message = "cannot bind " + what + " " + address + ": " + cause;
    return cause == null
        ? new TransportException(TransportException.Reason.BIND_FAILED, message)
        : new TransportException(TransportException.Reason.BIND_FAILED, message, cause);
  }
}
