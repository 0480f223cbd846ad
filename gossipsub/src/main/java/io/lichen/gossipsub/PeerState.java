// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import io.lichen.crypto.PeerId;
import java.util.Arrays;
import java.util.LinkedHashMap;

/** A connected peer: its score as of the last look, its topics and what it asked for. */
final class PeerState {
  final PeerId id;
  final boolean outbound;
  final PeerScore.Tally tally;
  final DontWantMemory dontWant;
  final RetransmissionLimit retransmissions;

  /** By topic, the one whose claim was repeated longest ago first. */
  final LinkedHashMap<String, TopicLink> links = new LinkedHashMap<>();

  /** False once its session has ended. */
  boolean connected = true;

  /** The score that counts; refreshed at each heartbeat and after each penalty. */
  double score;

  int claims;

  /** How many of its claims have been followed by a PRUNE and may lapse. */
  int doubtfulClaims;

  int iHaveIdsThisHeartbeat;
  int iWantIdsThisHeartbeat;
  int receiptsThisHeartbeat;

  private final byte[] publicKey;

  PeerState(PeerId id, boolean outbound, PeerScore.Tally tally, EngineState engine) {
    this.id = id;
    this.publicKey = id.bytes();
    this.outbound = outbound;
    this.tally = tally;
    this.dontWant = new DontWantMemory(engine.caches.maxDontWantPerPeer(), engine.counters);
    this.retransmissions = new RetransmissionLimit(engine.gossip.maxIWantReplies());
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
