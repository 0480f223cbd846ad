// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.net.codec.PacketHeader;
import io.lichen.transport.net.codec.RoutingHeader;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/**
 * Puts handshake messages into datagrams (docs/wire/net-transport.md, "Handshake"). On the loop.
 */
final class HandshakePackets {
  private final EndpointContext context;
  private final PacketHeader header = new PacketHeader();

  HandshakePackets(EndpointContext context) {
    this.context = context;
  }

  void sendDirect(InetSocketAddress to, byte[] message) {
    int bytes = PacketHeader.BYTES + message.length;
    ByteBuf datagram = context.allocator.heapBuffer(bytes, bytes);
    write(datagram, 0, message);
    send(to, datagram);
  }

  void sendRouted(InetSocketAddress to, long destination, byte[] message) {
    int bytes = RoutingHeader.BYTES + PacketHeader.BYTES + message.length;
    ByteBuf datagram = context.allocator.heapBuffer(bytes, bytes);
    RoutingHeader.write(
        datagram.array(),
        datagram.arrayOffset(),
        RoutingHeader.HANDSHAKE_TTL,
        context.routingId(),
        destination);
    write(datagram, RoutingHeader.BYTES, message);
    send(to, datagram);
  }

  /** At once: the peer waits for it, and what this turn still brings takes longer. */
  private void send(InetSocketAddress to, ByteBuf datagram) {
    context.out.send(to, datagram);
    context.out.flush();
  }

  private void write(ByteBuf datagram, int at, byte[] message) {
    header
        .wrap(datagram.array(), datagram.arrayOffset() + at)
        .clear()
        .flags(PacketHeader.FLAG_HANDSHAKE)
        .payload(message.length, 0);
    datagram.setBytes(at + PacketHeader.BYTES, message);
    datagram.writerIndex(at + PacketHeader.BYTES + message.length);
  }
}
