// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.net;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.net.Longs.u64;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.ListCheck;
import io.lichen.conformance.vectors.Trees;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.transport.net.EventBatch;
import io.lichen.transport.net.stream.Fragmenter;
import io.lichen.transport.net.stream.StreamPacket;
import io.lichen.transport.net.stream.StreamPool;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** Events of several packets: how they are cut, and put together. */
final class FragmentChecks {
  private static final String[] CUT_FIELDS = {
    "event_count", "frag_flags", "fragment_id", "fragment_offset", "payload_len"
  };

  private FragmentChecks() {}

  static VectorCheck decode() {
    return new ListCheck(
        vector -> new RecordedReassembly(vector).answer(),
        "steps",
        "held_bytes",
        "open_groups",
        "outcome",
        "payload_len",
        "payload_sha256");
  }

  static String sha256(ByteBuf bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return hex(digest.digest(ByteBufUtil.getBytes(bytes)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Cuts the recorded event; a packet that was sent again is the piece of its offset. */
  static final class Encode implements VectorCheck {
    private final StreamPool pool = new StreamPool(UnpooledByteBufAllocator.DEFAULT);

    @Override
    public ObjectNode answer(Vector vector) {
      JsonNode recorded = vector.inputs();
      StreamPacket whole = whole(recorded);
      boolean fits = whole.frames().readableBytes() <= EventBatch.MAX_PAYLOAD_BYTES;
      int creditBytes = fits ? whole.costBytes() : Fragmenter.costBytes(whole);
      List<StreamPacket> pieces =
          new ArrayList<>(
              fits
                  ? List.of(whole)
                  : Fragmenter.split(whole, recorded.path("fragment_id").intValue(), pool));
      ObjectNode answer = object().put("credit_bytes", creditBytes);
      ArrayNode packets = answer.putArray("packets");
      for (JsonNode packet : recorded.path("packets")) {
        int offset = packet.path("header").path("fragment_offset").intValue();
        packets.add(
            pieces.stream()
                .filter(piece -> piece.fragmentOffset() == offset)
                .findFirst()
                .map(Encode::packet)
                .orElseThrow());
      }
      pieces.forEach(pool::giveBack);
      return answer;
    }

    private StreamPacket whole(JsonNode recorded) {
      int length = recorded.path("event_len").intValue();
      int seed = recorded.path("event_seed").intValue();
      ByteBuf frame = Unpooled.buffer(Integer.BYTES + length).writeIntLE(length);
      for (int i = 0; i < length; i++) {
        frame.writeByte(seed + 7 * i + (i >> Byte.SIZE));
      }
      boolean reliable = recorded.path("reliable").booleanValue();
      return pool.take().begin(u64(recorded, "stream_id"), reliable).payload(frame, 1);
    }

    private static ObjectNode packet(StreamPacket piece) {
      ObjectNode packet = object().put("plaintext_sha256", sha256(piece.frames()));
      packet
          .putObject("header")
          .put("event_count", piece.eventCount())
          .put("frag_flags", piece.fragmentFlags())
          .put("fragment_id", piece.fragmentId())
          .put("fragment_offset", piece.fragmentOffset())
          .put("payload_len", piece.frames().readableBytes());
      return packet;
    }

    @Override
    public ObjectNode expected(Vector vector) {
      ObjectNode expected = Trees.members(vector.inputs(), "credit_bytes");
      ArrayNode packets = expected.putArray("packets");
      for (JsonNode packet : vector.inputs().path("packets")) {
        ObjectNode each = packets.addObject();
        each.set("plaintext_sha256", packet.path("plaintext_sha256"));
        each.set("header", Trees.members(packet.path("header"), CUT_FIELDS));
      }
      return expected;
    }
  }
}
