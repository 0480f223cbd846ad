// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.redex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.crypto.Xxh3;
import io.lichen.redex.Redex;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexFile;
import java.io.IOException;
import java.util.HexFormat;

/** Hashes and checksums of payloads of all lengths. */
final class ChecksumsCheck implements VectorCheck {
  @Override
  public ObjectNode answer(Vector vector) throws IOException {
    ObjectNode answer = Trees.object();
    ArrayNode rows = answer.putArray("rows");
    try (Redex redex = Redex.inMemory()) {
      RedexFile log = redex.open("checksums", RedexConfig.inMemory());
      for (JsonNode row : vector.inputs().path("rows")) {
        byte[] payload = row.path("payload").binaryValue();
        long seq = log.append(payload);
        rows.addObject()
            .put("record_checksum_28bit", log.read(seq).orElseThrow().checksum())
            .put("xxh3_64", HexFormat.of().toHexDigits(Xxh3.hash(payload)));
      }
    }
    return answer;
  }

  @Override
  public ObjectNode expected(Vector vector) {
    ObjectNode expected = Trees.object();
    ArrayNode rows = expected.putArray("rows");
    for (JsonNode row : vector.inputs().path("rows")) {
      rows.add(Trees.members(row, "record_checksum_28bit", "xxh3_64"));
    }
    return expected;
  }
}
