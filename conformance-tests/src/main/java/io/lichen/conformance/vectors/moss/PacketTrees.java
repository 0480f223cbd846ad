// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.hex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.crypto.ChaChaPoly;
import io.lichen.transport.moss.codec.MuxPacket;
import io.lichen.transport.moss.session.TcpFrameOpener;
import io.lichen.transport.moss.session.TcpFrameSealer;
import io.lichen.transport.moss.session.UdpPacketOpener;
import io.lichen.transport.moss.session.UdpPacketSealer;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The first packets of a session, sealed by one side and opened by the other. */
final class PacketTrees {
  private PacketTrees() {}

  static ArrayNode tcp(byte[] key, JsonNode recorded) {
    TcpFrameSealer sealer = new TcpFrameSealer(key);
    TcpFrameOpener opener = new TcpFrameOpener(key);
    ArrayNode packets = JsonNodeFactory.instance.arrayNode();
    for (JsonNode packet : recorded) {
      byte[] plaintext = hex(packet, "plaintext");
      byte[] frame = frame(sealer, MuxPacket.streamId(plaintext, 0), payload(plaintext));
      byte[] body = Arrays.copyOfRange(frame, TcpFrameSealer.LENGTH_BYTES, frame.length);
      int nonce = packets.size();
      packets
          .addObject()
          .put("ciphertext", hex(body))
          .put("nonce", nonce)
          .put("plaintext", opened(body, 0, opener.open(body, 0, body.length)))
          .put("tcp_frame", hex(frame));
    }
    return packets;
  }

  static byte[] frame(TcpFrameSealer sealer, int stream, byte[] payload) {
    byte[] frame = new byte[payload.length + TcpFrameSealer.OVERHEAD_BYTES];
    return Arrays.copyOf(frame, sealer.seal(stream, payload, frame, 0));
  }

  static ArrayNode udp(byte[] key, JsonNode recorded) {
    UdpPacketSealer sealer = new UdpPacketSealer(key);
    UdpPacketOpener opener = new UdpPacketOpener(key);
    ArrayNode packets = JsonNodeFactory.instance.arrayNode();
    for (JsonNode packet : recorded) {
      byte[] plaintext = hex(packet, "plaintext");
      // A sealer counts from 0; a number far away is sealed by hand.
      boolean far = packet.has("nonce_hex");
      long sequence = far ? packet.path("nonce").longValue() : packets.size();
      byte[] sealed =
          far
              ? sealed(key, sequence, plaintext)
              : packet(sealer, MuxPacket.streamId(plaintext, 0), payload(plaintext));
      ObjectNode tree = packets.addObject().put("nonce", sequence).put("packet", hex(sealed));
      if (far) {
        tree.put("nonce_hex", hex(ByteBuffer.allocate(Long.BYTES).putLong(sequence).array()));
      }
      int length = opener.open(sealed, 0, sealed.length);
      tree.put("plaintext", opened(sealed, UdpPacketSealer.SEQUENCE_BYTES, length));
    }
    return packets;
  }

  static byte[] packet(UdpPacketSealer sealer, int stream, byte[] payload) {
    byte[] packet = new byte[payload.length + UdpPacketSealer.OVERHEAD_BYTES];
    return Arrays.copyOf(packet, sealer.seal(stream, payload, packet, 0));
  }

  /** A session packet with this sequence number. */
  static byte[] sealed(byte[] key, long sequence, byte[] muxPacket) {
    byte[] header = ByteBuffer.allocate(Long.BYTES).putLong(sequence).array();
    byte[] packet = Arrays.copyOf(header, header.length + muxPacket.length + ChaChaPoly.TAG_BYTES);
    new ChaChaPoly(key)
        .seal(
            sequence,
            header,
            0,
            header.length,
            muxPacket,
            0,
            muxPacket.length,
            packet,
            header.length);
    return packet;
  }

  private static String opened(byte[] buffer, int offset, int length) {
    return length < 0 ? "refused" : hex(Arrays.copyOfRange(buffer, offset, offset + length));
  }

  private static byte[] payload(byte[] muxPacket) {
    return Arrays.copyOfRange(muxPacket, MuxPacket.HEADER_BYTES, muxPacket.length);
  }
}
