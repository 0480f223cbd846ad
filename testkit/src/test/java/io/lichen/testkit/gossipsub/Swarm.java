// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.gossipsub;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.gossipsub.GossipSubParams;
import io.lichen.gossipsub.PublishedMessage;
import io.lichen.testkit.LinkProfile;
import io.lichen.testkit.SimNetwork;
import io.lichen.testkit.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A network of pub/sub nodes, and a check that every message reached whom it should, once. */
final class Swarm {
  static final String TOPIC = "q6mZkq1xq5u2r3v9Z0a1bw";
  static final long SECOND = 1_000_000_000L;
  static final long MILLISECOND = 1_000_000L;

  final long seed;
  final VirtualTime time = new VirtualTime(SECOND);
  final SimNetwork<Packet> network;
  final List<PubSubNode> nodes = new ArrayList<>();
  final SplittableRandom random;
  private final List<PublishedMessage> published = new ArrayList<>();
  private final List<Integer> publishers = new ArrayList<>();

  Swarm(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.network = new SimNetwork<>(time, random.nextLong(), Packet::fingerprint);
  }

  Swarm addEngines(int count, GossipSubParams params) {
    for (int added = 0; added < count; added++) {
      add(new EngineNode(time, network, nodes.size(), params, random.split()));
    }
    return this;
  }

  Swarm addNatives(int count) {
    for (int added = 0; added < count; added++) {
      add(new NativeModel(time, network, nodes.size(), random.split()));
    }
    return this;
  }

  private void add(PubSubNode node) {
    nodes.add(node);
    network.addNode(node);
  }

  Swarm subscribeAll() {
    nodes.forEach(node -> node.subscribe(TOPIC));
    return this;
  }

  Swarm connectStar(LinkProfile profile) {
    for (int leaf = 1; leaf < nodes.size(); leaf++) {
      network.connect(leaf, 0, profile);
    }
    return this;
  }

  Swarm connectLine(LinkProfile profile) {
    for (int node = 1; node < nodes.size(); node++) {
      network.connect(node, node - 1, profile);
    }
    return this;
  }

  Swarm connectAll(LinkProfile profile) {
    for (int a = 0; a < nodes.size(); a++) {
      for (int b = a + 1; b < nodes.size(); b++) {
        network.connect(a, b, profile);
      }
    }
    return this;
  }

  /** A line, so that it hangs together, and random links up to {@code dials} a node. */
  Swarm connectRandomly(int dials, LinkProfile profile) {
    connectLine(profile);
    for (int node = 0; node < nodes.size(); node++) {
      for (int dial = 1; dial < dials; dial++) {
        int other = random.nextInt(nodes.size());
        if (other != node && !network.isConnected(node, other)) {
          network.connect(node, other, profile);
        }
      }
    }
    return this;
  }

  int publish(int node) {
    int number = published.size() + 1;
    byte[] envelope = ("envelope " + number).getBytes(StandardCharsets.UTF_8);
    String id = HexFormat.of().toHexDigits(number * 0x9E3779B97F4A7C15L, 16).repeat(4);
    PublishedMessage message =
        new PublishedMessage(
            TOPIC, id, number, PubSubNode.peerId(node).bytes(), new byte[64], envelope);
    published.add(message);
    publishers.add(node);
    return nodes.get(node).publish(message);
  }

  /** Publishes from random nodes at a steady pace. */
  void publishRandomly(int count, long gapNs) {
    for (int number = 0; number < count; number++) {
      publish(random.nextInt(nodes.size()));
      time.runFor(gapNs);
    }
  }

  void run(long spanNs) {
    time.runFor(spanNs);
  }

  /** Every node but its publisher has each message once. */
  void assertAllDeliveredOnce() {
    for (int node = 0; node < nodes.size(); node++) {
      assertDeliveredOnce(node);
    }
  }

  /** The node has each message of others once, and none of its own. */
  void assertDeliveredOnce(int node) {
    Map<String, Integer> deliveries = nodes.get(node).deliveries();
    int missing = 0;
    for (int index = 0; index < published.size(); index++) {
      int count = deliveries.getOrDefault(published.get(index).messageId(), 0);
      int expected = publishers.get(index) == node ? 0 : 1;
      missing += expected - Math.min(count, expected);
      String what = "copies of message " + (index + 1) + " at node " + node + ", seed " + seed;
      assertEquals(Math.min(expected, count), count, what);
    }
    assertEquals(0, missing, "messages missing at node " + node + ", seed " + seed);
  }
}
