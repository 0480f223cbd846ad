// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.gossipsub;

import io.lichen.crypto.PeerId;
import io.lichen.gossipsub.GossipSubParams;
import io.lichen.gossipsub.PublishedMessage;
import io.lichen.testkit.Churn;
import io.lichen.testkit.LinkProfile;
import io.lichen.testkit.SimNetwork;
import io.lichen.testkit.VirtualTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A network of pub/sub nodes in virtual time, and what became of every message published in it.
 * Everything random comes from the seed. Faults of links and machines are those of {@link
 * #network()}, except that nodes crash and restart through this class. Not thread-safe.
 */
public final class GossipWorld {
  /** The topic of all methods that name none. */
  public static final String TOPIC = "q6mZkq1xq5u2r3v9Z0a1bw";

  private static final long START_NS = 1_000_000_000L;

  private final long seed;
  private final VirtualTime time = new VirtualTime(START_NS);
  private final SplittableRandom random;
  private final SimNetwork<GossipPacket> network;
  private final Journal journal = new Journal();
  private PacketCodec codec = PacketCodec.NONE;
  private final List<PeerId> ids = new ArrayList<>();
  private final List<GossipPeer> peers = new ArrayList<>();
  private final List<GossipPeer.Factory> factories = new ArrayList<>();
  private final List<Presence> presences = new ArrayList<>();
  private final Map<Integer, String> places = new HashMap<>();
  private final List<Set<String>> topicsBeforeCrash = new ArrayList<>();

  /** Makes a world without nodes, at time 1 s. */
  public GossipWorld(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.network = new SimNetwork<>(time, random.nextLong(), GossipPacket::fingerprint);
  }

  /** Has all that engines send go through a codec. */
  public GossipWorld throughCodec(PacketCodec value) {
    codec = Objects.requireNonNull(value);
    return this;
  }

  /** The seed that it was made with. */
  public long seed() {
    return seed;
  }

  /** The clock. */
  public VirtualTime time() {
    return time;
  }

  /** The links; crash and restart nodes through the world instead. */
  public SimNetwork<GossipPacket> network() {
    return network;
  }

  /** What was published and delivered. */
  public Journal journal() {
    return journal;
  }

  /** A source for the test's own choices, fed by the seed. */
  public SplittableRandom random() {
    return random;
  }

  /** How many nodes there are, crashed ones included. */
  public int size() {
    return peers.size();
  }

  /** Adds nodes that run the real engine. */
  public GossipWorld addEngines(int count, GossipSubParams params) {
    return add(count, (world, self, source) -> new GossipNode(world, self, params, source));
  }

  /** Adds nodes of another kind: hostile ones, or one's own. */
  public GossipWorld add(int count, GossipPeer.Factory factory) {
    for (int added = 0; added < count; added++) {
      int self = peers.size();
      ids.add(idOf(self));
      factories.add(factory);
      presences.add(new Presence());
      topicsBeforeCrash.add(Set.of());
      GossipPeer peer = factory.make(this, self, random.split());
      peers.add(peer);
      network.addNode(peer);
    }
    return this;
  }

  /** The node of this number as it runs now. */
  public GossipPeer peer(int node) {
    return peers.get(node);
  }

  /**
   * The node of this number, which runs an engine.
   *
   * @throws ClassCastException if it is of another kind
   */
  public GossipNode engineNode(int node) {
    return (GossipNode) peers.get(node);
  }

  /** Whether a node is up and runs an engine. */
  public boolean isEngine(int node) {
    return network.isUp(node) && peers.get(node) instanceof GossipNode;
  }

  /** The id by which engines know the node of this number. */
  public PeerId peerId(int node) {
    return ids.get(node);
  }

  /** The number of the node with this id. */
  public int number(PeerId id) {
    byte[] key = id.bytes();
    return (key[0] & 0xff) << 24 | (key[1] & 0xff) << 16 | (key[2] & 0xff) << 8 | (key[3] & 0xff);
  }

  /**
   * Puts a node at a place, where engines see it on links that come up from now on: {@link
   * io.lichen.gossipsub.AddressGroup}. Without, a node is at no place that tells it apart.
   */
  public void settle(int node, String addressGroup) {
    places.put(node, addressGroup);
  }

  @Nullable String place(int node) {
    return places.get(node);
  }

  /** Has a node join a topic. */
  public void subscribe(int node, String topic) {
    presences.get(node).joined(topic, time.nowNs());
    peers.get(node).subscribe(topic);
  }

  /** Has a node leave a topic. */
  public void unsubscribe(int node, String topic) {
    presences.get(node).left(topic, time.nowNs());
    peers.get(node).unsubscribe(topic);
  }

  /** Has all nodes join {@link #TOPIC}. */
  public GossipWorld subscribeAll() {
    for (int node = 0; node < size(); node++) {
      subscribe(node, TOPIC);
    }
    return this;
  }

  /** Links every node to node 0. */
  public GossipWorld connectStar(LinkProfile profile) {
    for (int leaf = 1; leaf < size(); leaf++) {
      network.connect(leaf, 0, profile);
    }
    return this;
  }

  /** Links every node to the one before it. */
  public GossipWorld connectLine(LinkProfile profile) {
    for (int node = 1; node < size(); node++) {
      network.connect(node, node - 1, profile);
    }
    return this;
  }

  /** Links every pair. */
  public GossipWorld connectAll(LinkProfile profile) {
    for (int a = 0; a < size(); a++) {
      for (int b = a + 1; b < size(); b++) {
        network.connect(a, b, profile);
      }
    }
    return this;
  }

  /** A line, so that it hangs together, and random links up to {@code dials} a node. */
  public GossipWorld connectRandomly(int dials, LinkProfile profile) {
    connectLine(profile);
    for (int node = 0; node < size(); node++) {
      dial(node, dials - 1, profile);
    }
    return this;
  }

  /** Has a node dial so many others, chosen at random; fewer if it meets one that it has. */
  public void dial(int node, int dials, LinkProfile profile) {
    for (int dial = 0; dial < dials; dial++) {
      int other = random.nextInt(size());
      if (other != node && !network.isConnected(node, other)) {
        network.connect(node, other, profile);
      }
    }
  }

  /** Stops a node dead; see {@link SimNetwork#crash}. */
  public void crash(int node, long noticeNs) {
    if (network.crash(node, noticeNs)) {
      topicsBeforeCrash.set(node, presences.get(node).crashed(time.nowNs()));
    }
  }

  /** Starts a crashed node without any state, and has it join and dial as it did before. */
  public void restart(int node, int dials, LinkProfile profile) {
    GossipPeer fresh = factories.get(node).make(this, node, random.split());
    peers.set(node, fresh);
    network.restart(node, fresh);
    topicsBeforeCrash.get(node).forEach(topic -> subscribe(node, topic));
    dial(node, dials, profile);
  }

  /**
   * Has engine nodes crash and come back all the time; neighbours notice at once.
   *
   * @param sharePerMinute see {@link Churn}
   * @param awayNs how long a node stays away, nanoseconds
   * @param dials how many peers it dials when it is back
   * @return the churn, running
   */
  public Churn churn(double sharePerMinute, long awayNs, int dials, LinkProfile profile) {
    IntPredicate crash =
        node -> {
          if (!isEngine(node)) {
            return false;
          }
          crash(node, 0);
          time.schedule(awayNs, () -> restart(node, dials, profile));
          return true;
        };
    Churn churn = new Churn(time, random.nextLong(), size(), sharePerMinute, crash);
    churn.start();
    return churn;
  }

  /** Publishes a short message on {@link #TOPIC}. */
  public int publish(int node) {
    return publish(node, TOPIC, 0);
  }

  /**
   * Has a node publish a message.
   *
   * @param payloadBytes length of the payload, octets
   * @return the number of peers that it was sent to
   */
  public int publish(int node, String topic, int payloadBytes) {
    int number = journal.published() + 1;
    String id = HexFormat.of().toHexDigits(number * 0x9E3779B97F4A7C15L, 16).repeat(4);
    PublishedMessage message =
        codec.message(topic, id, number, ids.get(node).bytes(), new byte[payloadBytes]);
    journal.published(message, node, time.nowNs(), size());
    return peers.get(node).publish(message);
  }

  /** Publishes short messages from random nodes, no hostile ones, at a steady pace. */
  public void publishRandomly(int count, long gapNs) {
    publishRandomly(count, gapNs, 0);
  }

  /** Publishes messages with so long a payload from random nodes at a steady pace. */
  public void publishRandomly(int count, long gapNs, int payloadBytes) {
    for (int number = 0; number < count; number++) {
      int node = random.nextInt(size());
      while (!network.isUp(node) || peers.get(node) instanceof HostileNode) {
        node = random.nextInt(size());
      }
      publish(node, TOPIC, payloadBytes);
      time.runFor(gapNs);
    }
  }

  /** Lets time pass, nanoseconds. */
  public void run(long spanNs) {
    time.runFor(spanNs);
  }

  /** How all messages reached all who were on their topic when they were published. */
  public DeliveryReport report() {
    return report(node -> true, 0, 0, 0);
  }

  /**
   * How messages reached some of the nodes.
   *
   * @param nodes whom to look at; hostile nodes never count
   * @param firstMessage the first message to look at, counted from 0
   * @param settleNs how long before the publish a node must have been there, nanoseconds
   * @param graceNs and how long after it
   */
  public DeliveryReport report(IntPredicate nodes, int firstMessage, long settleNs, long graceNs) {
    return journal.report(
        firstMessage,
        (node, topic, publishedNs) ->
            nodes.test(node)
                && !(peers.get(node) instanceof HostileNode)
                && presences
                    .get(node)
                    .covers(topic, publishedNs - settleNs, publishedNs + graceNs));
  }

  /** The mesh of a topic as it is now. */
  public MeshView mesh(String topic) {
    return MeshView.of(this, topic);
  }

  PacketCodec codec() {
    return codec;
  }

  private static PeerId idOf(int node) {
    byte[] key = new byte[PeerId.BYTES];
    key[0] = (byte) (node >>> 24);
    key[1] = (byte) (node >>> 16);
    key[2] = (byte) (node >>> 8);
    key[3] = (byte) node;
    return PeerId.of(key);
  }
}
