// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.net;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.net.Longs.u64;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.MixedCheck;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.core.net.wire.EventMeta;
import io.lichen.core.net.wire.LegacyPingwave;
import io.lichen.core.net.wire.NetWireException;
import io.lichen.core.net.wire.Pingwave;
import io.lichen.core.net.wire.RouteWithdrawal;
import io.lichen.core.net.wire.SubprotocolManifest;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;

/** What nodes say of themselves and of routes, in fixed forms. */
final class MeshChecks {
  private MeshChecks() {}

  static VectorCheck pingwave() {
    return new MixedCheck(
        MeshChecks::pingwave,
        "after_forward",
        "capability_hash",
        "capability_version",
        "forward_ok",
        "health",
        "hop_count",
        "load_level",
        "node_id",
        "origin_timestamp_us",
        "primary_caps",
        "seq",
        "ttl");
  }

  static VectorCheck legacyPingwave() {
    return new MixedCheck(MeshChecks::legacyPingwave, "bytes", "origin_id", "seq");
  }

  static VectorCheck withdrawal() {
    return new MixedCheck(MeshChecks::withdrawal, "bytes");
  }

  static VectorCheck manifest() {
    return new MixedCheck(MeshChecks::manifest, "bytes", "entries");
  }

  static VectorCheck eventMeta() {
    return new MixedCheck(
        MeshChecks::eventMeta,
        "bytes_checksum0",
        "checksum_v1_tail_only",
        "checksum_v2_meta_and_tail");
  }

  private static ObjectNode pingwave(JsonNode vector) throws NetWireException {
    Pingwave wave = Pingwave.decode(Unpooled.wrappedBuffer(hex(vector, "bytes")));
    Pingwave after = wave.mayTravel() ? wave.forwarded() : wave;
    return object()
        .put("after_forward", hex(after.encode()))
        .put("capability_hash", u64(wave.capabilityHash()))
        .put("capability_version", Integer.toUnsignedLong(wave.capabilityVersion()))
        .put("forward_ok", wave.mayTravel())
        .put("health", wave.health().code())
        .put("hop_count", wave.hopCount())
        .put("load_level", wave.loadLevel())
        .put("node_id", u64(wave.origin()))
        .put("origin_timestamp_us", u64(wave.originTimeUs()))
        .put("primary_caps", HexFormat.of().toHexDigits(Long.reverseBytes(wave.profile())))
        .put("seq", u64(wave.seq()))
        .put("ttl", wave.ttl());
  }

  private static ObjectNode legacyPingwave(JsonNode vector) throws NetWireException {
    LegacyPingwave wave = LegacyPingwave.decode(Unpooled.wrappedBuffer(hex(vector, "bytes")));
    return object()
        .put("bytes", hex(wave.encode()))
        .put("origin_id", u64(wave.origin()))
        .put("seq", u64(wave.seq()));
  }

  private static ObjectNode withdrawal(JsonNode vector) throws NetWireException {
    RouteWithdrawal withdrawal = new RouteWithdrawal(u64(vector, "dest"), u64(vector, "seq"));
    byte[] bytes = withdrawal.encode();
    if (!RouteWithdrawal.decode(Unpooled.wrappedBuffer(bytes)).equals(withdrawal)) {
      throw new AssertionError("the own withdrawal is not read back");
    }
    return object().put("bytes", hex(bytes));
  }

  private static ObjectNode manifest(JsonNode vector) throws NetWireException {
    byte[] bytes = hex(vector, "bytes");
    SubprotocolManifest manifest = SubprotocolManifest.decode(Unpooled.wrappedBuffer(bytes));
    ObjectNode answer = object().put("bytes", hex(manifest.encode()));
    ArrayNode entries = answer.putArray("entries");
    for (SubprotocolManifest.Entry entry : manifest.entries()) {
      ObjectNode shown = entries.addObject().put("id", entry.id());
      put(shown.putArray("min"), entry.least());
      put(shown.putArray("version"), entry.version());
    }
    return answer;
  }

  private static void put(ArrayNode numbers, SubprotocolManifest.Version version) {
    numbers.add(version.major()).add(version.minor());
  }

  private static ObjectNode eventMeta(JsonNode vector) {
    EventMeta meta =
        new EventMeta(
            vector.path("dispatch").intValue(),
            vector.path("flags").intValue(),
            u64(vector, "origin_hash"),
            u64(vector, "seq_or_ts"),
            0);
    byte[] tail = hex(vector, "tail");
    return object()
        .put("bytes_checksum0", hex(meta.encode()))
        .put("checksum_v1_tail_only", Integer.toUnsignedLong(EventMeta.checksumOf(tail)))
        .put("checksum_v2_meta_and_tail", Integer.toUnsignedLong(meta.checksumWith(tail)));
  }
}
