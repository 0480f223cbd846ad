// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;
import static io.lichen.conformance.vectors.Trees.utf8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Vector;
import io.lichen.core.json.JsonException;
import io.lichen.core.moss.NetworkStats;
import io.lichen.core.moss.stat.EpochId;
import io.lichen.core.moss.stat.EpochSnapshot;
import io.lichen.core.moss.stat.StatAggregator;
import io.lichen.core.moss.stat.StatDelta;
import io.lichen.core.moss.stat.StatMetrics;
import io.lichen.core.moss.stat.StatParams;
import io.lichen.core.moss.wire.MessageIds;
import io.lichen.crypto.PeerId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.random.RandomGenerator;

/** Network statistics. */
final class StatChecks {
  private static final String[] SNAPSHOT_NAT = {"public", "unknown", ""};
  private static final String[] REPORT_NAT = {"public", ""};
  private static final long REPORT_EPOCH = 77;

  private StatChecks() {}

  static ObjectNode transportDelta(Vector vector) throws JsonException {
    JsonNode inputs = vector.inputs();
    long epoch = inputs.path("epoch").longValue();
    EpochId id = EpochId.derive(epoch, PeerId.of(hex(inputs, "public_key")));
    byte[] payload = payload(epoch, id, inputs.path("metrics"));
    return object()
        .put("eid", hex(id.octets()))
        .put("message_id", MessageIds.statDelta(payload))
        .put("payload_utf8", utf8(payload));
  }

  static ObjectNode delta(JsonNode vector) throws JsonException {
    EpochId id = EpochId.of(hex(vector, "eid"));
    byte[] payload = payload(vector.path("epoch").longValue(), id, vector);
    return object().put("json", utf8(payload)).put("message_id", MessageIds.statDelta(payload));
  }

  static ObjectNode epochId(JsonNode vector) {
    PeerId node = PeerId.of(hex(vector, "public_key"));
    return object()
        .put("eid", hex(EpochId.derive(vector.path("epoch").longValue(), node).octets()));
  }

  static ObjectNode snapshot(JsonNode vector) {
    long epoch = vector.path("epoch").longValue();
    EpochSnapshot snapshot = new EpochSnapshot(epoch);
    int count = vector.path("n").intValue();
    for (int j = 0; j < count; j++) {
      StatMetrics metrics =
          new StatMetrics(11L * j, 7L * j, j % 30, SNAPSHOT_NAT[j % 3], j % 4 + 1);
      snapshot.contribute(EpochId.derive(epoch, contributor(j)), metrics);
    }
    return object()
        .put("contributors", snapshot.contributors())
        .put("digest", hex(snapshot.digest(hex(vector, "prev"))))
        .put("node_count_estimate", snapshot.nodeCountEstimate());
  }

  static ObjectNode report(JsonNode vector) {
    StatParams params = StatParams.defaults();
    long now = REPORT_EPOCH * params.epochSec();
    StatAggregator statistics =
        new StatAggregator(params, contributor(0), RandomGenerator.getDefault());
    int count = vector.path("n").intValue();
    for (int j = 0; j < count; j++) {
      StatMetrics metrics = new StatMetrics(100, 50, 4 * j, REPORT_NAT[j % 2], 1);
      EpochId id = EpochId.derive(REPORT_EPOCH, contributor(j));
      statistics.apply(new StatDelta(REPORT_EPOCH, id, metrics), now);
    }
    NetworkStats stats = statistics.report(now);
    return object().put("chain_json", stats.chainJson()).put("json", stats.toJson());
  }

  /** What is sent, which must also be what is read. */
  private static byte[] payload(long epoch, EpochId id, JsonNode metrics) throws JsonException {
    StatDelta delta =
        new StatDelta(
            epoch,
            id,
            new StatMetrics(
                metrics.path("bw_in").longValue(),
                metrics.path("bw_out").longValue(),
                metrics.path("degree").intValue(),
                text(metrics, "nat"),
                metrics.path("seq").longValue()));
    byte[] payload = delta.encode();
    if (!StatDelta.decode(payload).equals(delta)) {
      throw new AssertionError("read back something else from " + utf8(payload));
    }
    return payload;
  }

  /** The recorder's contributor number j. */
  private static PeerId contributor(int j) {
    byte[] name = ("lichen-vector/m/" + j).getBytes(StandardCharsets.UTF_8);
    try {
      return PeerId.of(MessageDigest.getInstance("SHA-256").digest(name));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
