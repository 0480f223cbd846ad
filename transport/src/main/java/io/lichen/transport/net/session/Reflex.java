// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Tells a peer its address when it asks (docs/wire/net-transport.md, "Reflex"), and asks a peer:
 * any answer shows that the session lives. On the loop.
 */
final class Reflex {
  private static final int SUBPROTOCOL = 0x0D00;
  private static final int FAMILY_V4 = 4;
  private static final int FAMILY_V6 = 6;
  private static final int ADDRESS_FIELD_BYTES = 16;
  private static final int ANSWER_BYTES = 1 + ADDRESS_FIELD_BYTES + Short.BYTES;

  private final EndpointContext context;

  Reflex(EndpointContext context) {
    this.context = context;
  }

  /** Asks; an answer is due in a round trip. */
  void ask(PacketSession session) {
    session.sendNow(SUBPROTOCOL, context.allocator.heapBuffer(0, 0));
  }

  /** Whether the event was a question, which is answered. */
  boolean onEvent(PacketSession session, int id, ByteBuf event) {
    if (id != SUBPROTOCOL || event.isReadable()) {
      return false;
    }
    session.sendNow(SUBPROTOCOL, address(session.address()));
    return true;
  }

  private ByteBuf address(InetSocketAddress peer) {
    InetAddress host = peer.getAddress();
    byte[] octets = host.getAddress();
    return context
        .allocator
        .heapBuffer(ANSWER_BYTES, ANSWER_BYTES)
        .writeByte(octets.length == Integer.BYTES ? FAMILY_V4 : FAMILY_V6)
        .writeBytes(octets)
        .writeZero(ADDRESS_FIELD_BYTES - octets.length)
        .writeShort(peer.getPort());
  }
}
