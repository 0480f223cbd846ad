// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.net;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;
import static io.lichen.conformance.vectors.net.Longs.u64;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.ListCheck;
import io.lichen.conformance.vectors.MixedCheck;
import io.lichen.conformance.vectors.Trees;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.transport.net.stream.LossRecovery;
import io.lichen.transport.net.stream.SequenceTracker;
import io.lichen.transport.net.stream.StreamControl;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** Streams: their control messages, what a receiver remembers and what a sender repeats. */
final class StreamChecks {
  private static final long MS = 1_000_000L;
  private static final int RANGE_BYTES = 16;

  private StreamChecks() {}

  static VectorCheck control() {
    return new MixedCheck(StreamChecks::control, "bytes");
  }

  static VectorCheck rangesDecode() {
    return new MixedCheck(
        vector ->
            object()
                .put(
                    "decodes",
                    StreamControl.isValid(
                        StreamControl.ACK_RANGES, Unpooled.wrappedBuffer(hex(vector, "bytes")))),
        "decodes");
  }

  static VectorCheck receiver() {
    return new ListCheck(
        StreamChecks::receiver, "steps", "accepted", "ack_ranges", "nack", "next_expected");
  }

  static VectorCheck sender() {
    return new ListCheck(
        vector -> new RecordedSender(vector).answer(),
        "steps",
        "can_send",
        "can_send_before",
        "pending",
        "retransmit");
  }

  static VectorCheck boundary() {
    return new ListCheck(
        vector -> new RecordedReceiver().answer(vector), "steps", "accepted", "delivered");
  }

  /** Reads a message and writes what was read. */
  private static ObjectNode control(JsonNode vector) {
    ByteBuf message = Unpooled.wrappedBuffer(hex(vector, "bytes"));
    int id = Integer.decode(text(vector, "type").substring(0, 6));
    if (!StreamControl.isValid(id, message)) {
      return Trees.refused();
    }
    requireSame(vector, "stream_id", StreamControl.streamId(message));
    ByteBuf out = Unpooled.buffer();
    long streamId = u64(vector, "stream_id");
    switch (id) {
      case StreamControl.WINDOW -> {
        requireSame(vector, "total_consumed", StreamControl.windowTotal(message));
        requireSame(vector, "ack_seq", StreamControl.ackSequence(message, id));
        StreamControl.writeWindow(
            out, streamId, u64(vector, "total_consumed"), u64(vector, "ack_seq"));
      }
      case StreamControl.NACK -> {
        requireSame(vector, "next_expected", StreamControl.ackSequence(message, id));
        requireSame(vector, "missing_bitmap", StreamControl.missingBitmap(message));
        StreamControl.writeNack(
            out, streamId, u64(vector, "next_expected"), u64(vector, "missing_bitmap"));
      }
      case StreamControl.RESET -> StreamControl.writeReset(out, streamId);
      default -> ranges(vector, message, out);
    }
    return object().put("bytes", ByteBufUtil.hexDump(out));
  }

  private static void ranges(JsonNode vector, ByteBuf message, ByteBuf out) {
    StreamControl.writeRangesHead(out, u64(vector, "stream_id"), u64(vector, "ack_seq"));
    int index = 0;
    for (JsonNode range : vector.path("ranges")) {
      long start = Long.parseUnsignedLong(range.path(0).textValue());
      long end = Long.parseUnsignedLong(range.path(1).textValue());
      if (start != StreamControl.rangeStart(message, index)
          || end != StreamControl.rangeEnd(message, index++)) {
        throw new AssertionError("range " + index + " is not " + range);
      }
      StreamControl.writeRange(out, start, end);
    }
  }

  private static void requireSame(JsonNode vector, String member, long read) {
    if (u64(vector, member) != read) {
      throw new AssertionError(member + " is read as " + Long.toUnsignedString(read));
    }
  }

  private static ObjectNode receiver(JsonNode vector) {
    SequenceTracker tracker = new SequenceTracker(vector.path("tx_window").intValue());
    ObjectNode answer = object();
    ArrayNode steps = answer.putArray("steps");
    for (JsonNode step : vector.path("steps")) {
      SequenceTracker.Outcome outcome = tracker.receive(u64(step, "seq"));
      ObjectNode answered = steps.addObject();
      answered.put(
          "accepted",
          outcome == SequenceTracker.Outcome.IN_ORDER || outcome == SequenceTracker.Outcome.AHEAD);
      answered.put("next_expected", u64(tracker.nextExpected()));
      answered.set("ack_ranges", ranges(tracker));
      answered.set("nack", nack(tracker));
    }
    return answer;
  }

  private static ArrayNode ranges(SequenceTracker tracker) {
    ByteBuf written = Unpooled.buffer();
    tracker.writeNewestRanges(written, Math.min(tracker.rangeCount(), StreamControl.MAX_RANGES));
    ArrayNode ranges = object().putArray("ranges");
    while (written.readableBytes() >= RANGE_BYTES) {
      ranges.addArray().add(u64(written.readLongLE())).add(u64(written.readLongLE()));
    }
    return ranges;
  }

  private static JsonNode nack(SequenceTracker tracker) {
    if (!tracker.hasGap()) {
      return NullNode.getInstance();
    }
    return object()
        .put("missing_bitmap", u64(tracker.missingBitmap()))
        .put("next_expected", u64(tracker.nextExpected()));
  }

  /** Lichen repeats no later than the ladder says, and gives up no earlier. */
  static final class Ladder implements VectorCheck {
    /** Natives wait no longer for an answer before they repeat. */
    private static final int LONGEST_MS = 2000;

    @Override
    public ObjectNode answer(Vector vector) {
      long rtoNs = vector.inputs().path("rto_ms").longValue() * MS;
      ObjectNode answer = object().put("give_up_after_ms", (int) (LossRecovery.GIVE_UP_NS / MS));
      ArrayNode timeouts = answer.putArray("timeouts_ms");
      for (int i = 0; i < vector.inputs().path("timeouts_ms").size(); i++) {
        timeouts.add((int) (LossRecovery.intervalNs(rtoNs, i) / MS));
      }
      return answer;
    }

    @Override
    public ObjectNode expected(Vector vector) {
      return Trees.members(vector.inputs(), "give_up_after_ms", "timeouts_ms");
    }

    @Override
    public List<Deviation> deviations(Vector vector) {
      List<Deviation> deviations = new ArrayList<>();
      JsonNode recorded = ofNatives(vector);
      JsonNode ours = answer(vector);
      better(
          deviations,
          "/give_up_after_ms",
          ours,
          recorded,
          1,
          "a stream whose acknowledgements are lost is not reset by chance");
      for (int i = 0; i < recorded.path("timeouts_ms").size(); i++) {
        better(
            deviations,
            "/timeouts_ms/" + i,
            ours,
            recorded,
            -1,
            "more tries in the same time get through more loss");
      }
      return deviations;
    }

    /** By the natives' rule, so that a recording that says something else is noticed. */
    private static ObjectNode ofNatives(Vector vector) {
      int rtoMs = vector.inputs().path("rto_ms").intValue();
      ObjectNode natives = object();
      ArrayNode timeouts = natives.putArray("timeouts_ms");
      int sumMs = 0;
      for (int i = 0; i < vector.inputs().path("timeouts_ms").size(); i++) {
        int timeoutMs = Math.min(rtoMs << i, LONGEST_MS);
        timeouts.add(timeoutMs);
        sumMs += timeoutMs;
      }
      return natives.put("give_up_after_ms", sumMs);
    }

    /** A row is better if it differs in the direction that is meant. */
    private static void better(
        List<Deviation> deviations,
        String path,
        JsonNode ours,
        JsonNode recorded,
        int direction,
        String why) {
      int our = ours.at(path).intValue();
      int their = recorded.at(path).intValue();
      if (Integer.signum(our - their) == direction) {
        deviations.add(new Deviation(path, IntNode.valueOf(their), IntNode.valueOf(our), why));
      }
    }
  }
}
