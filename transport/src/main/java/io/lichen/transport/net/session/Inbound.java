// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.crypto.ChaChaPoly;
import io.lichen.transport.net.DropReason;
import io.lichen.transport.net.codec.EventFrames;
import io.lichen.transport.net.codec.PacketHeader;
import io.lichen.transport.net.stream.StreamPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The way of a packet in: session, length, seal, replay, then streams or subprotocol
 * (docs/wire/net-transport.md, "Receiving"). On the loop; allocates nothing.
 */
final class Inbound {
  private static final int STREAM_CONTROL_FIRST = 0x0B00;
  private static final int STREAM_CONTROL_LAST = 0x0B03;

  private final EndpointContext context;
  private final Sessions sessions;
  private final Reflex reflex;
  private final DirectPaths paths;
  private final StreamPacket packet;
  private final EventFrames frames = new EventFrames();
  private final ByteBuf payload;
  private final ByteBuf event;

  /** Where the packet came from if it came straight, not behind a routing header. */
  private @Nullable InetSocketAddress straightFrom;

  /** Packets will be opened in this array. */
  Inbound(
      EndpointContext context,
      Sessions sessions,
      Reflex reflex,
      DirectPaths paths,
      byte[] scratch) {
    this.context = context;
    this.sessions = sessions;
    this.reflex = reflex;
    this.paths = paths;
    packet = context.pool.take();
    payload = Unpooled.wrappedBuffer(scratch);
    event = Unpooled.wrappedBuffer(scratch);
  }

  /**
   * A packet that is no handshake.
   *
   * @param from where it came from if it came straight, {@code null} behind a routing header
   * @param header valid, in the scratch array
   * @param bodyAt where in the array the ciphertext begins
   * @param sealedBytes what follows the header
   * @return false if no session has this id
   */
  boolean onPacket(
      @Nullable InetSocketAddress from,
      PacketHeader header,
      byte[] scratch,
      int bodyAt,
      int sealedBytes,
      long nowNs) {
    PacketSession session = sessions.byId(header.sessionId());
    if (session == null) {
      return false;
    }
    int expected = header.isHeartbeat() ? 0 : header.payloadLength();
    if (sealedBytes != expected + ChaChaPoly.TAG_BYTES) {
      context.drops.drop(DropReason.BAD_LENGTH);
      return true;
    }
    int length = session.opener().open(header, scratch, bodyAt, sealedBytes);
    if (length < 0) {
      context.drops.drop(
          length == PacketOpener.REPLAYED ? DropReason.REPLAYED : DropReason.NOT_AUTHENTIC);
      return true;
    }
    session.lastReceivedNs = nowNs;
    session.confirmed = true;
    session.meter().received(PacketHeader.BYTES + sealedBytes);
    if (from != null && !from.equals(session.address())) {
      paths.onOtherAddress(session, from, PacketHeader.BYTES + sealedBytes);
    }
    payload.setIndex(bodyAt, bodyAt + length);
    straightFrom = from;
    dispatch(session, header, nowNs);
    return true;
  }

  private void dispatch(PacketSession session, PacketHeader header, long nowNs) {
    if (header.isHeartbeat()) {
      context.listener.onHeartbeat(session);
    } else if (header.subprotocolId() == 0) {
      onStreamPacket(session, header, nowNs);
    } else {
      onSubprotocol(session, header.subprotocolId(), header.eventCount(), nowNs);
    }
  }

  private void onStreamPacket(PacketSession session, PacketHeader header, long nowNs) {
    packet
        .begin(header.streamId(), header.sequence(), header.flags())
        .published(header.channelHash(), header.originHash())
        .fragment(header.fragmentFlags(), header.fragmentId(), header.fragmentOffset())
        .payload(payload, header.eventCount());
    sessions.touch(session);
    if (!session.streams().onPacket(packet, nowNs)) {
      context.drops.drop(DropReason.STREAM_REFUSED);
    }
  }

  private void onSubprotocol(PacketSession session, int id, int count, long nowNs) {
    boolean control = id >= STREAM_CONTROL_FIRST && id <= STREAM_CONTROL_LAST;
    frames.of(payload, count);
    while (session.isOpen() && frames.next()) {
      event.setIndex(frames.offset(), frames.offset() + frames.length());
      if (control) {
        onControl(session, id, nowNs);
      } else if (!reflex.onEvent(session, id, event)
          && !paths.onEvent(session, id, event, straightFrom)) {
        context.listener.onSubprotocol(session, id, event);
      }
    }
    if (frames.isTruncated()) {
      context.drops.drop(DropReason.BAD_FRAMES);
    }
  }

  private void onControl(PacketSession session, int id, long nowNs) {
    sessions.touch(session);
    if (!session.streams().onControl(id, event, nowNs)) {
      context.drops.drop(DropReason.BAD_CONTROL);
    }
  }
}
