// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.gossipsub;

import static io.lichen.testkit.gossipsub.Suite.SECOND;

import io.lichen.gossipsub.GossipMessage;
import io.lichen.gossipsub.PublishedMessage;
import io.lichen.testkit.SimNetwork;
import io.lichen.testkit.VirtualTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * How a v0.8.19 node behaves towards its peers, as far as pub/sub goes: a GRAFT for every topic to
 * every peer each second, PRUNE as the echo of a foreign GRAFT, claims for the life of a session,
 * forwarding to the mesh only, IHAVE for every message to a few peers outside of it, and the
 * deficit scoring of {@link NativeScores}. Written from docs/wire/moss-gossip.md, "What the natives
 * do".
 */
final class NativeModel implements GossipPeer {
  private static final int D = 6;
  private static final int D_LO = 4;
  private static final int D_HIGH = 12;
  private static final int D_LAZY = 6;

  private final GossipWorld world;
  private final VirtualTime time;
  private final SimNetwork<GossipPacket> network;
  private final NativeScores scores = new NativeScores();
  private final int self;
  private final Random random;
  private final Set<Integer> peers = new LinkedHashSet<>();
  private final Set<String> topics = new LinkedHashSet<>();
  private final Map<String, Set<Integer>> claims = new HashMap<>();
  private final Map<String, Set<Integer>> meshes = new HashMap<>();
  private final Map<String, PublishedMessage> cache = new LinkedHashMap<>();
  private final long firstHeartbeatNs;

  NativeModel(GossipWorld world, int self, SplittableRandom seed) {
    this.world = world;
    this.time = world.time();
    this.network = world.network();
    this.self = self;
    this.random = Random.from(seed);
    this.firstHeartbeatNs = seed.nextLong(SECOND);
  }

  @Override
  public void onStart(int number) {
    network.scheduleEvery(number, firstHeartbeatNs, SECOND, this::heartbeat);
  }

  @Override
  public void subscribe(String topic) {
    topics.add(topic);
    peers.forEach(peer -> control(peer, new GossipMessage.Graft(topic)));
    maintain(topic);
  }

  @Override
  public void unsubscribe(String topic) {
    mesh(topic).forEach(peer -> control(peer, new GossipMessage.Prune(topic)));
    meshes.remove(topic);
    topics.remove(topic);
  }

  @Override
  public int publish(PublishedMessage message) {
    cache.put(message.messageId(), message);
    Set<Integer> targets = new LinkedHashSet<>(mesh(message.topic()));
    targets.addAll(claims(message.topic()));
    targets.removeIf(peer -> !mayGossip(peer));
    targets.forEach(peer -> data(peer, message));
    offer(message, self);
    return targets.size();
  }

  @Override
  public void onConnect(int peer, boolean outbound) {
    peers.add(peer);
    scores.of(peer, time.nowNs());
    topics.forEach(topic -> control(peer, new GossipMessage.Graft(topic)));
    topics.forEach(this::maintain);
  }

  @Override
  public void onDisconnect(int peer) {
    peers.remove(peer);
    claims.values().forEach(set -> set.remove(peer));
    meshes.values().forEach(set -> set.remove(peer));
  }

  @Override
  public void onMessage(int from, GossipPacket packet) {
    switch (packet) {
      case GossipPacket.Data(PublishedMessage message) -> onPublish(from, message);
      case GossipPacket.Control(GossipMessage message) -> onControl(from, message);
    }
  }

  private void onControl(int from, GossipMessage message) {
    String topic = message.topic();
    switch (message) {
      case GossipMessage.Graft graft -> {
        claims(topic).add(from);
        if (topics.contains(topic) && scores.mayMesh(from, time.nowNs())) {
          mesh(topic).add(from);
          offerRecent(from, topic);
        } else {
          control(from, new GossipMessage.Prune(graft.topic()));
        }
      }
      case GossipMessage.Prune prune -> mesh(prune.topic()).remove(from);
      case GossipMessage.IHave iHave -> {
        List<String> missing = new ArrayList<>(iHave.messageIds());
        missing.removeIf(cache::containsKey);
        if (topics.contains(topic) && mayGossip(from) && !missing.isEmpty()) {
          control(from, new GossipMessage.IWant(topic, List.copyOf(missing)));
        }
      }
      case GossipMessage.IWant iWant -> {
        for (String id : iWant.messageIds()) {
          if (cache.containsKey(id) && mayGossip(from)) {
            data(from, cache.get(id));
          }
        }
      }
      case GossipMessage.IDontWant ignored -> {}
      case GossipMessage.Receipt receipt ->
          scores.observe(receipt.messageId(), from, mesh(topic), time.nowNs());
    }
  }

  private void onPublish(int from, PublishedMessage message) {
    world.journal().copy(message.messageId());
    scores.observe(message.messageId(), from, mesh(message.topic()), time.nowNs());
    if (cache.putIfAbsent(message.messageId(), message) != null) {
      return;
    }
    scores.firstDelivery(from);
    if (topics.contains(message.topic())) {
      world.journal().delivered(self, message.messageId(), time.nowNs());
    }
    for (int peer : mesh(message.topic())) {
      if (peer != from && mayGossip(peer)) {
        data(peer, message);
      }
    }
    offer(message, from);
  }

  private void heartbeat() {
    scores.heartbeat(time.nowNs());
    for (String topic : topics) {
      maintain(topic);
      expelBad(topic);
      for (int peer : peers) {
        if (mayGossip(peer)) {
          control(peer, new GossipMessage.Graft(topic));
        }
      }
    }
  }

  private boolean mayGossip(int peer) {
    return scores.mayGossip(peer, time.nowNs());
  }

  private void expelBad(String topic) {
    for (int peer : List.copyOf(mesh(topic))) {
      if (scores.of(peer, time.nowNs()) < 0) {
        mesh(topic).remove(peer);
        scores.block(peer, time.nowNs());
        control(peer, new GossipMessage.Prune(topic));
      }
    }
  }

  private void maintain(String topic) {
    Set<Integer> mesh = mesh(topic);
    Set<Integer> confirmed = new HashSet<>(mesh);
    confirmed.retainAll(claims(topic));
    if (confirmed.size() < D_LO) {
      for (int peer :
          candidates(topic).subList(0, Math.min(D - confirmed.size(), candidates(topic).size()))) {
        mesh.add(peer);
        control(peer, new GossipMessage.Graft(topic));
        offerRecent(peer, topic);
      }
    }
    if (mesh.size() > D_HIGH) {
      List<Integer> members = shuffled(mesh);
      for (int peer : members.subList(0, members.size() - D)) {
        mesh.remove(peer);
        control(peer, new GossipMessage.Prune(topic));
      }
    }
    outside(topic).forEach(peer -> offerRecent(peer, topic));
  }

  /** Claimants outside the mesh, or anybody when there is none. */
  private List<Integer> candidates(String topic) {
    Set<Integer> candidates = new LinkedHashSet<>(claims(topic));
    candidates.removeAll(mesh(topic));
    if (candidates.isEmpty()) {
      candidates.addAll(peers);
      candidates.removeAll(mesh(topic));
    }
    candidates.removeIf(peer -> !scores.mayMesh(peer, time.nowNs()));
    return new ArrayList<>(candidates);
  }

  private List<Integer> outside(String topic) {
    Set<Integer> outside = new LinkedHashSet<>(claims(topic));
    outside.removeAll(mesh(topic));
    outside.removeIf(peer -> !mayGossip(peer));
    List<Integer> chosen = shuffled(outside);
    return chosen.subList(0, Math.min(D_LAZY, chosen.size()));
  }

  private void offer(PublishedMessage message, int except) {
    for (int peer : outside(message.topic())) {
      if (peer != except) {
        control(peer, new GossipMessage.IHave(message.topic(), List.of(message.messageId())));
      }
    }
  }

  private void offerRecent(int peer, String topic) {
    List<String> ids = new ArrayList<>();
    for (PublishedMessage message : cache.values()) {
      if (message.topic().equals(topic)) {
        ids.add(message.messageId());
      }
    }
    if (!ids.isEmpty()) {
      List<String> last = ids.subList(Math.max(0, ids.size() - D_LAZY), ids.size());
      control(peer, new GossipMessage.IHave(topic, List.copyOf(last)));
    }
  }

  private Set<Integer> claims(String topic) {
    return claims.computeIfAbsent(topic, name -> new LinkedHashSet<>());
  }

  private Set<Integer> mesh(String topic) {
    return meshes.computeIfAbsent(topic, name -> new LinkedHashSet<>());
  }

  private List<Integer> shuffled(Set<Integer> set) {
    List<Integer> list = new ArrayList<>(set);
    Collections.shuffle(list, random);
    return list;
  }

  private void control(int to, GossipMessage message) {
    network.send(self, to, new GossipPacket.Control(message));
  }

  private void data(int to, PublishedMessage message) {
    network.send(self, to, new GossipPacket.Data(message));
  }
}
