// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.gossipsub;

import io.lichen.gossipsub.GossipMessage;
import io.lichen.gossipsub.PublishedMessage;

/** What simulated nodes send each other. */
sealed interface Packet {
  /** A control message. */
  record Control(GossipMessage message) implements Packet {}

  /** A published message. */
  record Data(PublishedMessage message) implements Packet {}

  /** A number that depends on the content only. */
  static long fingerprint(Packet packet) {
    return switch (packet) {
      case Control(GossipMessage message) -> message.hashCode();
      case Data(PublishedMessage message) -> message.messageId().hashCode();
    };
  }
}
