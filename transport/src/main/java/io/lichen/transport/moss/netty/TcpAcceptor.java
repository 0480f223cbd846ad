// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.lichen.transport.moss.TransportException;
import io.lichen.transport.moss.handshake.TcpHandshake;
import io.lichen.transport.netty.Channels;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import java.net.InetSocketAddress;
import java.util.Locale;

/** Takes connections of strangers in, as far as the limits allow. */
final class TcpAcceptor extends ChannelInitializer<Channel> {
  private final TransportContext context;

  TcpAcceptor(TransportContext context) {
    this.context = context;
  }

  @Override
  protected void initChannel(Channel channel) {
    InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
    if (remote == null) {
      // Gone before it could be looked at.
      Channels.close(channel);
      return;
    }
    if (!admits(remote)) {
      Channels.close(channel);
      return;
    }
    ReceiveSizes receiveSizes = new ReceiveSizes();
    channel.config().setRecvByteBufAllocator(receiveSizes);
    long deadlineNs = System.nanoTime() + context.config().handshakeTimeout().toNanos();
    channel
        .pipeline()
        .addLast(
            new TcpHandshakeHandler(
                context,
                TcpHandshake.responder(context.handshakes()),
                false,
                receiveSizes,
                deadlineNs,
                new InboundOutcome(remote)));
  }

  /** Whether there is a place for a handshake; it is taken then. */
  private boolean admits(InetSocketAddress remote) {
    PendingLimits.Outcome place = context.tcpPending().take(remote.getAddress());
    if (place != PendingLimits.Outcome.TAKEN) {
      String name = "tcp_refused_" + place.name().toLowerCase(Locale.ROOT);
      context.ledger().refuse(name, remote, "too many handshakes under way");
      return false;
    }
    if (!context.tcpRate().take(remote.getAddress(), System.nanoTime())) {
      context.tcpPending().giveBack(remote.getAddress());
      context.ledger().refuse("tcp_refused_rate", remote, "too many handshakes in a short time");
      return false;
    }
    return true;
  }

  private final class InboundOutcome implements TcpHandshakeHandler.Outcome {
    private final InetSocketAddress remote;

    InboundOutcome(InetSocketAddress remote) {
      this.remote = remote;
    }

    @Override
    public void established(TcpSession session) {
      context.tcpPending().giveBack(remote.getAddress());
      context.announce(session);
    }

    @Override
    public void failed(TransportException failure) {
      context.tcpPending().giveBack(remote.getAddress());
    }
  }
}
