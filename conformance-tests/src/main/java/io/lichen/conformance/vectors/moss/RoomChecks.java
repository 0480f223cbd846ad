// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.hexOrNull;
import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.conformance.vectors.Vector;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.room.Channels;
import io.lichen.core.moss.room.Room;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;

/** Rooms and channel names. */
final class RoomChecks {
  private static final SecureRandom RANDOM = new SecureRandom();

  private RoomChecks() {}

  static ObjectNode transportRoom(Vector vector) {
    JsonNode inputs = vector.inputs();
    Room room = room(inputs, "room");
    ObjectNode topics = object();
    for (JsonNode channel : inputs.path("channels")) {
      topics.put(channel.asText(), room.topic(channel.asText()));
    }
    byte[] sealed = room.seal(hex(inputs, "seal_plaintext"), hex(inputs, "seal_nonce"));
    ObjectNode answer = object().put("room_key", key(room)).put("sealed", hex(sealed));
    answer.set("topics", topics);
    return answer;
  }

  static ObjectNode key(JsonNode vector) {
    Room room = room(vector, "mesh_id");
    ObjectNode topics = object();
    vector.path("topics").fieldNames().forEachRemaining(c -> topics.put(c, room.topic(c)));
    ObjectNode answer = object().put("room_key", key(room));
    answer.set("topics", topics);
    return answer;
  }

  static ObjectNode seal(JsonNode vector) {
    byte[] sealed = room(vector, "mesh_id").seal(hex(vector, "plaintext"), hex(vector, "nonce"));
    return object().put("sealed", hex(sealed));
  }

  static ObjectNode open(JsonNode vector) {
    Optional<byte[]> plaintext = room(vector, "mesh_id").open(hex(vector, "sealed"));
    ObjectNode answer = object().put("ok", plaintext.isPresent());
    plaintext.ifPresent(octets -> answer.put("plaintext", hex(octets)));
    return answer;
  }

  static ObjectNode channel(JsonNode vector) {
    String channel = text(vector, "channel");
    ObjectNode answer = object().put("bytes", channel.getBytes(StandardCharsets.UTF_8).length);
    try {
      Channels.validate(channel);
      return answer.put("valid", true);
    } catch (MossException e) {
      return answer.put("valid", false);
    }
  }

  private static Room room(JsonNode vector, String name) {
    return Room.of(text(vector, name), hexOrNull(vector, "psk"), RANDOM);
  }

  private static String key(Room room) {
    return room.key().map(Trees::hex).orElse("");
  }
}
