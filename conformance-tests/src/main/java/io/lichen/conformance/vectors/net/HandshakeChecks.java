// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.net;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;
import static io.lichen.conformance.vectors.net.Longs.u64;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.MixedCheck;
import io.lichen.conformance.vectors.ScriptedRandom;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.crypto.entity.NodeIds;
import io.lichen.transport.net.codec.LittleEndian;
import io.lichen.transport.net.codec.PacketHeader;
import io.lichen.transport.net.codec.RoutingHeader;
import io.lichen.transport.net.handshake.NetHandshake;
import io.lichen.transport.net.handshake.NodeSecrets;
import io.lichen.transport.net.handshake.SessionKeys;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Handshakes, direct and routed, and the keys that come of them. */
final class HandshakeChecks {
  private HandshakeChecks() {}

  static VectorCheck handshake() {
    return new MixedCheck(
        HandshakeChecks::handshake,
        "datagram1",
        "datagram2",
        "initiator_route_hop_rx_key",
        "initiator_route_hop_tx_key",
        "initiator_rx_key",
        "initiator_tx_key",
        "msg1",
        "msg1_payload",
        "msg2",
        "msg2_payload",
        "nonce_prefix",
        "responder_static_public",
        "session_id");
  }

  static VectorCheck keyDerivation() {
    return new MixedCheck(HandshakeChecks::derive, "okm");
  }

  private static ObjectNode handshake(JsonNode vector) {
    NodeSecrets responderSecrets = secrets(vector, "responder");
    byte[] prologue = hex(vector, "prologue");
    byte[] responderStatic = responderSecrets.staticPublic();
    NetHandshake initiator =
        NetHandshake.initiator(secrets(vector, "initiator"), responderStatic, prologue);
    NetHandshake responder = NetHandshake.responder(responderSecrets, prologue);
    long initiatorId = u64(vector, "initiator_node_id");
    long responderId = u64(vector, "responder_node_id");
    boolean isRouted = text(vector, "mode").equals("routed");

    byte[] first = isRouted ? initiator.writeRouted(initiatorId) : initiator.writeDirect();
    byte[] firstPayload = read(responder, first);
    byte[] second = responder.writeAnswer();
    ObjectNode answer =
        object()
            .put("datagram1", hex(datagram(first, isRouted, initiatorId, responderId)))
            .put("datagram2", hex(datagram(second, isRouted, responderId, initiatorId)))
            .put("msg1", hex(first))
            .put("msg1_payload", hex(firstPayload))
            .put("msg2", hex(second))
            .put("msg2_payload", hex(read(initiator, second)))
            .put("responder_static_public", hex(responderStatic));
    return putKeys(answer, initiator.keys(), responder.keys());
  }

  private static ObjectNode putKeys(ObjectNode answer, SessionKeys own, SessionKeys other) {
    if (!Arrays.equals(own.sendKey(), other.receiveKey())
        || !Arrays.equals(own.receiveKey(), other.sendKey())) {
      throw new AssertionError("the two sides do not have each other's keys");
    }
    byte[] prefix = new byte[Integer.BYTES];
    LittleEndian.putInt(prefix, 0, SessionKeys.noncePrefix(own.sessionId()));
    return answer
        .put("initiator_route_hop_rx_key", hex(own.routeHopReceiveKey()))
        .put("initiator_route_hop_tx_key", hex(own.routeHopSendKey()))
        .put("initiator_rx_key", hex(own.receiveKey()))
        .put("initiator_tx_key", hex(own.sendKey()))
        .put("nonce_prefix", hex(prefix))
        .put("session_id", u64(own.sessionId()));
  }

  private static NodeSecrets secrets(JsonNode vector, String side) {
    byte[] ephemeral = hex(vector, side + "_ephemeral_private");
    // An initiator's static key takes no part; any will do.
    boolean isResponder = side.equals("responder");
    byte[] ownStatic = isResponder ? hex(vector, "responder_static_private") : ephemeral;
    return NodeSecrets.of(hex(vector, "psk"), ownStatic, new ScriptedRandom(List.of(ephemeral)));
  }

  private static byte[] read(NetHandshake reader, byte[] message) {
    return Objects.requireNonNull(reader.read(message, 0, message.length), "not authentic");
  }

  private static byte[] datagram(byte[] message, boolean isRouted, long from, long to) {
    int at = isRouted ? RoutingHeader.BYTES : 0;
    byte[] datagram = new byte[at + PacketHeader.BYTES + message.length];
    if (isRouted) {
      RoutingHeader.write(datagram, 0, RoutingHeader.HANDSHAKE_TTL, NodeIds.routingId(from), to);
    }
    new PacketHeader()
        .wrap(datagram, at)
        .clear()
        .flags(PacketHeader.FLAG_HANDSHAKE)
        .payload(message.length, 0);
    System.arraycopy(message, 0, datagram, at + PacketHeader.BYTES, message.length);
    return datagram;
  }

  private static ObjectNode derive(JsonNode vector) {
    SessionKeys keys = SessionKeys.derive(hex(vector, "ikm"), true);
    byte[] key =
        switch (text(vector, "info")) {
          case "initiator-tx" -> keys.sendKey();
          case "initiator-rx" -> keys.receiveKey();
          case "route-hop-tx-v1" -> keys.routeHopSendKey();
          default -> keys.routeHopReceiveKey();
        };
    return object().put("okm", hex(key));
  }
}
