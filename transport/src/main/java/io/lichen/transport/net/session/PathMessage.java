// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.net.AddressField;
import io.lichen.transport.net.codec.EventFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What two ends of a session say about paths (docs/wire/net-transport.md, "Direct paths" and
 * "Moves").
 */
sealed interface PathMessage {
  /** The subprotocol, Lichen's own. */
  int SUBPROTOCOL = 0x4C00;

  /** A datagram with a probe or an answer. */
  int PROBE_DATAGRAM_BYTES =
      PacketSealer.OVERHEAD_BYTES + EventFrames.PREFIX_BYTES + Codec.TOKEN_BYTES;

  /** Addresses in an offer. */
  int MAX_ADDRESSES = 4;

  /**
   * Where the sender may be reached; over the relay.
   *
   * @param isReply whether it answers another one
   */
  record Offer(boolean isReply, List<InetSocketAddress> addresses) implements PathMessage {}

  /** Wants to be answered; straight to an address that may be, or still be, the peer's. */
  record Probe(long token) implements PathMessage {}

  /** To where a probe came from, with its token. */
  record Answer(long token) implements PathMessage {}

  /** The event. */
  default ByteBuf encode(ByteBufAllocator allocator) {
    return switch (this) {
      case Offer offer -> encode(allocator, offer);
      case Probe probe -> encode(allocator, Codec.PROBE, probe.token);
      case Answer answer -> encode(allocator, Codec.ANSWER, answer.token);
    };
  }

  private static ByteBuf encode(ByteBufAllocator allocator, Offer offer) {
    int bytes = 1 + offer.addresses.size() * AddressField.BYTES;
    ByteBuf out = allocator.heapBuffer(bytes, bytes);
    out.writeByte(offer.isReply ? Codec.REPLY : Codec.OFFER);
    offer.addresses.forEach(address -> AddressField.write(out, address));
    return out;
  }

  private static ByteBuf encode(ByteBufAllocator allocator, int kind, long token) {
    return allocator
        .heapBuffer(Codec.TOKEN_BYTES, Codec.TOKEN_BYTES)
        .writeByte(kind)
        .writeLongLE(token);
  }

  /** Reads an event; {@code null} if it is none of these, to the byte. */
  static @Nullable PathMessage decode(ByteBuf event) {
    int bytes = event.readableBytes();
    if (bytes == 0) {
      return null;
    }
    int kind = event.readUnsignedByte();
    return switch (kind) {
      case Codec.OFFER, Codec.REPLY -> decodeOffer(kind == Codec.REPLY, event);
      case Codec.PROBE -> bytes == Codec.TOKEN_BYTES ? new Probe(event.readLongLE()) : null;
      case Codec.ANSWER -> bytes == Codec.TOKEN_BYTES ? new Answer(event.readLongLE()) : null;
      default -> null;
    };
  }

  private static @Nullable PathMessage decodeOffer(boolean isReply, ByteBuf event) {
    int count = event.readableBytes() / AddressField.BYTES;
    if (count > MAX_ADDRESSES || event.readableBytes() != count * AddressField.BYTES) {
      return null;
    }
    List<InetSocketAddress> addresses = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      InetSocketAddress address = AddressField.read(event);
      if (address == null) {
        return null;
      }
      addresses.add(address);
    }
    return new Offer(isReply, List.copyOf(addresses));
  }

  /** The first byte of each, and sizes. */
  final class Codec {
    static final int OFFER = 0;
    static final int REPLY = 1;
    static final int PROBE = 2;
    static final int ANSWER = 3;
    static final int TOKEN_BYTES = 1 + Long.BYTES;

    private Codec() {}
  }
}
