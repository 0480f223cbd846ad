// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.redex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.crypto.ChannelName;
import io.lichen.redex.replica.ReplicationLink;
import java.util.HexFormat;

/** Messages of replication, written and read, and how they name logs. */
final class ReplicationWireCheck implements VectorCheck {
  @Override
  public ObjectNode answer(Vector vector) {
    JsonNode in = vector.inputs();
    ObjectNode answer = Trees.object();
    answer.put("subprotocol_id", ReplicationLink.SUBPROTOCOL_ID);
    ArrayNode channels = answer.putArray("channels");
    for (JsonNode channel : in.path("channels")) {
      ChannelName name = ChannelName.of(Trees.text(channel, "name"));
      channels
          .addObject()
          .put("channel_hash_u64", HexFormat.of().toHexDigits(name.hash()))
          .put("channel_id", Trees.hex(name.logId()))
          .put("wire_hash_u16", name.wireHash());
    }
    ArrayNode messages = answer.putArray("messages");
    for (JsonNode message : in.path("messages")) {
      String kind = Trees.text(message, "kind");
      ObjectNode both = messages.addObject();
      both.put("hex", Trees.hex(SyncTrees.encode(kind, message.path("fields"))));
      both.set("fields", SyncTrees.decode(kind, Trees.hex(message, "hex")));
    }
    ArrayNode decode = answer.putArray("decode");
    for (JsonNode message : in.path("decode")) {
      decode
          .addObject()
          .set("decoded", SyncTrees.decode(Trees.text(message, "kind"), Trees.hex(message, "hex")));
    }
    return answer;
  }

  @Override
  public ObjectNode expected(Vector vector) {
    JsonNode in = vector.inputs();
    ObjectNode expected = Trees.members(in, "subprotocol_id");
    ArrayNode channels = expected.putArray("channels");
    in.path("channels")
        .forEach(
            one ->
                channels.add(
                    Trees.members(one, "channel_hash_u64", "channel_id", "wire_hash_u16")));
    ArrayNode messages = expected.putArray("messages");
    in.path("messages").forEach(one -> messages.add(Trees.members(one, "hex", "fields")));
    ArrayNode decode = expected.putArray("decode");
    in.path("decode").forEach(one -> decode.add(Trees.members(one, "decoded")));
    return expected;
  }
}
