// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.redex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.redex.replica.BandwidthClass;
import io.lichen.redex.replica.ReplicaRole;
import io.lichen.redex.replica.wire.SyncFault;
import io.lichen.redex.replica.wire.SyncHeartbeat;
import io.lichen.redex.replica.wire.SyncNack;
import io.lichen.redex.replica.wire.SyncRequest;
import io.lichen.redex.replica.wire.SyncResponse;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Messages of replication as vectors write them, and back. */
final class SyncTrees {
  private SyncTrees() {}

  /** The octets of a message of a kind. */
  static byte[] encode(String kind, JsonNode fields) {
    byte[] logId = Trees.hex(fields, "channel_id");
    return switch (kind) {
      case "SyncRequest" ->
          new SyncRequest(
                  logId,
                  number(fields, "since_seq"),
                  fields.path("chunk_max").intValue(),
                  number(fields, "request_id"),
                  BandwidthClass.valueOf(constant(fields, "class")))
              .encode();
      case "SyncResponse" ->
          new SyncResponse(
                  logId,
                  number(fields, "first_seq"),
                  number(fields, "leader_first_retained_seq"),
                  number(fields, "request_id"),
                  events(fields.path("events")))
              .encode();
      case "SyncHeartbeat" ->
          new SyncHeartbeat(
                  logId,
                  number(fields, "tail_seq"),
                  ReplicaRole.valueOf(constant(fields, "role")),
                  number(fields, "wall_clock_ms"))
              .encode();
      case "SyncNack" ->
          new SyncNack(
                  logId,
                  number(fields, "since_seq"),
                  SyncNack.Code.valueOf(constant(fields, "error_code")),
                  number(fields, "leader_first_retained_seq"),
                  number(fields, "request_id"),
                  Trees.text(fields, "detail"))
              .encode();
      default -> throw new IllegalArgumentException("unknown message " + kind);
    };
  }

  private static List<SyncResponse.Event> events(JsonNode events) {
    List<SyncResponse.Event> list = new ArrayList<>();
    for (JsonNode event : events) {
      list.add(new SyncResponse.Event(number(event, "event_seq"), Trees.hex(event, "payload_hex")));
    }
    return list;
  }

  /** The fields of a message of a kind, or why it has none. */
  static ObjectNode decode(String kind, byte[] octets) {
    ByteBuffer message = ByteBuffer.wrap(octets);
    try {
      return switch (kind) {
        case "SyncRequest" -> fields(SyncRequest.decode(message));
        case "SyncResponse" -> fields(SyncResponse.decode(message));
        case "SyncHeartbeat" -> fields(SyncHeartbeat.decode(message));
        case "SyncNack" -> fields(SyncNack.decode(message));
        default -> throw new IllegalArgumentException("unknown message " + kind);
      };
    } catch (SyncFault e) {
      return fault(e);
    }
  }

  private static ObjectNode fault(SyncFault fault) {
    ObjectNode tree = Trees.object().put("error", name(fault.reason()));
    switch (fault.reason()) {
      case TRUNCATED -> tree.put("have", fault.got()).put("need", fault.expected());
      case DISPATCH_MISMATCH -> tree.put("got", fault.got()).put("expected", fault.expected());
      case SUBPROTOCOL_MISMATCH -> tree.put("got", fault.got());
      case BAD_ROLE, BAD_ERROR_CODE -> tree.put("byte", fault.got());
      default -> {
        // The name says it all.
      }
    }
    return tree;
  }

  private static ObjectNode fields(SyncRequest request) {
    return Trees.object()
        .put("channel_id", Trees.hex(request.logId()))
        .put("since_seq", unsigned(request.sinceSeq()))
        .put("chunk_max", request.chunkMax())
        .put("request_id", unsigned(request.requestId()))
        .put("class", name(request.bandwidthClass()));
  }

  private static ObjectNode fields(SyncResponse response) {
    ObjectNode tree =
        Trees.object()
            .put("channel_id", Trees.hex(response.logId()))
            .put("first_seq", unsigned(response.firstSeq()))
            .put("leader_first_retained_seq", unsigned(response.leaderFirstSeq()))
            .put("request_id", unsigned(response.requestId()));
    ArrayNode events = tree.putArray("events");
    for (SyncResponse.Event event : response.events()) {
      events
          .addObject()
          .put("event_seq", unsigned(event.seq()))
          .put("payload_hex", Trees.hex(event.payload()));
    }
    return tree;
  }

  private static ObjectNode fields(SyncHeartbeat heartbeat) {
    return Trees.object()
        .put("channel_id", Trees.hex(heartbeat.logId()))
        .put("tail_seq", unsigned(heartbeat.tailSeq()))
        .put("role", name(heartbeat.role()))
        .put("wall_clock_ms", unsigned(heartbeat.unixMs()));
  }

  private static ObjectNode fields(SyncNack nack) {
    return Trees.object()
        .put("channel_id", Trees.hex(nack.logId()))
        .put("since_seq", unsigned(nack.sinceSeq()))
        .put("error_code", name(nack.code()))
        .put("leader_first_retained_seq", unsigned(nack.leaderFirstSeq()))
        .put("request_id", unsigned(nack.requestId()))
        .put("detail", nack.detail());
  }

  static BigInteger unsigned(long number) {
    return new BigInteger(Long.toUnsignedString(number));
  }

  private static long number(JsonNode fields, String name) {
    return fields.path(name).bigIntegerValue().longValue();
  }

  /** A constant as vectors call it: NotLeader for NOT_LEADER. */
  static String name(Enum<?> constant) {
    StringBuilder name = new StringBuilder();
    for (String word : constant.name().split("_", -1)) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return name.toString();
  }

  /** The other way round. */
  static String constant(JsonNode fields, String name) {
    return Trees.text(fields, name).replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
  }
}
