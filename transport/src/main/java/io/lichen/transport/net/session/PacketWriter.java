// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.crypto.ChaChaPoly;
import io.lichen.transport.net.codec.EventFrames;
import io.lichen.transport.net.codec.LittleEndian;
import io.lichen.transport.net.codec.PacketHeader;
import io.lichen.transport.net.codec.RoutingHeader;
import io.lichen.transport.net.stream.StreamPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;

/**
 * Seals what sessions send into datagrams and hands them to the socket. On the loop; allocates
 * nothing but pooled buffers.
 */
final class PacketWriter {
  private static final byte[] NOTHING = {};

  private final EndpointContext context;
  private final PacketHeader header = new PacketHeader();
  private final byte[] scratch = new byte[PacketHeader.MAX_PAYLOAD_BYTES];
  private ByteBuf datagram = Unpooled.EMPTY_BUFFER;
  private int prefixBytes;

  PacketWriter(EndpointContext context) {
    this.context = context;
  }

  void heartbeat(PacketSession session) {
    begin(session, session.viaRelay(), 0).flags(PacketHeader.FLAG_HEARTBEAT);
    end(session, nextHop(session), NOTHING, 0, 0);
  }

  void stream(PacketSession session, StreamPacket packet) {
    ByteBuf frames = packet.frames();
    int length = frames.readableBytes();
    begin(session, session.viaRelay(), length)
        .flags(packet.flags())
        .subprotocolId(packet.subprotocolId())
        .channelHash(packet.channelHash())
        .stream(packet.streamId(), packet.sequence())
        .originHash(packet.originHash())
        .fragment(packet.fragmentFlags(), packet.fragmentId(), packet.fragmentOffset())
        .payload(length, packet.eventCount());
    seal(session, frames, length);
  }

  /** Sends one event of a subprotocol: stream id is the subprotocol's. */
  void subprotocol(PacketSession session, int id, long sequence, ByteBuf event) {
    subprotocol(session, session.viaRelay(), nextHop(session), id, sequence, event);
  }

  /** Sends one straight to an address, whatever path the session has. */
  void straight(PacketSession session, InetSocketAddress to, int id, long sequence, ByteBuf event) {
    subprotocol(session, false, to, id, sequence, event);
  }

  private void subprotocol(
      PacketSession session,
      boolean routed,
      InetSocketAddress to,
      int id,
      long sequence,
      ByteBuf event) {
    int eventBytes = event.readableBytes();
    int length = EventFrames.PREFIX_BYTES + eventBytes;
    LittleEndian.putInt(scratch, 0, eventBytes);
    event.getBytes(event.readerIndex(), scratch, EventFrames.PREFIX_BYTES, eventBytes);
    begin(session, routed, length).subprotocolId(id).stream(id, sequence).payload(length, 1);
    end(session, to, scratch, 0, length);
  }

  private void seal(PacketSession session, ByteBuf frames, int length) {
    InetSocketAddress to = nextHop(session);
    if (frames.hasArray()) {
      end(session, to, frames.array(), frames.arrayOffset() + frames.readerIndex(), length);
    } else {
      frames.getBytes(frames.readerIndex(), scratch, 0, length);
      end(session, to, scratch, 0, length);
    }
  }

  private PacketHeader begin(PacketSession session, boolean routed, int payloadBytes) {
    prefixBytes = routed ? RoutingHeader.BYTES : 0;
    int bytes = prefixBytes + PacketHeader.BYTES + payloadBytes + ChaChaPoly.TAG_BYTES;
    datagram = context.allocator.heapBuffer(bytes, bytes);
    int at = datagram.arrayOffset();
    if (prefixBytes > 0) {
      RoutingHeader.write(
          datagram.array(), at, RoutingHeader.DATA_TTL, context.routingId(), session.peerNodeId());
    }
    return header.wrap(datagram.array(), at + prefixBytes).clear();
  }

  private void end(
      PacketSession session, InetSocketAddress to, byte[] payload, int offset, int length) {
    ByteBuf sealed = datagram;
    datagram = Unpooled.EMPTY_BUFFER;
    if (session.isSilenced()) {
      sealed.release();
      return;
    }
    int bodyAt = sealed.arrayOffset() + prefixBytes + PacketHeader.BYTES;
    session.sealer().seal(header, payload, offset, length, sealed.array(), bodyAt);
    sealed.writerIndex(sealed.capacity());
    session.meter().sent(sealed.capacity());
    context.out.send(to, sealed);
  }

  /** Routes change while a relayed session lives; a direct one keeps its address. */
  private InetSocketAddress nextHop(PacketSession session) {
    InetSocketAddress hop =
        session.viaRelay() ? context.listener.nextHop(session.peerNodeId()) : null;
    return hop == null ? session.address() : hop;
  }
}
