// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.MossTransportConfig;
import io.lichen.transport.moss.codec.DatagramCodec;
import io.lichen.transport.moss.codec.ObfuscatedDatagrams;
import io.lichen.transport.moss.codec.PlainDatagrams;
import io.lichen.transport.netty.SocketKit;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketProtocolFamily;
import java.security.SecureRandom;

/** Makes the UDP socket: large buffers, and several datagrams a system call where epoll can. */
final class UdpInitializer extends ChannelInitializer<Channel> {
  private static final int DATAGRAM_BUFFER_BYTES = 64 * 1024;
  private static final int DATAGRAMS_PER_READ = 4;
  private static final int SOCKET_BUFFER_BYTES = 4 << 20;
  private static final WriteBufferWaterMark WRITE_MARKS =
      new WriteBufferWaterMark(256 * 1024, 1024 * 1024);

  private final TransportContext context;
  private final SecureRandom random;

  UdpInitializer(TransportContext context, SecureRandom random) {
    this.context = context;
    this.random = random;
  }

  Bootstrap bootstrap(SocketKit kit, EventLoopGroup loops, SocketProtocolFamily family) {
    int perRead = kit.isEpoll() ? DATAGRAMS_PER_READ : 1;
    return kit.datagrams(loops, family, SOCKET_BUFFER_BYTES, DATAGRAM_BUFFER_BYTES)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_MARKS)
        .option(
            ChannelOption.RECVBUF_ALLOCATOR,
            new FixedRecvByteBufAllocator(perRead * DATAGRAM_BUFFER_BYTES))
        .handler(this);
  }

  @Override
  protected void initChannel(Channel channel) {
    UdpWriter writer = new UdpWriter(channel, newCodec(), context.ledger());
    channel.pipeline().addLast(new UdpEndpoint(context, writer, random));
  }

  private DatagramCodec newCodec() {
    MossTransportConfig config = context.config();
    if (config.era() == Era.A) {
      return new PlainDatagrams();
    }
    return new ObfuscatedDatagrams(
        ObfuscatedDatagrams.key(config.sessionMeshId(), config.sessionPsk()),
        config.obfuscationPadBytesMax(),
        config.padSessionPackets(),
        random);
  }
}
