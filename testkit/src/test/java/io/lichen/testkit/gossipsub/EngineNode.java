// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.gossipsub;

import io.lichen.crypto.PeerId;
import io.lichen.gossipsub.GossipMessage;
import io.lichen.gossipsub.GossipSub;
import io.lichen.gossipsub.GossipSubHost;
import io.lichen.gossipsub.GossipSubParams;
import io.lichen.gossipsub.PublishedMessage;
import io.lichen.testkit.SimNetwork;
import io.lichen.testkit.VirtualTime;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** The real engine as a simulated node. */
final class EngineNode implements PubSubNode, GossipSubHost {
  final GossipSub engine;
  private final VirtualTime time;
  private final SimNetwork<Packet> network;
  private final int self;
  private final Map<String, Integer> deliveries = new HashMap<>();

  EngineNode(
      VirtualTime time,
      SimNetwork<Packet> network,
      int self,
      GossipSubParams params,
      SplittableRandom random) {
    this.time = time;
    this.network = network;
    this.self = self;
    this.engine = new GossipSub(params, random, this);
    long heartbeatNs = params.mesh().heartbeatMs() * 1_000_000L;
    time.scheduleEvery(
        random.nextLong(heartbeatNs), heartbeatNs, () -> engine.heartbeat(time.nowNs()));
  }

  @Override
  public void subscribe(String topic) {
    engine.subscribe(topic, time.nowNs());
  }

  @Override
  public void unsubscribe(String topic) {
    engine.unsubscribe(topic, time.nowNs());
  }

  @Override
  public int publish(PublishedMessage message) {
    return engine.publish(message, time.nowNs());
  }

  @Override
  public Map<String, Integer> deliveries() {
    return deliveries;
  }

  @Override
  public void onConnect(int peer, boolean outbound) {
    engine.addPeer(PubSubNode.peerId(peer), outbound, time.nowNs());
  }

  @Override
  public void onDisconnect(int peer) {
    engine.removePeer(PubSubNode.peerId(peer));
  }

  @Override
  public void onMessage(int from, Packet packet) {
    PeerId peer = PubSubNode.peerId(from);
    switch (packet) {
      case Packet.Control(GossipMessage message) -> engine.receive(peer, message, time.nowNs());
      case Packet.Data(PublishedMessage message) -> engine.receive(peer, message, time.nowNs());
    }
  }

  @Override
  public void send(PeerId to, GossipMessage message) {
    network.send(self, PubSubNode.number(to), new Packet.Control(message));
  }

  @Override
  public boolean send(PeerId to, PublishedMessage message) {
    return network.send(self, PubSubNode.number(to), new Packet.Data(message));
  }

  @Override
  public void deliver(PublishedMessage message, PeerId from) {
    deliveries.merge(message.messageId(), 1, Integer::sum);
  }

  @Override
  public double score(PeerId peer, double base) {
    return base;
  }
}
