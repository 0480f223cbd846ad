// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;
import static io.lichen.conformance.vectors.Trees.utf8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Vector;
import io.lichen.core.json.JsonException;
import io.lichen.core.moss.overlay.OverlayKey;
import io.lichen.core.moss.overlay.ReachabilityHint;
import io.lichen.core.moss.overlay.RoutingTable;
import io.lichen.core.moss.overlay.RoutingTable.Contact;
import io.lichen.core.moss.runtime.exchange.VirtualInterfaces;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Keys, records and the routing table of the overlay. */
final class OverlayChecks {
  private static final int ASKED_FOR = 5;

  private OverlayChecks() {}

  static ObjectNode transportTopicKey(Vector vector) {
    String topic = text(vector.inputs(), "channel");
    return object().put("key", hex(OverlayKey.ofTopic(topic).octets()));
  }

  static ObjectNode topicKey(JsonNode vector) {
    return object().put("key", hex(OverlayKey.ofTopic(text(vector, "topic")).octets()));
  }

  static ObjectNode bucket(JsonNode vector) {
    OverlayKey self = OverlayKey.of(hex(vector, "self"));
    return object().put("bucket", self.bucket(OverlayKey.of(hex(vector, "other"))));
  }

  static ObjectNode hint(JsonNode vector) throws JsonException {
    List<String> attachments = new ArrayList<>();
    vector.path("attachments").forEach(one -> attachments.add(one.asText()));
    ReachabilityHint hint = new ReachabilityHint(attachments, text(vector, "nat"));
    byte[] payload = hint.encode();
    if (!ReachabilityHint.decode(payload).equals(hint)) {
      throw new AssertionError("read back something else from " + utf8(payload));
    }
    return object().put("json", utf8(payload));
  }

  static ObjectNode table(JsonNode vector) {
    OverlayKey self = OverlayKey.of(hex(vector, "self"));
    RoutingTable table = new RoutingTable(self, vector.path("k").intValue());
    int number = 0;
    for (JsonNode id : vector.path("adds")) {
      OverlayKey key = OverlayKey.of(HexFormat.of().parseHex(id.asText()));
      table.add(new Contact(key, "203.0.113." + number + ":" + (4000 + number)));
      number++;
    }
    ObjectNode answer = object().put("len", table.size());
    ArrayNode closest = answer.putArray("closest");
    for (Contact contact : table.closest(OverlayKey.of(hex(vector, "target")), ASKED_FOR)) {
      closest.add(hex(contact.id().octets()) + "@" + contact.address());
    }
    return answer;
  }

  static ObjectNode virtualInterface(JsonNode vector) {
    return object().put("skipped", VirtualInterfaces.matches(text(vector, "name")));
  }
}
