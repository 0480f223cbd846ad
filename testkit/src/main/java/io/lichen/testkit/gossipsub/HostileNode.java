// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.gossipsub;

import io.lichen.gossipsub.GossipMessage;
import io.lichen.gossipsub.PublishedMessage;
import io.lichen.testkit.SimNetwork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A node that pretends to be on its topics and harms whom it is linked to: it says GRAFT to every
 * peer, forwards nothing, answers nothing, and acts out an {@link Attack} again and again.
 */
public final class HostileNode implements GossipPeer {
  private static final int MAX_HEARD = 1024;

  private final SimNetwork<GossipPacket> network;
  private final int self;
  private final SplittableRandom random;
  private final Attack attack;
  private final Set<Integer> peers = new LinkedHashSet<>();
  private final Set<String> topics = new LinkedHashSet<>();
  private final SequencedMap<String, PublishedMessage> heard = new LinkedHashMap<>();
  private int acts;

  HostileNode(GossipWorld world, int self, SplittableRandom random, Attack attack) {
    this.network = world.network();
    this.self = self;
    this.random = random;
    this.attack = attack;
  }

  /** Its own source of chance. */
  public SplittableRandom random() {
    return random;
  }

  /** Who is linked to it, in the order of the links; a copy. */
  public List<Integer> peers() {
    return List.copyOf(peers);
  }

  /** The topics that it pretends to be on; a copy. */
  public List<String> topics() {
    return List.copyOf(topics);
  }

  /** The last messages that came to it, each once, up to so many; oldest first. */
  public List<PublishedMessage> heard(int limit) {
    List<PublishedMessage> all = new ArrayList<>(heard.values());
    return List.copyOf(all.subList(Math.max(0, all.size() - limit), all.size()));
  }

  /** How often it has acted before. */
  public int acts() {
    return acts;
  }

  /** Sends a control message to a peer. */
  public void send(int to, GossipMessage message) {
    network.send(self, to, new GossipPacket.Control(message));
  }

  /** Sends a publish to a peer. */
  public void send(int to, PublishedMessage message) {
    network.send(self, to, new GossipPacket.Data(message));
  }

  @Override
  public void onStart(int number) {
    long periodNs = attack.periodNs();
    network.scheduleEvery(number, random.nextLong(periodNs), periodNs, this::act);
  }

  @Override
  public void onConnect(int peer, boolean outbound) {
    peers.add(peer);
    topics.forEach(topic -> send(peer, new GossipMessage.Graft(topic)));
  }

  @Override
  public void onDisconnect(int peer) {
    peers.remove(peer);
  }

  @Override
  public void onMessage(int from, GossipPacket packet) {
    if (packet instanceof GossipPacket.Data(PublishedMessage message)
        && heard.putIfAbsent(message.messageId(), message) == null
        && heard.size() > MAX_HEARD) {
      heard.pollFirstEntry();
    }
  }

  @Override
  public void subscribe(String topic) {
    if (topics.add(topic)) {
      peers.forEach(peer -> send(peer, new GossipMessage.Graft(topic)));
    }
  }

  @Override
  public void unsubscribe(String topic) {
    if (topics.remove(topic)) {
      peers.forEach(peer -> send(peer, new GossipMessage.Prune(topic)));
    }
  }

  /** It publishes to everybody, as an honest node would. */
  @Override
  public int publish(PublishedMessage message) {
    peers.forEach(peer -> send(peer, message));
    return peers.size();
  }

  private void act() {
    attack.deed().accept(this);
    acts++;
  }
}
