// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import io.lichen.crypto.PeerId;
import io.lichen.gossipsub.GossipMessage;
import io.lichen.gossipsub.GossipSub;
import io.lichen.gossipsub.GossipSubHost;
import io.lichen.gossipsub.GossipSubParams;
import io.lichen.gossipsub.MeshParams;
import io.lichen.gossipsub.PublishedMessage;
import io.lichen.gossipsub.ScoreParams;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** An engine with the opinions of natives, and a host that writes down what it sends. */
final class PolicyEngine implements GossipSubHost {
  static final String TOPIC = "alpha";
  static final int HEARTBEAT_MS = 10;
  static final long HEARTBEAT_NS = HEARTBEAT_MS * 1_000_000L;

  /** One thing sent. */
  record Sent(PeerId to, Object message) {}

  final GossipSub gossip;
  final List<Sent> sent = new ArrayList<>();
  final List<PublishedMessage> delivered = new ArrayList<>();
  final Map<PeerId, Double> overrides = new HashMap<>();

  /** One whose heartbeats, and with them the windows of the score, hardly take any time. */
  PolicyEngine() {
    this(6);
  }

  PolicyEngine(int dLazy) {
    MeshParams mesh = MeshParams.adjusted(6, 4, 12, 2, dLazy, HEARTBEAT_MS).likeNatives();
    ScoreParams.MeshDelivery natives = ScoreParams.moss0819().meshDelivery();
    ScoreParams score =
        ScoreParams.moss0819()
            .withMeshDelivery(
                new ScoreParams.MeshDelivery(
                    natives.weight(),
                    natives.failureWeight(),
                    natives.exponent(),
                    natives.tolerated(),
                    natives.cap(),
                    HEARTBEAT_MS,
                    natives.activationMs(),
                    natives.halfLifeMs(),
                    natives.excuseForwarded()));
    gossip =
        new GossipSub(
            GossipSubParams.moss0819().withMesh(mesh).withScore(score),
            new SplittableRandom(1),
            this);
  }

  static PublishedMessage message(int number) {
    return new PublishedMessage(
        TOPIC, "message " + number, number, new byte[32], new byte[] {1}, new byte[] {1});
  }

  @Override
  public void send(PeerId to, GossipMessage message) {
    sent.add(new Sent(to, message));
  }

  @Override
  public boolean send(PeerId to, PublishedMessage message) {
    sent.add(new Sent(to, message));
    return true;
  }

  @Override
  public void deliver(PublishedMessage message, PeerId from) {
    delivered.add(message);
  }

  @Override
  public double score(PeerId peer, double base) {
    return overrides.getOrDefault(peer, base);
  }
}
