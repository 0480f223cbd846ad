// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.net.DropReason;
import io.lichen.transport.net.handshake.NetHandshake;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * First messages of direct handshakes that came before anybody accepted: the newest of each
 * address, for as long as its sender waits for an answer. A native that accepts finds them in its
 * socket's buffer. On the loop.
 */
final class EarlyMessages {
  /** More are not kept: the oldest gives way. */
  static final int MAX = 16;

  private record Early(HandshakeMessage message, long deadlineNs) {}

  private final EndpointContext context;
  private final List<Early> kept = new ArrayList<>();

  EarlyMessages(EndpointContext context) {
    this.context = context;
  }

  /** Keeps a copy, or drops what is none of them. */
  void keep(HandshakeMessage message, long nowNs) {
    if (message.length() != NetHandshake.SHORT_MESSAGE_BYTES) {
      context.drops.drop(DropReason.HANDSHAKE_UNEXPECTED);
      return;
    }
    dropIf(early -> early.message.from().equals(message.from()));
    if (kept.size() == MAX) {
      kept.removeFirst();
      context.drops.drop(DropReason.HANDSHAKE_UNEXPECTED);
    }
    kept.add(new Early(copy(message), nowNs + context.config.handshakeTimeout().toNanos()));
  }

  /** Takes out the first that is answered, if any is. */
  void offer(Predicate<HandshakeMessage> answers) {
    for (Early early : List.copyOf(kept)) {
      if (answers.test(early.message)) {
        kept.remove(early);
        return;
      }
    }
  }

  void onTimer(long nowNs) {
    dropIf(early -> early.deadlineNs - nowNs <= 0);
  }

  long nextDeadlineNs() {
    return kept.isEmpty() ? DatagramIn.NO_DEADLINE : kept.getFirst().deadlineNs;
  }

  /** Nobody will accept any more. */
  void clear() {
    dropIf(early -> true);
  }

  private void dropIf(Predicate<Early> over) {
    kept.removeIf(
        early -> {
          boolean dropped = over.test(early);
          if (dropped) {
            context.drops.drop(DropReason.HANDSHAKE_UNEXPECTED);
          }
          return dropped;
        });
  }

  private static HandshakeMessage copy(HandshakeMessage message) {
    int end = message.offset() + message.length();
    byte[] octets = Arrays.copyOfRange(message.buffer(), message.offset(), end);
    return new HandshakeMessage(message.from(), 0, false, octets, 0, octets.length);
  }
}
