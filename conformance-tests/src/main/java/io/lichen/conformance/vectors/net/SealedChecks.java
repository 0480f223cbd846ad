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
import io.lichen.transport.net.codec.DatagramClass;
import io.lichen.transport.net.codec.EventFrames;
import io.lichen.transport.net.codec.PacketHeader;
import io.lichen.transport.net.session.PacketOpener;
import io.lichen.transport.net.session.PacketSealer;
import io.lichen.transport.net.session.ReplayWindow;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/** Packets as they are sealed, opened, and taken once. */
final class SealedChecks {
  private static final int NONCE_AT = 12;
  private static final int NONCE_BYTES = 12;
  private static final long FARTHEST_COUNTER = 65_535;

  private SealedChecks() {}

  static VectorCheck packet() {
    return new MixedCheck(SealedChecks::packet, "nonce", "packet", "plaintext");
  }

  static VectorCheck replay() {
    return new MixedCheck(SealedChecks::replay, "admitted");
  }

  /** A sealed packet: opened, and made anew out of its plaintext where a sealer soon gets there. */
  private static ObjectNode packet(JsonNode vector) {
    byte[] key = hex(vector, "key");
    long session = u64(vector, "session_id");
    long counter = u64(vector, "tx_counter");
    byte[] plain = opened(new PacketOpener(key, session), hex(vector, "packet"));
    byte[] packet = hex(vector, "packet");
    if (counter <= FARTHEST_COUNTER) {
      System.arraycopy(plain, 0, packet, PacketHeader.BYTES, plain.length);
      PacketHeader header = new PacketHeader().wrap(packet, 0).nonce(0, 0).sessionId(0);
      sealerAt(key, session, counter)
          .seal(header, packet, PacketHeader.BYTES, plain.length, packet, PacketHeader.BYTES);
    }
    return object()
        .put("nonce", hex(Arrays.copyOfRange(packet, NONCE_AT, NONCE_AT + NONCE_BYTES)))
        .put("packet", hex(packet))
        .put("plaintext", hex(plain));
  }

  private static PacketSealer sealerAt(byte[] key, long session, long counter) {
    PacketSealer sealer = new PacketSealer(key, session);
    byte[] scratch = new byte[PacketSealer.OVERHEAD_BYTES];
    PacketHeader header = new PacketHeader().wrap(scratch, 0);
    while (sealer.counter() != counter) {
      sealer.seal(header.clear(), scratch, PacketHeader.BYTES, 0, scratch, PacketHeader.BYTES);
    }
    return sealer;
  }

  /** The plaintext of a packet; it must be authentic and new. */
  private static byte[] opened(PacketOpener opener, byte[] packet) {
    PacketHeader header = new PacketHeader().wrap(packet, 0);
    int sealedBytes = packet.length - PacketHeader.BYTES;
    int bytes = opener.open(header, packet, PacketHeader.BYTES, sealedBytes);
    if (bytes < 0) {
      throw new AssertionError("the packet does not open: " + bytes);
    }
    return Arrays.copyOfRange(packet, PacketHeader.BYTES, PacketHeader.BYTES + bytes);
  }

  private static ObjectNode replay(JsonNode vector) {
    ReplayWindow window = new ReplayWindow();
    ObjectNode answer = object();
    ArrayNode admitted = answer.putArray("admitted");
    for (JsonNode text : vector.path("counters")) {
      long counter = Long.parseUnsignedLong(text.textValue());
      boolean isFresh = window.isFresh(counter);
      if (isFresh) {
        window.mark(counter);
      }
      admitted.add(isFresh);
    }
    return answer;
  }

  /** A session as it crossed the wire: every packet opens, once, and holds the recorded events. */
  static final class Session implements VectorCheck {
    @Override
    public ObjectNode answer(Vector vector) {
      JsonNode recording = vector.inputs();
      long session = u64(recording, "session_id");
      PacketOpener atResponder = new PacketOpener(hex(recording, "initiator_tx_key"), session);
      PacketOpener atInitiator = new PacketOpener(hex(recording, "initiator_rx_key"), session);
      ObjectNode answer = object();
      ArrayNode packets = answer.putArray("packets");
      for (JsonNode packet : recording.path("packets")) {
        boolean toResponder = packet.path("direction").asText().startsWith("initiator");
        packets.add(read(hex(packet, "bytes"), toResponder ? atResponder : atInitiator));
      }
      return answer;
    }

    @Override
    public ObjectNode expected(Vector vector) {
      ObjectNode expected = object();
      ArrayNode packets = expected.putArray("packets");
      for (JsonNode packet : vector.inputs().path("packets")) {
        packets.add(Trees.members(packet, "events", "kind", "plaintext"));
      }
      return expected;
    }

    private static ObjectNode read(byte[] bytes, PacketOpener opener) {
      if (DatagramClass.of(bytes, 0, bytes.length) == DatagramClass.PINGWAVE) {
        return object().put("kind", "pingwave");
      }
      PacketHeader header = new PacketHeader().wrap(bytes, 0);
      if (header.isHandshake()) {
        return object().put("kind", "handshake");
      }
      ObjectNode shown = object().put("kind", kindOf(header));
      int eventCount = header.eventCount();
      byte[] plain = opened(opener, bytes);
      putEvents(shown.putArray("events"), plain, eventCount);
      return shown.put("plaintext", hex(plain));
    }

    private static String kindOf(PacketHeader header) {
      int subprotocol = header.subprotocolId();
      if (header.isHeartbeat()) {
        return "heartbeat";
      }
      return subprotocol == 0 ? "event" : "subprotocol 0x%04X".formatted(subprotocol);
    }

    private static void putEvents(ArrayNode events, byte[] plain, int count) {
      ByteBuf payload = Unpooled.wrappedBuffer(plain);
      EventFrames frames = new EventFrames().of(payload, count);
      while (frames.next()) {
        events.add(ByteBufUtil.hexDump(payload, frames.offset(), frames.length()));
      }
    }
  }
}
