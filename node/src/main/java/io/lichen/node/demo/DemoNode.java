// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.demo;

import io.lichen.core.moss.MossException;
import io.lichen.core.moss.MossMessage;
import io.lichen.core.moss.MossNode;
import io.lichen.crypto.identity.FileKeyStore;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One node and what it has counted. Thread-safe. */
final class DemoNode implements AutoCloseable {
  static final List<String> CHANNELS = List.of("moss", "lichen");

  private static final String CONFIG =
      """
      {"trackers":[],"dht_enabled":false,"lan_discovery_enabled":false,
       "telemetry":{"enabled":false}}
      """;
  private static final int PROBE = -1;

  private final int number;
  private final MossNode node;
  private final Map<String, Integer> copies = new HashMap<>();
  private long[] latenciesNs = new long[1024];
  private int received;
  private int sent;

  DemoNode(int number, Path folder, List<String> peers) {
    this.number = number;
    var builder =
        MossNode.builder("lichen-demo")
            .config(CONFIG)
            .keyStore(new FileKeyStore(folder.resolve("node-" + number + ".key")))
            .listen("127.0.0.1", 0);
    peers.forEach(builder::staticPeer);
    this.node = builder.onMessage(this::receive).build();
    CHANNELS.forEach(node::subscribe);
    node.start();
  }

  String address() {
    return "127.0.0.1:" + node.info().listenPort();
  }

  String name() {
    return node.id().hex().substring(0, 8);
  }

  int peers() {
    return node.info().peerCount();
  }

  /** Whether a message published now would go to so many peers on every channel. */
  boolean reaches(int peers) {
    return CHANNELS.stream().allMatch(channel -> probe(channel) >= peers);
  }

  private int probe(String channel) {
    try {
      byte[] probe = new DemoMessage(number, PROBE, System.nanoTime()).encode();
      return node.publish(channel, probe).peers();
    } catch (MossException e) {
      return 0;
    }
  }

  /** Publishes the message of this number. */
  void publish(String channel, int message) {
    node.publish(channel, new DemoMessage(number, message, System.nanoTime()).encode());
    synchronized (this) {
      sent++;
    }
  }

  /** What others make of this node: its gateway, for example. */
  MossNode node() {
    return node;
  }

  private void receive(MossMessage message) {
    if (!CHANNELS.contains(message.channel())) {
      return;
    }
    long nowNs = System.nanoTime();
    Optional<DemoMessage> content = DemoMessage.decode(message.data());
    content
        .filter(c -> c.publisher() != number && c.number() != PROBE)
        .ifPresent(c -> count(message.channel(), c, nowNs));
  }

  private synchronized void count(String channel, DemoMessage content, long nowNs) {
    copies.merge(channel + ' ' + content.publisher() + ' ' + content.number(), 1, Integer::sum);
    if (received == latenciesNs.length) {
      latenciesNs = Arrays.copyOf(latenciesNs, 2 * received);
    }
    latenciesNs[received++] = nowNs - content.sentNs();
  }

  synchronized int sent() {
    return sent;
  }

  synchronized int received() {
    return received;
  }

  /** Messages of others that arrived at least once. */
  synchronized int distinct() {
    return copies.size();
  }

  /** The latency that this share of the messages stayed within, in ns; 0 if there were none. */
  synchronized long latencyNs(double share) {
    if (received == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(latenciesNs, received);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(received - 1L, (long) Math.ceil(share * received) - 1)];
  }

  @Override
  public void close() {
    node.close();
  }
}
