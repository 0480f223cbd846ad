// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import io.lichen.crypto.PeerId;
import java.util.List;

/** The way out: nothing leaves for a peer whose score forbids it, and everything is counted. */
final class Outbox {
  private final GossipSubHost host;
  private final Counters counters;

  Outbox(GossipSubHost host, Counters counters) {
    this.host = host;
    this.counters = counters;
  }

  void graft(TopicLink link) {
    if (link.peer.mayGossip()) {
      host.send(link.peer.id, new GossipMessage.Graft(link.topic.name));
      counters.graftsSent++;
    }
  }

  void prune(PeerState to, String topic) {
    if (!to.isGraylisted()) {
      host.send(to.id, new GossipMessage.Prune(topic));
      counters.prunesSent++;
    }
  }

  void iHave(PeerState to, String topic, List<String> ids) {
    if (to.mayGossip()) {
      host.send(to.id, new GossipMessage.IHave(topic, ids));
      counters.iHavesSent++;
    }
  }

  void iWant(PeerState to, String topic, List<String> ids) {
    if (to.mayGossip()) {
      host.send(to.id, new GossipMessage.IWant(topic, ids));
      counters.iWantsSent++;
    }
  }

  void dontWant(PeerState to, GossipMessage.IDontWant message) {
    if (to.mayGossip()) {
      host.send(to.id, message);
      counters.dontWantsSent++;
    }
  }

  void receipt(PeerState to, PublishedMessage message) {
    if (to.mayGossip()) {
      host.send(to.id, new GossipMessage.Receipt(message.topic(), message.messageId()));
      counters.receiptsSent++;
    }
  }

  /** Whether the peer's session took the message. */
  boolean message(PeerState to, PublishedMessage message) {
    return to.mayGossip() && host.send(to.id, message);
  }

  void deliver(PublishedMessage message, PeerId from) {
    counters.delivered++;
    host.deliver(message, from);
  }
}
