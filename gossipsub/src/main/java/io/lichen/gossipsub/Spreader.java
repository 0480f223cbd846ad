// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import io.lichen.crypto.PeerId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings messages to peers: own ones to everybody on the topic, others' to the mesh
 * (docs/wire/moss-gossip.md, "Publishing" and "Forwarding"). The hot path: no allocation for
 * payloads up to the IDONTWANT threshold. Single-threaded.
 */
final class Spreader {
  private final EngineState engine;
  private final GossipParams params;
  private final IWantBook wanted;
  private final Receipts receipts;
  private final LazyGossip lazyGossip;
  private final MeshDeliveries deliveries;
  private final Validation validation;
  private final SilentMembers silentMembers;

  Spreader(
      EngineState engine,
      IWantBook wanted,
      LazyGossip lazyGossip,
      MeshDeliveries deliveries,
      SilentMembers silentMembers) {
    this.engine = engine;
    this.params = engine.gossip;
    this.wanted = wanted;
    this.receipts = new Receipts(engine);
    this.lazyGossip = lazyGossip;
    this.deliveries = deliveries;
    this.validation = new Validation(engine);
    this.silentMembers = silentMembers;
  }

  /** The number of peers whose session took the message. */
  int publish(PublishedMessage message, long nowNs) {
    engine.counters.published++;
    engine.hasher.hash(message.messageId());
    engine.seen.addIfNew(engine.hasher, nowNs);
    validation.forget(message.messageId());
    engine.messages.add(message, engine.hasher, null, nowNs);
    TopicState topic = engine.topics.get(message.topic());
    if (topic == null) {
      return 0;
    }
    List<TopicLink> targets = targets(topic);
    int taken = 0;
    for (int index = 0; index < targets.size(); index++) {
      TopicLink link = targets.get(index);
      if (engine.outbox.message(link.peer, message)) {
        taken++;
      } else if (link.peer.mayGossip()) {
        engine.counters.publishRefused++;
        offerInstead(message, link);
      }
    }
    engine.counters.publishSends += taken;
    if (params.sendIHaveOnPublish() && topic.mesh.size() > 1) {
      sayDontWant(topic, message, null);
    }
    return taken;
  }

  /** How many peers {@link #publish} would send to. */
  int publishTargets(String topicName) {
    TopicState topic = engine.topics.get(topicName);
    if (topic == null) {
      return 0;
    }
    List<TopicLink> targets = targets(topic);
    int count = 0;
    for (int index = 0; index < targets.size(); index++) {
      count += targets.get(index).peer.mayGossip() ? 1 : 0;
    }
    return count;
  }

  /** The peers that {@link #publish} would send to. */
  Set<PeerId> publishTargetPeers(String topicName) {
    TopicState topic = engine.topics.get(topicName);
    if (topic == null) {
      return Set.of();
    }
    Set<PeerId> peers = new LinkedHashSet<>();
    for (TopicLink link : targets(topic)) {
      if (link.peer.mayGossip()) {
        peers.add(link.peer.id);
      }
    }
    return peers;
  }

  void receive(PeerState from, PublishedMessage message, long nowNs) {
    engine.counters.received++;
    if (message.topic().isEmpty() || message.messageId().isEmpty()) {
      engine.counters.malformed++;
      engine.scores.invalid(from);
      return;
    }
    if (!from.mayPublish()) {
      engine.counters.fromGraylisted++;
      return;
    }
    TopicState topic = engine.topics.get(message.topic());
    if (message.senderId().length == 0 && message.payload().length == 0) {
      engine.counters.receiptsReceived++;
      return;
    }
    if (topic == null || !topic.subscribed) {
      // Not marked as seen: after a subscription the next copy is to be delivered.
      engine.counters.notSubscribed++;
      return;
    }
    engine.hasher.hash(message.messageId());
    if (!engine.seen.addIfNew(engine.hasher, nowNs)) {
      engine.counters.duplicates++;
      copyFrom(from.links.get(topic.name), message, nowNs);
      return;
    }
    boolean askedFor = wanted.arrived(message.messageId(), from);
    TopicValidator validator = topic.validator;
    if (validator == null
        || validation.accepts(validator, new Validation.Pending(message, from, topic, askedFor))) {
      accept(topic, from, message, askedFor, true, nowNs);
    }
  }

  private void copyFrom(@Nullable TopicLink link, PublishedMessage message, long nowNs) {
    if (link != null) {
      deliveries.copyFrom(link);
      receipts.afterCopy(link, message, nowNs);
      silentMembers.brought(link);
    }
  }

  /** A validator has made up its mind; false if no message with this id waits for it. */
  boolean verdict(String messageId, Verdict verdict, long nowNs) {
    Validation.Pending waited = validation.take(messageId);
    if (waited == null) {
      return false;
    }
    Validation.Pending accepted = validation.accepted(waited, verdict);
    if (accepted != null) {
      engine.hasher.hash(messageId);
      PeerState from = engine.peers.getOrDefault(accepted.from().id, accepted.from());
      // Copies may have come in the meantime: nobody owes us this one any more.
      accept(accepted.topic(), from, accepted.message(), accepted.askedFor(), false, nowNs);
    }
    return true;
  }

  int pendingVerdicts() {
    return validation.size();
  }

  /** The message whose id is hashed is good. */
  private void accept(
      TopicState topic,
      PeerState from,
      PublishedMessage message,
      boolean askedFor,
      boolean isOwed,
      long nowNs) {
    engine.messages.add(message, engine.hasher, from, nowNs);
    engine.scores.firstDelivery(from);
    topic.accepted++;
    TopicLink link = from.links.get(topic.name);
    if (link != null) {
      silentMembers.brought(link);
    }
    engine.outbox.deliver(message, from.id);
    forward(topic, from, message, isOwed, nowNs);
    lazyGossip.offerForwarded(topic, from, message);
    if (!askedFor && link != null) {
      receipts.afterFirst(link, message, nowNs);
    }
  }

  /** Mesh members are claimants, so without flooding the mesh is enough while there is one. */
  private List<TopicLink> targets(TopicState topic) {
    return params.floodPublish() || topic.mesh.isEmpty() ? topic.claimants : topic.mesh;
  }

  private void forward(
      TopicState topic, PeerState from, PublishedMessage message, boolean isOwed, long nowNs) {
    sayDontWant(topic, message, from);
    boolean othersOwe = isOwed && message.payload().length <= params.dontWantThresholdBytes();
    boolean allOwe = isOwed && deliveries.evenForwarded();
    List<TopicLink> mesh = topic.mesh;
    for (int index = 0; index < mesh.size(); index++) {
      TopicLink link = mesh.get(index);
      PeerState to = link.peer;
      if (to == from || to.isPublisherOf(message)) {
        continue;
      }
      if (silentMembers.onlyOffers(link, message)) {
        continue;
      }
      if (to.dontWant.contains(engine.hasher)) {
        engine.counters.dontWantHonoured++;
        receipts.insteadOfForward(link, message, nowNs);
      } else if (engine.outbox.message(to, message)) {
        engine.counters.forwarded++;
        if (!allOwe) {
          continue;
        }
      } else {
        engine.counters.forwardRefused++;
      }
      if (othersOwe || allOwe) {
        deliveries.expect(link, nowNs);
      }
    }
  }

  /** Before the message itself, so that it can still save copies that are about to be sent. */
  private void sayDontWant(TopicState topic, PublishedMessage message, @Nullable PeerState except) {
    if (message.payload().length <= params.dontWantThresholdBytes()) {
      return;
    }
    GossipMessage.IDontWant dontWant = null;
    for (int index = 0; index < topic.mesh.size(); index++) {
      TopicLink link = topic.mesh.get(index);
      PeerState to = link.peer;
      // Who is tested is to bring the message if it has it.
      if (to != except && link.test == null) {
        if (dontWant == null) {
          dontWant = new GossipMessage.IDontWant(message.topic(), List.of(message.messageId()));
        }
        engine.outbox.dontWant(to, dontWant);
      }
    }
  }

  /** A full queue may have drained when the peer asks; the message is still cached. */
  private void offerInstead(PublishedMessage message, TopicLink link) {
    if (params.sendIHaveOnPublish()) {
      lazyGossip.offer(message, link);
    }
  }
}
