// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.net;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;
import static io.lichen.conformance.vectors.net.Longs.u64;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.transport.net.stream.Reassembler;
import io.lichen.transport.net.stream.StreamCounters;
import io.lichen.transport.net.stream.StreamPacket;
import io.lichen.transport.net.stream.StreamPool;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Goes through a recording of pieces, with a reassembler for each session. The recordings are of
 * reliable streams, whose limit of 2 s Lichen keeps on fire-and-forget streams only: their pieces
 * are taken as such, unless the reliability is what the recording is about.
 */
final class RecordedReassembly {
  private static final long MS = 1_000_000L;
  private static final long RETIRED_NS = 2000 * MS;

  private final JsonNode vector;
  private final StreamPool pool = new StreamPool(UnpooledByteBufAllocator.DEFAULT);
  private final StreamPacket packet = pool.take();
  private final Map<Integer, Reassembler> sessions = new HashMap<>();
  private final Map<Integer, Long> endedNs = new HashMap<>();
  private final boolean mixed;

  RecordedReassembly(JsonNode vector) {
    this.vector = vector;
    Set<Boolean> kinds = new HashSet<>();
    StreamSupport.stream(vector.path("steps").spliterator(), false)
        .filter(step -> step.has("reliable"))
        .forEach(step -> kinds.add(step.path("reliable").booleanValue()));
    mixed = kinds.size() > 1;
  }

  ObjectNode answer() {
    ObjectNode answer = object();
    ArrayNode steps = answer.putArray("steps");
    for (JsonNode step : vector.path("steps")) {
      ObjectNode answered = steps.addObject();
      step(step, answered);
      answered.put("held_bytes", session(step.path("session").asInt(1)).heldBytes());
      answered.put(
          "open_groups", sessions.values().stream().mapToInt(Reassembler::openGroups).sum());
    }
    sessions.values().forEach(Reassembler::close);
    return answer;
  }

  private void step(JsonNode step, ObjectNode answered) {
    long nowNs = step.path("at_ms").longValue() * MS;
    int session = step.path("session").asInt(1);
    Reassembler reassembler = session(session);
    switch (text(step, "op")) {
      case "tick" -> reassembler.expire(nowNs);
      case "stream_reset" ->
          reassembler.onStreamReset(u64(step, "stream_id"), lifetime(step), nowNs);
      case "session_end" -> {
        reassembler.close();
        endedNs.put(session, nowNs);
      }
      default -> piece(step, answered, session, nowNs);
    }
  }

  private Reassembler session(int number) {
    return sessions.computeIfAbsent(number, n -> new Reassembler(pool, new StreamCounters()));
  }

  private void piece(JsonNode step, ObjectNode answered, int session, long nowNs) {
    fill(step);
    if ((packet.fragmentFlags() & StreamPacket.FRAGMENT_PIECE) == 0) {
      answered.put("outcome", "not_a_fragment");
    } else if (nowNs - endedNs.getOrDefault(session, -RETIRED_NS) < RETIRED_NS) {
      // Without a session there are no keys: no piece gets as far as this.
      answered.put("outcome", "retired");
    } else {
      Reassembler.Outcome outcome = session(session).accept(packet, lifetime(step), nowNs);
      answered.put("outcome", outcome.name().toLowerCase(Locale.ROOT));
      if (outcome == Reassembler.Outcome.COMPLETE) {
        complete(session(session).takeWhole(), answered);
      }
    }
  }

  private void complete(StreamPacket whole, ObjectNode answered) {
    ByteBuf event = whole.frames().slice().skipBytes(Integer.BYTES);
    answered.put("payload_len", event.readableBytes());
    answered.put("payload_sha256", FragmentChecks.sha256(event));
    pool.giveBack(whole);
  }

  private void fill(JsonNode step) {
    byte[] data = data(step);
    boolean reliable = mixed && step.path("reliable").booleanValue();
    packet
        .begin(u64(step, "stream_id"), u64(step, "sequence"), reliable ? 1 : 0)
        .published(
            step.path("channel_hash").intValue(),
            Long.parseUnsignedLong(step.path("origin_hash").asText("0")))
        .subprotocol(step.path("subprotocol_id").intValue())
        .fragment(
            step.path("frag_flags").intValue(),
            step.path("fragment_id").intValue(),
            step.path("fragment_offset").intValue())
        .payload(Unpooled.buffer().writeIntLE(data.length).writeBytes(data), 1);
  }

  private static byte[] data(JsonNode step) {
    if (step.has("data")) {
      return hex(step, "data");
    }
    byte[] data = new byte[step.path("data_len").intValue()];
    Arrays.fill(data, (byte) step.path("data_fill").intValue());
    return data;
  }

  private static long lifetime(JsonNode step) {
    return step.path("stream_lifetime").longValue();
  }
}
