// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.net;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.net.Longs.u64;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.MixedCheck;
import io.lichen.conformance.vectors.Trees;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.transport.net.codec.EventFrames;
import io.lichen.transport.net.codec.PacketHeader;
import io.lichen.transport.net.codec.RouteHopEnvelope;
import io.lichen.transport.net.codec.RoutingHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/** Packets: their headers, what they are wrapped in, and the events inside. */
final class PacketChecks {
  /** The fields that a node reads; the others are bound by the AAD and mean nothing to it. */
  private static final String[] READ_FIELDS = {
    "channel_hash",
    "event_count",
    "flags",
    "frag_flags",
    "fragment_id",
    "fragment_offset",
    "origin_hash",
    "payload_len",
    "sequence",
    "session_id",
    "stream_id",
    "subprotocol_id"
  };

  private PacketChecks() {}

  static VectorCheck frames() {
    return new MixedCheck(PacketChecks::frames, "bytes", "decoded", "events");
  }

  static VectorCheck routingHeader() {
    return new MixedCheck(
        PacketChecks::routingHeader, "after_forward", "dest_id", "forward_ok", "src_id");
  }

  static VectorCheck routeHop() {
    return new MixedCheck(PacketChecks::routeHop, "hop_sequence", "hop_session_id", "sealed");
  }

  static VectorCheck headerDecode() {
    return new MixedCheck(PacketChecks::headerDecode, "parses", "validates");
  }

  /** Reads a header, and writes what is bound of it. */
  static final class Header implements VectorCheck {
    @Override
    public ObjectNode answer(Vector vector) {
      PacketHeader header = new PacketHeader().wrap(hex(vector.inputs(), "bytes"), 0);
      byte[] aad = new byte[PacketHeader.AAD_BYTES];
      header.writeAad(aad, 0);
      ObjectNode answer = object().put("aad", hex(aad)).put("validates", header.isValid());
      return answer.set("fields", fields(header));
    }

    @Override
    public ObjectNode expected(Vector vector) {
      ObjectNode expected = Trees.members(vector.inputs(), "aad", "validates");
      return expected.set("fields", Trees.members(vector.inputs().path("fields"), READ_FIELDS));
    }
  }

  private static ObjectNode fields(PacketHeader header) {
    return object()
        .put("channel_hash", header.channelHash())
        .put("event_count", header.eventCount())
        .put("flags", header.flags())
        .put("frag_flags", header.fragmentFlags())
        .put("fragment_id", header.fragmentId())
        .put("fragment_offset", header.fragmentOffset())
        .put("origin_hash", u64(header.originHash()))
        .put("payload_len", header.payloadLength())
        .put("sequence", u64(header.sequence()))
        .put("session_id", u64(header.sessionId()))
        .put("stream_id", u64(header.streamId()))
        .put("subprotocol_id", header.subprotocolId());
  }

  private static ObjectNode headerDecode(JsonNode vector) {
    byte[] bytes = hex(vector, "bytes");
    boolean isLong = bytes.length >= PacketHeader.BYTES;
    boolean isValid = isLong && new PacketHeader().wrap(bytes, 0).isValid();
    // The native refuses a wrong magic when it parses, and a wrong count only afterwards.
    boolean parses = isLong && bytes[0] == 'E' && bytes[1] == 'N';
    return object().put("parses", parses).put("validates", isValid);
  }

  private static ObjectNode frames(JsonNode vector) {
    if (vector.has("decoded")) {
      ByteBuf payload = Unpooled.wrappedBuffer(hex(vector, "bytes"));
      EventFrames frames = new EventFrames().of(payload, vector.path("count").intValue());
      ObjectNode answer = Trees.members(vector, "bytes");
      ArrayNode decoded = answer.putArray("decoded");
      while (frames.next()) {
        decoded.add(ByteBufUtil.hexDump(payload, frames.offset(), frames.length()));
      }
      return answer;
    }
    ByteBuf payload = Unpooled.buffer();
    for (JsonNode event : vector.path("events")) {
      byte[] bytes = ByteBufUtil.decodeHexDump(event.textValue());
      EventFrames.append(payload, bytes, 0, bytes.length);
    }
    ObjectNode answer = object().put("bytes", ByteBufUtil.hexDump(payload));
    ArrayNode events = answer.putArray("events");
    EventFrames frames = new EventFrames().of(payload, vector.path("events").size());
    while (frames.next()) {
      events.add(ByteBufUtil.hexDump(payload, frames.offset(), frames.length()));
    }
    return answer;
  }

  private static ObjectNode routingHeader(JsonNode vector) {
    byte[] header = hex(vector, "bytes");
    ObjectNode answer =
        object()
            .put("dest_id", u64(RoutingHeader.destination(header, 0)))
            .put("src_id", Integer.toUnsignedLong(RoutingHeader.source(header, 0)))
            .put("forward_ok", RoutingHeader.forward(header, 0));
    return answer.put("after_forward", hex(header));
  }

  private static ObjectNode routeHop(JsonNode vector) {
    byte[] key = hex(vector, "key");
    byte[] header = hex(vector, "routing_header");
    byte[] inner = hex(vector, "inner");
    byte[] routed = Arrays.copyOf(header, header.length + inner.length);
    System.arraycopy(inner, 0, routed, header.length, inner.length);
    byte[] sealed =
        RouteHopEnvelope.seal(
            key, u64(vector, "hop_session_id"), u64(vector, "hop_sequence"), routed);
    if (!RouteHopEnvelope.isAuthentic(key, sealed)) {
      throw new AssertionError("the own envelope is not accepted");
    }
    return object()
        .put("hop_sequence", u64(RouteHopEnvelope.hopSequence(sealed)))
        .put("hop_session_id", u64(RouteHopEnvelope.hopSessionId(sealed)))
        .put("sealed", hex(sealed));
  }
}
