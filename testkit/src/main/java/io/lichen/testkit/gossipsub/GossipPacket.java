// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.gossipsub;

import io.lichen.gossipsub.GossipMessage;
import io.lichen.gossipsub.PublishedMessage;

/** What simulated pub/sub nodes send each other. */
public sealed interface GossipPacket {
  /** A control message. */
  record Control(GossipMessage message) implements GossipPacket {}

  /** A published message. */
  record Data(PublishedMessage message) implements GossipPacket {
    /** Whether it is what a {@link GossipMessage.Receipt} becomes on a wire. */
    boolean isReceipt() {
      return message.senderId().length == 0 && message.payload().length == 0;
    }
  }

  /** A number that depends on the content only, for the trace of a network. */
  static long fingerprint(GossipPacket packet) {
    return switch (packet) {
      case Control(GossipMessage.Graft graft) -> mix(1, graft.hashCode());
      case Control(GossipMessage.Prune prune) -> mix(2, prune.hashCode());
      case Control(GossipMessage.IHave iHave) -> mix(3, iHave.hashCode());
      case Control(GossipMessage.IWant iWant) -> mix(4, iWant.hashCode());
      case Control(GossipMessage.IDontWant dontWant) -> mix(5, dontWant.hashCode());
      case Control(GossipMessage.Receipt receipt) -> mix(6, receipt.messageId().hashCode());
      case Data data -> mix(data.isReceipt() ? 6 : 7, data.message().messageId().hashCode());
    };
  }

  private static long mix(long kind, int hash) {
    return kind << 32 | (hash & 0xffff_ffffL);
  }
}
