// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.bus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.core.bus.AdapterConfig;
import io.lichen.core.bus.EventBus;
import io.lichen.core.bus.EventBusConfig;
import io.lichen.core.bus.EventBusException;
import io.lichen.core.bus.EventFilter;
import io.lichen.core.bus.EventReceipt;
import io.lichen.core.bus.consume.Cursor;
import io.lichen.crypto.Xxh3;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/** Configurations, shards, cursors and filters. */
final class BusChecks {
  private BusChecks() {}

  static ObjectNode init(JsonNode vector) {
    try (EventBus bus = EventBus.open(EventBusConfig.parse(Trees.text(vector, "config")))) {
      return Trees.object().put("ok", bus.shards() > 0);
    } catch (EventBusException e) {
      return Trees.object().put("ok", false);
    }
  }

  static ObjectNode shardSelection(JsonNode vector) {
    EventBusConfig config =
        EventBusConfig.defaults()
            .withShards(vector.path("num_shards").intValue())
            .withAdapter(new AdapterConfig.None());
    byte[] payload = Trees.utf8(vector, "payload");
    try (EventBus bus = EventBus.open(config)) {
      EventReceipt receipt = bus.ingestRawWithReceipt(payload);
      return Trees.object()
          .put("rc", 0)
          .put("shard", receipt.shard())
          .put("xxh3_hex", HexFormat.of().toHexDigits(Xxh3.hash(payload)));
    }
  }

  static ObjectNode cursor(JsonNode vector) {
    ObjectNode answer = Trees.object();
    byte[] positions = vector.path("positions").toString().getBytes(StandardCharsets.UTF_8);
    answer.put("encoded", Cursor.decode(Base64.getEncoder().encodeToString(positions)).encode());
    answer.set("positions", positions(Trees.text(vector, "encoded")));
    return answer;
  }

  static ObjectNode cursorDecode(JsonNode vector) {
    return positions(Trees.text(vector, "cursor"));
  }

  private static ObjectNode positions(String cursor) {
    ObjectNode positions = Trees.object();
    Cursor.decode(cursor)
        .positions()
        .forEach((shard, position) -> positions.put(Integer.toString(shard), position));
    return positions;
  }

  static ObjectNode filter(JsonNode vector) {
    EventFilter filter = EventFilter.parse(Trees.text(vector, "filter"));
    return Trees.object()
        .put("json", filter.toJson())
        .put("matches", filter.matches(Trees.text(vector, "event")));
  }
}
