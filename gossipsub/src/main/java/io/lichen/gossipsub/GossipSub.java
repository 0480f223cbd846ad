// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import io.lichen.crypto.PeerId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The GossipSub engine of one node: decides who gets which message and who is in which mesh, by the
 * rules of docs/wire/moss-gossip.md.
 *
 * <p>No thread, socket or clock inside: inputs are method calls with the time, outputs are calls on
 * the {@link GossipSubHost}. The same seed and the same calls give the same outputs. All methods
 * belong to one thread; the host must not call back from within its own.
 *
 * <p>Times ({@code nowNs}) are nanoseconds of a clock that never goes back, from any origin, as
 * {@link System#nanoTime} gives them. {@link #heartbeat} is to be called every {@link
 * MeshParams#heartbeatMs}; a late one is no harm. What a peer sends never throws: it is counted in
 * {@link #stats} and, where it is invalid, in the peer's score.
 */
public final class GossipSub {
  private final EngineState engine;
  private final Tables tables;
  private final Announcer announcer;
  private final Membership membership;
  private final MeshKeeper meshKeeper;
  private final LazyGossip lazyGossip;
  private final IWantBook wanted;
  private final GossipExchange exchange;
  private final Spreader spreader;
  private final MeshDeliveries deliveries;
  private final RateLimits limits;
  private final SilentMembers silentMembers;

  /**
   * Makes an engine without peers and topics.
   *
   * @param random source of the choices among equal peers and of the keys of the id tables: seeded
   *     in simulations, unpredictable in production
   */
  public GossipSub(GossipSubParams params, RandomGenerator random, GossipSubHost host) {
    engine =
        new EngineState(
            Objects.requireNonNull(params),
            Objects.requireNonNull(random),
            Objects.requireNonNull(host));
    tables = new Tables(engine);
    announcer = new Announcer(engine);
    lazyGossip = new LazyGossip(engine);
    limits = new RateLimits(engine);
    deliveries = new MeshDeliveries(engine);
    membership = new Membership(engine, tables, lazyGossip, limits);
    meshKeeper = new MeshKeeper(engine, tables, membership, announcer, lazyGossip);
    wanted = new IWantBook(engine);
    silentMembers = new SilentMembers(engine, lazyGossip);
    exchange = new GossipExchange(engine, wanted, silentMembers);
    spreader = new Spreader(engine, wanted, lazyGossip, deliveries, silentMembers);
  }

  /**
   * A session with an ordinary peer is up, at a place unknown.
   *
   * @param outbound whether we dialled it
   */
  public void addPeer(PeerId id, boolean outbound, long nowNs) {
    addPeer(id, PeerTraits.of(outbound), nowNs);
  }

  /**
   * A session with this peer is up: our subscriptions are announced to it. A peer that is there
   * already is taken as gone and come back.
   */
  public void addPeer(PeerId id, PeerTraits traits, long nowNs) {
    removePeer(id);
    PeerState peer = new PeerState(id, traits, nowNs, engine);
    tables.connect(peer, traits.addressGroup());
    engine.scores.refresh(peer);
    for (TopicLink link : peer.links.values()) {
      announcer.announceFirst(link, nowNs);
    }
  }

  /** The session with this peer is down: its claims and mesh places go, its score is kept. */
  public void removePeer(PeerId id) {
    PeerState peer = engine.peers.get(id);
    if (peer != null) {
      tables.disconnect(peer);
      engine.scores.retain(peer);
    }
  }

  /** Joins a topic whose messages are all good. */
  public boolean subscribe(String topicName, long nowNs) {
    return subscribe(topicName, null, nowNs);
  }

  /**
   * Joins a topic: fills its mesh and announces it to all peers.
   *
   * @param validator judges each message before it is delivered and forwarded; null for none
   * @return false if it was subscribed already; its validator stays then
   * @throws GossipSubException if {@link CacheParams#maxTopics} are subscribed
   */
  public boolean subscribe(String topicName, @Nullable TopicValidator validator, long nowNs) {
    TopicState known = engine.topics.get(topicName);
    if (known != null && known.subscribed) {
      return false;
    }
    if (topics().size() >= engine.caches.maxTopics()) {
      throw new GossipSubException(
          "cannot subscribe '"
              + topicName
              + "': maxTopics "
              + engine.caches.maxTopics()
              + " are subscribed");
    }
    TopicState topic = tables.subscribe(topicName);
    topic.validator = validator;
    meshKeeper.fill(topic, nowNs);
    for (TopicLink link : topic.links) {
      if (!link.inMesh) {
        announcer.announceFirst(link, nowNs);
      }
    }
    return true;
  }

  /**
   * Changes who judges the messages of a subscribed topic, those that come from now on.
   *
   * @param validator null for nobody
   * @return false if it is not subscribed
   */
  public boolean validator(String topicName, @Nullable TopicValidator validator) {
    TopicState topic = engine.topics.get(topicName);
    if (topic == null || !topic.subscribed) {
      return false;
    }
    topic.validator = validator;
    return true;
  }

  /**
   * Leaves a topic: every connected peer gets a PRUNE, nothing more is delivered or forwarded.
   *
   * @return false if it was not subscribed
   */
  public boolean unsubscribe(String topicName, long nowNs) {
    TopicState topic = engine.topics.get(topicName);
    if (topic == null || !topic.subscribed) {
      return false;
    }
    for (TopicLink link : topic.links) {
      engine.outbox.prune(link.peer, topicName);
    }
    tables.unsubscribe(topic);
    return true;
  }

  /**
   * Sends an own message to every peer on the topic. A subscription is not needed; local
   * subscribers are the caller's business. A copy that comes back is not delivered.
   *
   * @return the number of peers whose session took it
   */
  public int publish(PublishedMessage message, long nowNs) {
    return spreader.publish(message, nowNs);
  }

  /** A control message came from a peer. */
  public void receive(PeerId from, GossipMessage message, long nowNs) {
    PeerState peer = heard(from);
    if (peer == null || !limits.allows(peer, message)) {
      return;
    }
    switch (message) {
      case GossipMessage.Graft graft -> membership.onGraft(peer, graft.topic(), nowNs);
      case GossipMessage.Prune prune -> membership.onPrune(peer, prune.topic(), nowNs);
      case GossipMessage.IHave iHave -> exchange.onIHave(peer, iHave, nowNs);
      case GossipMessage.IWant iWant -> exchange.onIWant(peer, iWant);
      case GossipMessage.IDontWant dontWant -> exchange.onDontWant(peer, dontWant);
      case GossipMessage.Receipt ignored -> engine.counters.receiptsReceived++;
    }
  }

  /** A published message came from a peer: delivered and forwarded when it is new. */
  public void receive(PeerId from, PublishedMessage message, long nowNs) {
    PeerState peer = heard(from);
    if (peer != null) {
      spreader.receive(peer, message, nowNs);
    }
  }

  /** The regular upkeep of scores, tables, meshes and gossip. */
  public void heartbeat(long nowNs) {
    engine.tick++;
    deliveries.heartbeat(nowNs);
    refreshPeers();
    engine.seen.sweep(nowNs, Integer.MAX_VALUE);
    engine.messages.expire(nowNs);
    membership.lapseClaims(nowNs);
    wanted.heartbeat(nowNs);
    for (TopicState topic : engine.topics.values()) {
      if (topic.subscribed) {
        silentMembers.heartbeat(topic, nowNs);
        meshKeeper.maintain(topic, nowNs);
        announcer.announceDue(topic, nowNs);
      }
    }
    lazyGossip.heartbeat(nowNs);
  }

  /**
   * The verdict on a message for which a {@link TopicValidator} said {@link Verdict#LATER}.
   *
   * @return false if none with this id waits, because too many others did
   * @throws IllegalArgumentException if the verdict is LATER again
   */
  public boolean verdict(String messageId, Verdict verdict, long nowNs) {
    if (verdict == Verdict.LATER) {
      throw new IllegalArgumentException(
          "the verdict on " + messageId + " is LATER, must be ACCEPT, REJECT or IGNORE");
    }
    return spreader.verdict(messageId, verdict, nowNs);
  }

  /**
   * What the application thinks of a connected peer, P5 of its score; 0 at first. One of an unknown
   * peer is ignored.
   *
   * @throws IllegalArgumentException if it is not a finite number
   */
  public void applicationScore(PeerId id, double score) {
    if (!Double.isFinite(score)) {
      throw new IllegalArgumentException("the score of " + id + " is " + score);
    }
    PeerState peer = engine.peers.get(id);
    if (peer != null) {
      engine.scores.application(peer, score);
    }
  }

  /** A peer sent what no honest node sends: it counts as one invalid message. */
  public void penalizeInvalid(PeerId id) {
    PeerState peer = engine.peers.get(id);
    if (peer == null) {
      engine.scores.invalid(id);
    } else {
      engine.scores.invalid(peer);
    }
  }

  /**
   * A peer sent a publish under an id that is not the message's own. Counts as one invalid message
   * unless the peer acts as a native does: natives pass on whatever they get, and anybody could
   * have them cut off by sending them such messages. If we had asked that native for the id, it has
   * sent what it has.
   */
  public void penalizeForged(PeerId id, String topicName, String messageId, long nowNs) {
    PeerState peer = engine.peers.get(id);
    TopicLink link = peer == null ? null : peer.links.get(topicName);
    if (link == null || !link.mayBeNative(nowNs)) {
      penalizeInvalid(id);
    } else {
      wanted.release(messageId, link.peer);
    }
  }

  /** The score that counts for a peer now; asks the host. 0 by itself for an unknown one. */
  public double score(PeerId id) {
    PeerState peer = engine.peers.get(id);
    if (peer == null) {
      return engine.scores.retainedScore(id);
    }
    engine.scores.refresh(peer);
    return peer.score;
  }

  /** Whether all that this peer sends is to be dropped, and nothing is to be sent to it. */
  public boolean isGraylisted(PeerId id) {
    PeerState peer = engine.peers.get(id);
    return peer == null
        ? engine.scores.retainedScore(id) < Thresholds.GRAYLIST
        : peer.isGraylisted();
  }

  /** Whether to listen to what a peer says besides gossip; what is not heard is counted. */
  public boolean hears(PeerId id) {
    boolean graylisted = isGraylisted(id);
    if (graylisted) {
      engine.counters.fromGraylisted++;
    }
    return !graylisted;
  }

  /** To how many peers a publish on this topic would go now. */
  public int publishTargets(String topicName) {
    return spreader.publishTargets(topicName);
  }

  /** The peers behind {@link #publishTargets}; a copy. */
  public Set<PeerId> publishTargetPeers(String topicName) {
    return spreader.publishTargetPeers(topicName);
  }

  /** The subscribed topics, in the order in which they became known; a copy. */
  public Set<String> topics() {
    Set<String> names = new LinkedHashSet<>();
    for (TopicState topic : engine.topics.values()) {
      if (topic.subscribed) {
        names.add(topic.name);
      }
    }
    return names;
  }

  /** The peers that messages on this topic are forwarded to; a copy. */
  public Set<PeerId> mesh(String topicName) {
    TopicState topic = engine.topics.get(topicName);
    return topic == null ? Set.of() : ids(topic.mesh);
  }

  /** The connected peers that say to be on this topic; a copy. */
  public Set<PeerId> claimants(String topicName) {
    TopicState topic = engine.topics.get(topicName);
    return topic == null ? Set.of() : ids(topic.claimants);
  }

  /** Counters since the engine was made, and the sizes of its tables now. */
  public GossipSubStats stats() {
    return GossipSubStats.of(engine, wanted.size(), deliveries.size(), spreader.pendingVerdicts());
  }

  /** How the connected peers stand with this engine now; costs a look at all of them. */
  public PeerCensus census(long nowNs) {
    return PeerCensus.of(engine, nowNs);
  }

  /** The peer's state, or null when nothing that it sends counts. */
  private @Nullable PeerState heard(PeerId from) {
    PeerState peer = engine.peers.get(from);
    if (peer == null) {
      engine.counters.fromUnknownPeer++;
      return null;
    }
    if (peer.isGraylisted()) {
      engine.counters.fromGraylisted++;
      return null;
    }
    peer.heardTick = engine.tick;
    return peer;
  }

  private void refreshPeers() {
    engine.scores.decayRetained(engine.tick);
    for (PeerState peer : engine.peers.values()) {
      engine.scores.decay(peer);
      limits.judge(peer);
      peer.resetLimits();
      engine.scores.refresh(peer);
    }
  }

  private static Set<PeerId> ids(List<TopicLink> links) {
    Set<PeerId> ids = LinkedHashSet.newLinkedHashSet(links.size());
    for (TopicLink link : links) {
      ids.add(link.peer.id);
    }
    return ids;
  }
}
