// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.net;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;
import static io.lichen.conformance.vectors.net.Longs.u64;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.MixedCheck;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.crypto.Xxh3;
import io.lichen.crypto.entity.EntityId;
import io.lichen.crypto.entity.EntityKeyPair;
import io.lichen.crypto.entity.NodeIds;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Who a node is, and the numbers that are made of names. */
final class EntityChecks {
  private EntityChecks() {}

  static VectorCheck identity() {
    return new MixedCheck(
        EntityChecks::identity,
        "entity_id",
        "node_id",
        "node_id_hex",
        "origin_hash",
        "origin_hash_hex16",
        "routing_id",
        "signature_of_ascii_net");
  }

  static VectorCheck streamOfKey() {
    return new MixedCheck(
        vector -> object().put("stream_id", u64(Xxh3.ofText(text(vector, "key")))), "stream_id");
  }

  private static ObjectNode identity(JsonNode vector) {
    EntityKeyPair keys = EntityKeyPair.ofSeed(hex(vector, "seed"));
    EntityId id = keys.id();
    byte[] message = "net".getBytes(StandardCharsets.US_ASCII);
    byte[] signature = keys.sign(message);
    if (!id.verify(message, signature)) {
      throw new AssertionError("the own signature is not accepted");
    }
    return object()
        .put("entity_id", id.hex())
        .put("node_id", u64(id.nodeId()))
        .put("node_id_hex", HexFormat.of().toHexDigits(id.nodeId()))
        .put("origin_hash", u64(id.originHash()))
        .put("origin_hash_hex16", NodeIds.originText(id.originHash()))
        .put("routing_id", Integer.toUnsignedLong(NodeIds.routingId(id.nodeId())))
        .put("signature_of_ascii_net", hex(signature));
  }
}
