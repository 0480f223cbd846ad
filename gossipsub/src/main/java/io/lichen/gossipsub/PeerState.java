// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import io.lichen.crypto.PeerId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** A connected peer: its score as of the last look, its topics and what it asked for. */
final class PeerState {
  final PeerId id;
  final boolean outbound;

  /** Whether the operator vouches for it. */
  final boolean direct;

  final long connectedNs;
  final ScoreTally tally;
  final DontWantMemory dontWant;
  final RetransmissionLimit retransmissions;

  /** The topics that it had no room for. */
  final NameSketch refusedTopics = new NameSketch();

  /** By topic, the one whose claim was repeated longest ago first. */
  final LinkedHashMap<String, TopicLink> links = new LinkedHashMap<>();

  /** False once its session has ended. */
  boolean connected = true;

  /** The score that counts; refreshed at each heartbeat and after each penalty. */
  double score;

  /** The heartbeat after which it was heard of last. */
  long heardTick;

  int claims;

  /** How many of its claims have been followed by a PRUNE and may lapse. */
  int doubtfulClaims;

  /** Where it is, as far as that tells peers apart. */
  @Nullable Place place;

  /** How many of the ids that we asked it for have not come. */
  int openPromises;

  /** Ids that it sent when asked, since the last heartbeat. */
  int promisesKept;

  /** Ids that it did not send although asked, since the last heartbeat. */
  int promisesBroken;

  /** Ids of its IWANTs that were too many or asked for too often, since the last heartbeat. */
  int iWantExcess;

  /** How many different topics it had no room for, in all. */
  int topicsRefused;

  int iHaveIdsThisHeartbeat;
  int iWantIdsThisHeartbeat;
  int receiptsThisHeartbeat;
  int graftsThisHeartbeat;
  int prunesThisHeartbeat;
  int iHavesThisHeartbeat;
  int iWantsThisHeartbeat;
  int dontWantsThisHeartbeat;

  private final byte[] publicKey;

  PeerState(PeerId id, PeerTraits traits, long nowNs, EngineState engine) {
    this.id = id;
    this.publicKey = id.bytes();
    this.outbound = traits.outbound();
    this.direct = traits.direct();
    this.connectedNs = nowNs;
    this.tally = engine.scores.recordOf(id);
    this.dontWant = new DontWantMemory(engine.caches.maxDontWantPerPeer(), engine.counters);
    this.retransmissions =
        new RetransmissionLimit(
            engine.gossip.maxIWantReplies(), engine.caches.maxCachedMessages(), engine.counters);
  }

  /** Begins to count anew. */
  void resetLimits() {
    promisesKept = 0;
    promisesBroken = 0;
    iWantExcess = 0;
    iHaveIdsThisHeartbeat = 0;
    iWantIdsThisHeartbeat = 0;
    receiptsThisHeartbeat = 0;
    graftsThisHeartbeat = 0;
    prunesThisHeartbeat = 0;
    iHavesThisHeartbeat = 0;
    iWantsThisHeartbeat = 0;
    dontWantsThisHeartbeat = 0;
  }

  /** Whether the message says to be from this very peer. */
  boolean isPublisherOf(PublishedMessage message) {
    return Arrays.equals(publicKey, message.senderId());
  }

  /** Whether it may be a mesh member. */
  boolean mayMesh() {
    return score >= Thresholds.MESH;
  }

  /** Whether it gets messages and gossip, and its gossip is looked at. */
  boolean mayGossip() {
    return score >= Thresholds.GOSSIP;
  }

  /** Whether its publishes are taken. */
  boolean mayPublish() {
    return score >= Thresholds.PUBLISH;
  }

  /** Whether nothing at all passes between us. */
  boolean isGraylisted() {
    return score < Thresholds.GRAYLIST;
  }
}
