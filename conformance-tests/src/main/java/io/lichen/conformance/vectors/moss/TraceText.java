// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.crypto.PeerId;
import io.lichen.gossipsub.GossipMessage;
import io.lichen.gossipsub.PublishedMessage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a step of a trace did, in words short enough to be read: peers are p1, p2 … in the order of
 * the setup, our own messages own1, own2 …; {@code p2 ihave alpha m1 m2} is an IHAVE to p2.
 */
final class TraceText {
  private static final int OWN_ID_CHARACTERS = 64;

  private final Map<String, String> peers = new LinkedHashMap<>();
  private final Map<String, String> ownMessages = new LinkedHashMap<>();

  TraceText(JsonNode setup) {
    for (JsonNode peer : setup.path("peers")) {
      peers.put(text(peer, "id"), "p" + (peers.size() + 1));
    }
  }

  String peer(String hex) {
    return peers.getOrDefault(hex, hex);
  }

  String peers(Collection<PeerId> ids) {
    return String.join(" ", ids.stream().sorted().map(id -> peer(id.hex())).toList());
  }

  /** The recorded effects of a step. */
  ObjectNode recorded(JsonNode expect) {
    ObjectNode effects = Trees.object();
    ArrayNode delivered = effects.putArray("delivered");
    for (JsonNode each : list(expect, "delivered")) {
      delivered.add(
          delivery(text(each, "channel"), text(each, "data"), peer(text(each, "sender"))));
    }
    for (String name : List.of("mesh", "peer_subscriptions")) {
      ObjectNode topics = effects.putObject(name);
      expect.path(name).properties().forEach(e -> topics.put(e.getKey(), peers(e.getValue())));
    }
    ObjectNode scores = effects.putObject("scores");
    expect
        .path("scores")
        .properties()
        .forEach(e -> scores.put(peer(e.getKey()), score(e.getValue().doubleValue())));
    ArrayNode sent = effects.putArray("sent");
    for (JsonNode each : list(expect, "sent")) {
      sent.add(peer(text(each, "to")) + ' ' + envelope(each.path("envelope")));
    }
    return effects;
  }

  String control(PeerId to, GossipMessage message) {
    String what =
        switch (message) {
          case GossipMessage.Graft graft -> "graft " + graft.topic();
          case GossipMessage.Prune prune -> "prune " + prune.topic();
          case GossipMessage.IHave have -> "ihave " + have.topic() + ids(have.messageIds());
          case GossipMessage.IWant want -> "iwant " + want.topic() + ids(want.messageIds());
          case GossipMessage.IDontWant not -> "idontwant " + not.topic() + ids(not.messageIds());
          case GossipMessage.Receipt receipt -> "receipt " + receipt.topic();
        };
    return peer(to.hex()) + ' ' + what;
  }

  String copy(PeerId to, PublishedMessage message) {
    return peer(to.hex()) + " publish " + message.topic() + ids(List.of(message.messageId()));
  }

  static String delivery(String channel, String data, String sender) {
    return channel + ' ' + data + " from " + sender;
  }

  /** With two decimals: the tolerance of the recording is 0.01. */
  static String score(double value) {
    return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static JsonNode list(JsonNode expect, String name) {
    if (!expect.path(name).isArray()) {
      throw new IllegalArgumentException("the recording has no list \"" + name + '"');
    }
    return expect.path(name);
  }

  private String peers(JsonNode ids) {
    List<String> names = new ArrayList<>();
    ids.forEach(id -> names.add(peer(id.textValue())));
    return String.join(" ", names);
  }

  private String envelope(JsonNode envelope) {
    String channel = envelope.has("channel") ? ' ' + text(envelope, "channel") : "";
    List<String> ids = new ArrayList<>();
    if (envelope.has("message_id")) {
      ids.add(text(envelope, "message_id"));
    }
    envelope.path("message_ids").forEach(id -> ids.add(id.textValue()));
    return text(envelope, "type") + channel + ids(ids);
  }

  private String ids(List<String> ids) {
    StringBuilder words = new StringBuilder();
    for (String id : ids) {
      boolean own = id.length() == OWN_ID_CHARACTERS;
      words.append(' ');
      words.append(
          own ? ownMessages.computeIfAbsent(id, i -> "own" + (ownMessages.size() + 1)) : id);
    }
    return words.toString();
  }
}
