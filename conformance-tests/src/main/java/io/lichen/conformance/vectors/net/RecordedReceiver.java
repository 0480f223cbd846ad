// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.net;

import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.net.Longs.u64;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.transport.net.stream.SessionStreams;
import io.lichen.transport.net.stream.StreamCounters;
import io.lichen.transport.net.stream.StreamPacket;
import io.lichen.transport.net.stream.StreamPool;
import io.lichen.transport.net.stream.StreamSettings;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;

/** A receiver of one stream that goes through a recording in which no time passes. */
final class RecordedReceiver {
  private static final long NOW_NS = 1;
  private static final long STREAM_ID = 77;
  private static final StreamSettings SETTINGS = new StreamSettings(8, Long.MAX_VALUE / 2, 1);

  private final List<Long> delivered = new ArrayList<>();
  private final StreamPool pool = new StreamPool(UnpooledByteBufAllocator.DEFAULT);
  private final StreamPacket packet = pool.take();
  private final SessionStreams streams =
      new SessionStreams(
          SETTINGS,
          pool,
          new SilentOutput(sent -> {}, whole -> delivered.add(whole.sequence())),
          new StreamCounters());

  ObjectNode answer(JsonNode vector) {
    ObjectNode answer = object();
    ArrayNode steps = answer.putArray("steps");
    for (JsonNode step : vector.path("steps")) {
      delivered.clear();
      packet.begin(STREAM_ID, u64(step, "sequence"), step.path("flags").intValue());
      boolean accepted = streams.onPacket(packet.payload(Unpooled.EMPTY_BUFFER, 1), NOW_NS);
      ArrayNode out = steps.addObject().put("accepted", accepted).putArray("delivered");
      delivered.forEach(sequence -> out.add(u64(sequence)));
    }
    streams.close();
    return answer;
  }
}
