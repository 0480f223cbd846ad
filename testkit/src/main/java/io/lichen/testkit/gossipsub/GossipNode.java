// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.gossipsub;

import io.lichen.crypto.PeerId;
import io.lichen.gossipsub.GossipMessage;
import io.lichen.gossipsub.GossipSub;
import io.lichen.gossipsub.GossipSubHost;
import io.lichen.gossipsub.GossipSubParams;
import io.lichen.gossipsub.PeerTraits;
import io.lichen.gossipsub.PublishedMessage;
import io.lichen.testkit.SimNetwork;
import java.util.SplittableRandom;

/**
 * The real engine as a simulated node. A publish that nobody in the world has published, or another
 * one under the id of one that was, costs its sender what a forged id costs on a real socket, and
 * does not come to the engine.
 */
public final class GossipNode implements GossipPeer {
  private final GossipWorld world;
  private final SimNetwork<GossipPacket> network;
  private final int self;
  private final GossipSubParams params;
  private final GossipSub engine;
  private final long firstHeartbeatNs;
  private boolean dropping;

  /** What the engine asks for; apart, so that nobody else calls it. */
  private final class Host implements GossipSubHost {
    @Override
    public void send(PeerId to, GossipMessage message) {
      network.send(self, world.number(to), world.codec().pass(message));
    }

    @Override
    public boolean send(PeerId to, PublishedMessage message) {
      return dropping || network.send(self, world.number(to), world.codec().pass(message));
    }

    @Override
    public void deliver(PublishedMessage message, PeerId from) {
      world.journal().delivered(self, message.messageId(), nowNs());
    }

    @Override
    public double score(PeerId peer, double base) {
      return base;
    }
  }

  /** Makes a node whose heartbeat begins at a random time within the first period. */
  GossipNode(GossipWorld world, int self, GossipSubParams params, SplittableRandom random) {
    this.world = world;
    this.network = world.network();
    this.self = self;
    this.params = params;
    this.engine = new GossipSub(params, random, new Host());
    this.firstHeartbeatNs = random.nextLong(heartbeatNs());
  }

  /** The engine, to ask it things; to change anything, go through the world. */
  public GossipSub engine() {
    return engine;
  }

  /** What the engine was made with. */
  public GossipSubParams params() {
    return params;
  }

  /**
   * From now on nothing that it publishes, forwards or was asked for leaves it; it takes messages,
   * gossips and stays in meshes as before.
   */
  public void dropMessages() {
    dropping = true;
  }

  @Override
  public void onStart(int number) {
    network.scheduleEvery(number, firstHeartbeatNs, heartbeatNs(), () -> engine.heartbeat(nowNs()));
  }

  @Override
  public void subscribe(String topic) {
    engine.subscribe(topic, nowNs());
  }

  @Override
  public void unsubscribe(String topic) {
    engine.unsubscribe(topic, nowNs());
  }

  @Override
  public int publish(PublishedMessage message) {
    return engine.publish(message, nowNs());
  }

  @Override
  public void onConnect(int peer, boolean outbound) {
    engine.addPeer(world.peerId(peer), new PeerTraits(outbound, false, world.place(peer)), nowNs());
  }

  @Override
  public void onDisconnect(int peer) {
    engine.removePeer(world.peerId(peer));
  }

  @Override
  public void onMessage(int from, GossipPacket packet) {
    PeerId peer = world.peerId(from);
    switch (packet) {
      case GossipPacket.Control(GossipMessage message) -> engine.receive(peer, message, nowNs());
      case GossipPacket.Data data -> onData(peer, data);
    }
  }

  private void onData(PeerId from, GossipPacket.Data data) {
    PublishedMessage message = data.message();
    if (!world.journal().isGenuine(data)) {
      engine.penalizeForged(from, message.topic(), message.messageId(), nowNs());
      return;
    }
    if (!data.isReceipt()) {
      world.journal().copy(message.messageId());
    }
    engine.receive(from, message, nowNs());
  }

  private long heartbeatNs() {
    return params.mesh().heartbeatMs() * 1_000_000L;
  }

  private long nowNs() {
    return world.time().nowNs();
  }
}
