// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.hexOrNull;
import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;
import static io.lichen.conformance.vectors.Trees.utf8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.conformance.vectors.Vector;
import io.lichen.core.moss.wire.InfoHash;
import io.lichen.transport.moss.codec.DatagramView;
import io.lichen.transport.moss.codec.IdentityPayload;
import io.lichen.transport.moss.codec.MalformedPayloadException;
import io.lichen.transport.moss.codec.MuxPacket;
import io.lichen.transport.moss.codec.ObfuscatedDatagrams;
import io.lichen.transport.moss.codec.PlainDatagrams;
import io.lichen.transport.moss.session.UdpPacketOpener;
import java.security.SecureRandom;
import java.util.Arrays;

/** The single pieces of the session layer. */
final class TransportChecks {
  private static final int MAX_PAD_BYTES = 256;
  private static final byte[] REPLAY_KEY = new byte[32];

  private TransportChecks() {}

  static ObjectNode infoHash(Vector vector) {
    String meshId = text(vector.inputs(), "mesh_id");
    byte[] psk = hexOrNull(vector.inputs(), "psk");
    ObjectNode answer = object().put("infohash", hex(InfoHash.of(meshId, psk)));
    return psk == null ? answer : answer.put("hkdf_output", hex(InfoHash.secret(meshId, psk)));
  }

  static ObjectNode obfuscationKey(Vector vector) {
    String mesh = text(vector.inputs(), "mesh_or_network_id");
    return object()
        .put("key", hex(ObfuscatedDatagrams.key(mesh, hexOrNull(vector.inputs(), "psk"))));
  }

  static ObjectNode identityPayload(Vector vector) {
    JsonNode inputs = vector.inputs();
    var self = IdentityChecks.identity(inputs.path("identity"));
    byte[] challenge = hexOrNull(inputs, "challenge");
    String mesh = text(inputs, "mesh_id");
    IdentityPayload payload =
        Parties.payload(mesh, self, challenge == null ? new byte[0] : challenge);
    byte[] json = payload.encode();
    return object()
        .put("json_utf8", utf8(json))
        .put("length", json.length)
        .put("signature", hex(payload.signature()))
        .put("signed_bytes", hex(IdentityPayload.signedOctets(mesh, self.noisePublic())));
  }

  static ObjectNode identityPayloadVerify(Vector vector) {
    JsonNode inputs = vector.inputs();
    try {
      IdentityPayload payload = IdentityPayload.decode(utf8(inputs, "payload_utf8"));
      if (!payload.isValidFor(text(inputs, "mesh_id"), hex(inputs, "remote_noise_static"))) {
        return Trees.refused();
      }
      return object()
          .put("accepted", true)
          .put("challenge", hex(payload.challenge()))
          .put("peer_id", hex(payload.identityPublic()));
    } catch (MalformedPayloadException e) {
      return Trees.refused();
    }
  }

  static ObjectNode muxPacket(Vector vector) {
    int stream = (int) vector.inputs().path("stream_id").longValue();
    byte[] packet = MuxPacket.encode(stream, hex(vector.inputs(), "payload"));
    if (MuxPacket.streamId(packet, 0) != stream) {
      throw new AssertionError("the stream id is not read back");
    }
    return object().put("packet", hex(packet));
  }

  static ObjectNode obfuscated(Vector vector) {
    JsonNode inputs = vector.inputs();
    byte[] key = ObfuscatedDatagrams.key(text(inputs, "mesh_id"), hexOrNull(inputs, "psk"));
    byte[] pad = hex(inputs, "pad");
    byte[] datagram =
        obfuscated(
            key, inputs.path("kind").intValue(), hex(inputs, "payload"), hex(inputs, "nonce"), pad);
    return object()
        .put("datagram", hex(datagram))
        .put("key", hex(key))
        .put("length", datagram.length)
        .put("pad_len", pad.length);
  }

  static byte[] obfuscated(byte[] key, int kind, byte[] payload, byte[] nonce, byte[] pad) {
    ObfuscatedDatagrams codec = codec(key);
    byte[] out = new byte[payload.length + codec.maxOverheadBytes() + pad.length];
    int length = codec.seal(kind, payload, 0, payload.length, nonce, pad, pad.length, out, 0);
    return Arrays.copyOf(out, length);
  }

  static ObjectNode open(Vector vector) {
    byte[] datagram = hex(vector.inputs(), "datagram");
    DatagramView view = new DatagramView();
    ObfuscatedDatagrams codec =
        codec(ObfuscatedDatagrams.key(text(vector.inputs(), "mesh_id"), null));
    return codec.open(datagram, 0, datagram.length, view)
        ? object()
            .put("accepted", true)
            .put("kind", view.kind())
            .put("payload", hex(view.payload()))
        : Trees.refused();
  }

  static ObjectNode plain(Vector vector) {
    byte[] payload = hex(vector.inputs(), "payload");
    PlainDatagrams codec = new PlainDatagrams();
    byte[] out = new byte[payload.length + codec.maxOverheadBytes()];
    int kind = vector.inputs().path("kind").intValue();
    int length = codec.seal(kind, payload, 0, payload.length, out, 0);
    return object().put("datagram", hex(Arrays.copyOf(out, length)));
  }

  static ObjectNode replay(Vector vector) {
    JsonNode inputs = vector.inputs();
    ObjectNode answer = object();
    ArrayNode delivered = answer.putArray("delivered");
    if (inputs.has("packets")) {
      UdpPacketOpener opener = new UdpPacketOpener(hex(inputs, "key"));
      for (JsonNode packet : inputs.path("packets")) {
        delivered.add(opens(opener, java.util.HexFormat.of().parseHex(packet.asText())));
      }
    } else {
      UdpPacketOpener opener = new UdpPacketOpener(REPLAY_KEY);
      for (JsonNode sequence : inputs.path("sequence")) {
        byte[] mux = MuxPacket.encode(MuxPacket.MESH_STREAM, new byte[0]);
        delivered.add(opens(opener, PacketTrees.sealed(REPLAY_KEY, sequence.longValue(), mux)));
      }
    }
    return answer;
  }

  private static boolean opens(UdpPacketOpener opener, byte[] packet) {
    return opener.open(packet, 0, packet.length) >= 0;
  }

  private static ObfuscatedDatagrams codec(byte[] key) {
    return new ObfuscatedDatagrams(key, MAX_PAD_BYTES, true, new SecureRandom());
  }
}
