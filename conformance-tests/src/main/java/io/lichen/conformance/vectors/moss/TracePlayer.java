// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.core.moss.room.Room;
import io.lichen.crypto.PeerId;
import io.lichen.gossipsub.GossipMessage;
import io.lichen.gossipsub.GossipSub;
import io.lichen.gossipsub.GossipSubHost;
import io.lichen.gossipsub.GossipSubParams;
import io.lichen.gossipsub.MeshParams;
import io.lichen.gossipsub.PublishedMessage;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** Brings an engine with the profile of the natives into a recorded state and plays the steps. */
final class TracePlayer implements GossipSubHost {
  private static final long NOW_NS = 1_000_000_000L;
  private static final double OUTSIDE_THE_MESH = -1;

  /** Who the recorder was. */
  private static final String SELF =
      "2ba514b202ff5d1091d82e1636e30e88f08909e6b884c0c05ff2b91247c460fc";

  private final JsonNode setup;
  private final TraceText words;
  private final Room room;
  private final GossipSub gossip;
  private final Map<PeerId, Double> offsets = new HashMap<>();
  private final Set<String> topics = new TreeSet<>();
  private final Map<PeerId, List<String>> sent = new TreeMap<>();
  private final List<String> delivered = new ArrayList<>();
  private int published;

  TracePlayer(JsonNode setup, TraceText words) {
    this.setup = setup;
    this.words = words;
    this.room = Room.of(text(setup, "mesh_id"), null, new SecureRandom());
    this.gossip = new GossipSub(params(setup), new SplittableRandom(1), this);
    for (int tick = setup.path("heartbeat_counter").intValue(); tick > 0; tick--) {
      gossip.heartbeat(NOW_NS);
    }
    setup.path("local_subscriptions").forEach(channel -> subscribe(channel.textValue()));
    connect();
  }

  private static GossipSubParams params(JsonNode setup) {
    JsonNode degrees = setup.path("gossipsub");
    GossipSubParams natives = GossipSubParams.moss0819();
    MeshParams mesh =
        MeshParams.adjusted(
            degrees.path("D").intValue(),
            degrees.path("D_lo").intValue(),
            degrees.path("D_high").intValue(),
            degrees.path("D_out").intValue(),
            degrees.path("D_lazy").intValue(),
            degrees.path("heartbeat_ms").intValue());
    boolean eager = !setup.path("high_throughput").booleanValue();
    return natives
        .withMesh(mesh.likeNatives())
        .withGossip(natives.gossip().withSendIHaveOnPublish(eager));
  }

  /** Mesh members first; the others ask while they are not good enough. */
  private void connect() {
    for (JsonNode peer : setup.path("peers")) {
      PeerId id = id(peer);
      gossip.addPeer(id, peer.path("outbound").booleanValue(), NOW_NS);
      peer.path("in_mesh").forEach(topic -> graft(id, topic.textValue()));
    }
    for (JsonNode peer : setup.path("peers")) {
      PeerId id = id(peer);
      if (peer.path("mesh_blocked_for_seconds").intValue() > 0) {
        expel(id);
      }
      offsets.put(id, OUTSIDE_THE_MESH);
      gossip.score(id);
      for (JsonNode topic : peer.path("subscribed")) {
        topics.add(room.topic(topic.textValue()));
        if (!gossip.mesh(room.topic(topic.textValue())).contains(id)) {
          graft(id, topic.textValue());
        }
      }
      offsets.put(id, seen(peer));
      gossip.score(id);
    }
    sent.clear();
  }

  /** Has the peer put out of the mesh, which blocks it; its claim fades in the recording's past. */
  private void expel(PeerId id) {
    graft(id, PolicyEngine.TOPIC);
    offsets.put(id, OUTSIDE_THE_MESH);
    gossip.heartbeat(NOW_NS);
  }

  /** The score for what the peer did before the recording began. */
  private static double seen(JsonNode peer) {
    return 0.66 * peer.path("first_deliveries").intValue()
        - 10 * peer.path("invalid_messages").intValue()
        - 0.5 * peer.path("mesh_deficits").intValue();
  }

  private void graft(PeerId from, String channel) {
    gossip.receive(from, new GossipMessage.Graft(room.topic(channel)), NOW_NS);
  }

  private static PeerId id(JsonNode peer) {
    return PeerId.parse(text(peer, "id"));
  }

  private void subscribe(String channel) {
    gossip.subscribe(topic(channel), NOW_NS);
  }

  private String topic(String channel) {
    String topic = room.topic(channel);
    topics.add(topic);
    return topic;
  }

  /** Plays one step and tells what it did. */
  ObjectNode play(JsonNode step) {
    sent.clear();
    delivered.clear();
    switch (text(step, "op")) {
      // Natives do for one topic, or for all low scores, what our heartbeat does for everything.
      case "maintain_topic", "prune_low_scoring", "refresh_local_subscriptions" ->
          gossip.heartbeat(NOW_NS);
      case "subscribe" -> subscribeIfValid(text(step, "channel"));
      case "unsubscribe" -> gossip.unsubscribe(topic(text(step, "channel")), NOW_NS);
      case "publish" -> publish(step);
      case "receive" -> receive(PeerId.parse(text(step, "from")), step.path("envelope"));
      default -> throw new IllegalArgumentException("unknown step " + step);
    }
    return effects();
  }

  private void subscribeIfValid(String channel) {
    if (!channel.isEmpty()) {
      subscribe(channel);
    }
  }

  private void publish(JsonNode step) {
    byte[] data = Trees.hex(step, "data");
    if (data.length > setup.path("max_message_size_bytes").intValue()) {
      // The runtime refuses it, as it delivers to its own subscribers.
      return;
    }
    delivered.add(TraceText.delivery(text(step, "channel"), Trees.hex(data), words.peer(SELF)));
    String id = String.valueOf(++published).repeat(64);
    gossip.publish(
        new PublishedMessage(topic(text(step, "channel")), id, published, new byte[32], data, data),
        NOW_NS);
  }

  private void receive(PeerId from, JsonNode envelope) {
    String topic = envelope.path("channel").asText();
    topics.add(topic);
    List<String> ids = new ArrayList<>();
    envelope.path("message_ids").forEach(id -> ids.add(id.textValue()));
    if (ids.isEmpty() && envelope.has("message_id")) {
      ids.add(text(envelope, "message_id"));
    }
    switch (text(envelope, "type")) {
      case "graft" -> gossip.receive(from, new GossipMessage.Graft(topic), NOW_NS);
      case "prune" -> gossip.receive(from, new GossipMessage.Prune(topic), NOW_NS);
      case "ihave" -> gossip.receive(from, new GossipMessage.IHave(topic, ids), NOW_NS);
      case "iwant" -> gossip.receive(from, new GossipMessage.IWant(topic, ids), NOW_NS);
      case "idontwant" -> gossip.receive(from, new GossipMessage.IDontWant(topic, ids), NOW_NS);
      case "publish" -> receivePublish(from, envelope, topic);
      // The others are no gossip: the runtime answers them, or nobody.
      default -> {}
    }
  }

  private void receivePublish(PeerId from, JsonNode envelope, String topic) {
    byte[] payload = Base64.getDecoder().decode(envelope.path("payload").asText());
    if (payload.length > setup.path("max_message_size_bytes").intValue()) {
      gossip.penalizeInvalid(from);
      return;
    }
    gossip.receive(
        from,
        new PublishedMessage(
            topic,
            envelope.path("message_id").asText(),
            envelope.path("sequence").longValue(),
            Base64.getDecoder().decode(envelope.path("sender_id").asText()),
            payload,
            payload),
        NOW_NS);
  }

  private ObjectNode effects() {
    ObjectNode effects = Trees.object();
    ArrayNode deliveries = effects.putArray("delivered");
    delivered.forEach(deliveries::add);
    ObjectNode mesh = effects.putObject("mesh");
    ObjectNode claims = effects.putObject("peer_subscriptions");
    for (String topic : topics) {
      putIfAny(mesh, topic, gossip.mesh(topic));
      putIfAny(claims, topic, gossip.claimants(topic));
    }
    ObjectNode scores = effects.putObject("scores");
    for (JsonNode peer : setup.path("peers")) {
      PeerId id = id(peer);
      scores.put(words.peer(id.hex()), TraceText.score(gossip.score(id)));
    }
    ArrayNode messages = effects.putArray("sent");
    sent.values().forEach(each -> each.forEach(messages::add));
    return effects;
  }

  private void putIfAny(ObjectNode where, String topic, Set<PeerId> peers) {
    if (!peers.isEmpty()) {
      where.put(topic, words.peers(peers));
    }
  }

  @Override
  public void send(PeerId to, GossipMessage message) {
    sent.computeIfAbsent(to, peer -> new ArrayList<>()).add(words.control(to, message));
  }

  @Override
  public boolean send(PeerId to, PublishedMessage message) {
    sent.computeIfAbsent(to, peer -> new ArrayList<>()).add(words.copy(to, message));
    return true;
  }

  @Override
  public void deliver(PublishedMessage message, PeerId from) {
    room.open(message.payload())
        .ifPresent(
            data ->
                delivered.add(
                    TraceText.delivery(
                        PolicyEngine.TOPIC,
                        Trees.hex(data),
                        words.peer(Trees.hex(message.senderId())))));
  }

  @Override
  public double score(PeerId peer, double base) {
    return base + offsets.getOrDefault(peer, 0.0);
  }
}
