// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.inbound;

import io.lichen.core.moss.stat.StatDelta;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.gossipsub.GossipMessage;
import io.lichen.gossipsub.PublishedMessage;
import io.lichen.transport.moss.CloseReason;
import org.jspecify.annotations.Nullable;

/** What a session tells the node's loop, in the order in which it happened. */
public sealed interface InboundItem {
  /** A published message. */
  record Publish(PublishedMessage message) implements InboundItem {}

  /** A gossip control message. */
  record Control(GossipMessage message) implements InboundItem {}

  /** Something for which the peer's score suffers. */
  record Invalid() implements InboundItem {
    static final Invalid INSTANCE = new Invalid();
  }

  /**
   * A publish under an id that is not its own.
   *
   * @param topic its wire topic
   * @param messageId the id that it bears
   */
  record Forged(String topic, String messageId) implements InboundItem {}

  /** The answer to a ping. */
  record Pong(String requestId, long receivedNs) implements InboundItem {}

  /** An announcement of a peer, not verified yet. */
  record Announcement(Envelope envelope) implements InboundItem {}

  /**
   * A contribution to the network statistics.
   *
   * @param delta what it says; {@code null} if it is none, for which the peer's score suffers where
   *     statistics are exchanged
   * @param payload as it came
   */
  record Statistics(@Nullable StatDelta delta, byte[] payload) implements InboundItem {
    public static final Statistics BAD = new Statistics(null, new byte[0]);
  }

  /** A message of the overlay. */
  record Overlay(EnvelopeType type, Envelope envelope) implements InboundItem {}

  /** A message of NAT traversal: how one is seen or reached, hole punching, relaying. */
  record NatControl(EnvelopeType type, Envelope envelope) implements InboundItem {}

  /** The session has ended; always the last. */
  record Closed(CloseReason reason) implements InboundItem {}
}
