// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.gossipsub;

import io.lichen.gossipsub.GossipMessage;
import io.lichen.gossipsub.PublishedMessage;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a {@link HostileNode} does, and how often. Those here are the named ones; make others by the
 * constructor.
 *
 * @param name for messages of tests
 * @param periodNs time between two acts, nanoseconds; at least 1
 * @param deed one act
 */
public record Attack(String name, long periodNs, Consumer<HostileNode> deed) {
  private static final long MILLISECOND = 1_000_000L;
  private static final int IDS_AT_ONCE = 256;
  private static final int TOPICS_AT_ONCE = 16;

  /** Checks the range. */
  public Attack {
    Objects.requireNonNull(name);
    Objects.requireNonNull(deed);
    if (periodNs < 1) {
      throw new IllegalArgumentException("periodNs is " + periodNs + ", must be at least 1");
    }
  }

  /** Makes nodes that act so. */
  public GossipPeer.Factory nodes() {
    return (world, self, random) -> new HostileNode(world, self, random, this);
  }

  /** Offers 2560 messages a second to each peer that there are none of. */
  public static Attack iHaveSpam() {
    return new Attack(
        "IHAVE spam",
        100 * MILLISECOND,
        node ->
            control(node, topic -> new GossipMessage.IHave(topic, unknownIds(node, IDS_AT_ONCE))));
  }

  /** Asks each peer fifty times a second for the last 256 messages, which it has got. */
  public static Attack iWantSpam() {
    return new Attack(
        "IWANT spam",
        20 * MILLISECOND,
        node -> {
          List<String> ids =
              node.heard(IDS_AT_ONCE).stream().map(PublishedMessage::messageId).toList();
          control(node, topic -> new GossipMessage.IWant(topic, ids));
        });
  }

  /** Says GRAFT 100 times a second, and has itself thrown out of all meshes by forged publishes. */
  public static Attack graftInBackoff() {
    return new Attack(
        "GRAFT in backoff",
        10 * MILLISECOND,
        node -> {
          if (node.acts() >= 100 && node.acts() < 103) {
            forge(node);
          }
          control(node, GossipMessage.Graft::new);
        });
  }

  /** Comes into each peer's mesh and leaves it 100 times a second. */
  public static Attack pruneChurn() {
    return new Attack(
        "PRUNE churn",
        10 * MILLISECOND,
        node -> {
          control(node, GossipMessage.Graft::new);
          control(node, GossipMessage.Prune::new);
        });
  }

  /** Sends each peer 100 publishes a second that nobody has made. */
  public static Attack invalidFlood() {
    return new Attack("invalid-message flood", 10 * MILLISECOND, Attack::forge);
  }

  /** Sends each peer, 100 times a second, the latest message under its id with another payload. */
  public static Attack idPoisoning() {
    return new Attack(
        "id poisoning",
        10 * MILLISECOND,
        node -> {
          for (PublishedMessage message : node.heard(1)) {
            PublishedMessage forged = withOtherPayload(message);
            node.peers().forEach(peer -> node.send(peer, forged));
          }
        });
  }

  /** Says to each peer to be on 1600 new topics a second. */
  public static Attack endlessTopics() {
    return new Attack(
        "endless topics",
        10 * MILLISECOND,
        node -> {
          for (String topic : unknownIds(node, TOPICS_AT_ONCE)) {
            node.peers().forEach(peer -> node.send(peer, new GossipMessage.Graft(topic)));
          }
        });
  }

  /** Stays in as many meshes as it can and passes nothing on: for eclipses and sybils. */
  public static Attack silence() {
    return new Attack(
        "silence", 1000 * MILLISECOND, node -> control(node, GossipMessage.Graft::new));
  }

  private static void forge(HostileNode node) {
    for (String topic : node.topics()) {
      PublishedMessage forged =
          new PublishedMessage(topic, unknownId(node), 1, new byte[32], new byte[8], new byte[64]);
      node.peers().forEach(peer -> node.send(peer, forged));
    }
  }

  private static PublishedMessage withOtherPayload(PublishedMessage message) {
    byte[] payload = {66};
    return new PublishedMessage(
        message.topic(),
        message.messageId(),
        message.sequence(),
        message.senderId(),
        payload,
        payload);
  }

  private static void control(HostileNode node, Function<String, GossipMessage> message) {
    for (String topic : node.topics()) {
      GossipMessage made = message.apply(topic);
      node.peers().forEach(peer -> node.send(peer, made));
    }
  }

  private static List<String> unknownIds(HostileNode node, int count) {
    List<String> ids = new ArrayList<>(count);
    for (int number = 0; number < count; number++) {
      ids.add(unknownId(node));
    }
    return List.copyOf(ids);
  }

  private static String unknownId(HostileNode node) {
    return HexFormat.of().toHexDigits(node.random().nextLong(), 16).repeat(4);
  }
}
