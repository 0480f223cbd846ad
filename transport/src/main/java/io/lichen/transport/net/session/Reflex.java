// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.net.AddressField;
import io.lichen.transport.net.codec.EventFrames;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/**
 * Tells a peer its address when it asks (docs/wire/net-transport.md, "Reflex"), and asks a peer:
 * any answer shows that the session lives. On the loop.
 */
final class Reflex {
  static final int SUBPROTOCOL = 0x0D00;

  /** A datagram with a question. */
  static final int QUESTION_DATAGRAM_BYTES = PacketSealer.OVERHEAD_BYTES + EventFrames.PREFIX_BYTES;

  private final EndpointContext context;

  Reflex(EndpointContext context) {
    this.context = context;
  }

  /** Asks; an answer is due in a round trip. */
  void ask(PacketSession session) {
    session.sendNow(SUBPROTOCOL, question());
  }

  /** A question. */
  ByteBuf question() {
    return context.allocator.heapBuffer(0, 0);
  }

  /** Whether the event is an answer. */
  static boolean isAnswer(int id, ByteBuf event) {
    return id == SUBPROTOCOL && event.readableBytes() == AddressField.BYTES;
  }

  /** Whether the event was a question, which is answered; answers are for the listener, too. */
  boolean onEvent(PacketSession session, int id, ByteBuf event) {
    if (id != SUBPROTOCOL) {
      return false;
    }
    if (event.isReadable()) {
      onAnswer(session, event);
      return false;
    }
    session.sendNow(SUBPROTOCOL, address(session.address()));
    return true;
  }

  private static void onAnswer(PacketSession session, ByteBuf event) {
    if (isAnswer(SUBPROTOCOL, event)) {
      session.seenAs(AddressField.read(event.slice()));
    }
  }

  private ByteBuf address(InetSocketAddress peer) {
    ByteBuf answer = context.allocator.heapBuffer(AddressField.BYTES, AddressField.BYTES);
    AddressField.write(answer, peer);
    return answer;
  }
}
