// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.net;

import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;
import static io.lichen.conformance.vectors.net.Longs.u64;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.transport.net.stream.LossRecovery;
import io.lichen.transport.net.stream.SequenceTracker;
import io.lichen.transport.net.stream.StreamContext;
import io.lichen.transport.net.stream.StreamCounters;
import io.lichen.transport.net.stream.StreamPacket;
import io.lichen.transport.net.stream.StreamPool;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;

/** A reliable sender that goes through a recording in which no time passes. */
final class RecordedSender {
  private static final long NOW_NS = 1;

  private final JsonNode vector;
  private final List<Long> sent = new ArrayList<>();
  private final StreamPool pool = new StreamPool(UnpooledByteBufAllocator.DEFAULT);
  private final LossRecovery recovery;

  RecordedSender(JsonNode vector) {
    this.vector = vector;
    StreamContext context =
        new StreamContext(
            pool, new SilentOutput(packet -> sent.add(packet.sequence())), new StreamCounters());
    int window = vector.path("tx_window").intValue();
    recovery = new LossRecovery(context, 0, SequenceTracker.maxPending(window));
  }

  ObjectNode answer() {
    ObjectNode answer = object();
    ArrayNode steps = answer.putArray("steps");
    vector.path("steps").forEach(step -> step(step, steps.addObject()));
    return answer;
  }

  private void step(JsonNode step, ObjectNode answered) {
    sent.clear();
    switch (text(step, "op")) {
      case "send" -> send(step, answered);
      case "ack" -> {
        recovery.onAck(u64(step, "ack_seq"), NOW_NS);
        recovery.settle(NOW_NS);
        state(answered);
      }
      case "ack_ranges" -> {
        // A receiver sends what is missing in the same batch: that settles it.
        recovery.onAck(u64(step, "ack_seq"), NOW_NS);
        for (JsonNode range : step.path("ranges")) {
          recovery.onRange(number(range, 0), number(range, 1), NOW_NS);
        }
        state(answered);
      }
      default -> {
        recovery.onMissing(u64(step, "next_expected"), u64(step, "missing_bitmap"), NOW_NS);
        recovery.settle(NOW_NS);
        state(answered);
        ArrayNode repeated = answered.putArray("retransmit");
        sent.forEach(sequence -> repeated.add(u64(sequence)));
      }
    }
  }

  private void send(JsonNode step, ObjectNode answered) {
    answered.put("can_send_before", recovery.hasRoom(1));
    StreamPacket packet = pool.take().begin(1, u64(step, "seq"), StreamPacket.FLAG_RELIABLE);
    recovery.send(packet.payload(Unpooled.EMPTY_BUFFER, 0), NOW_NS);
  }

  private void state(ObjectNode answered) {
    answered.put("can_send", recovery.hasRoom(1)).put("pending", recovery.unackedCount() > 0);
  }

  private static long number(JsonNode range, int index) {
    return Long.parseUnsignedLong(range.path(index).textValue());
  }
}
