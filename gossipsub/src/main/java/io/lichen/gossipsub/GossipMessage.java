// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import java.util.List;

/** What nodes of a topic tell each other. Topics and message ids are opaque strings here. */
public sealed interface GossipMessage {
  /** The topic it is about. */
  String topic();

  /** "I am on this topic, put me into your mesh": also the only announcement of a subscription. */
  record Graft(String topic) implements GossipMessage {}

  /** "Take me out of your mesh." */
  record Prune(String topic) implements GossipMessage {}

  /** "I have these messages." */
  record IHave(String topic, List<String> messageIds) implements GossipMessage {}

  /** "Send me these messages." */
  record IWant(String topic, List<String> messageIds) implements GossipMessage {}

  /** "Do not send me these messages." */
  record IDontWant(String topic, List<String> messageIds) implements GossipMessage {}

  /**
   * "I have this message that you sent me." On the wire a publish with topic and id and nothing
   * else, which its receiver drops as a copy (docs/wire/moss-gossip.md, "Receipts"). Sent only.
   */
  record Receipt(String topic, String messageId) implements GossipMessage {}
}
