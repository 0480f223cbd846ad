// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;
import static io.lichen.conformance.vectors.Trees.utf8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Vector;
import io.lichen.transport.moss.handshake.Established;
import io.lichen.transport.moss.handshake.TcpHandshake;
import io.lichen.transport.moss.session.TcpFrameSealer;
import java.io.ByteArrayOutputStream;

/** All octets of both directions of a TCP connection. */
final class TcpTranscriptCheck {
  private TcpTranscriptCheck() {}

  static ObjectNode answer(Vector vector) {
    Parties parties = new Parties(vector.inputs());
    TcpHandshake initiator =
        TcpHandshake.initiator(parties.context(Parties.INITIATOR), parties.knownStatic());
    TcpHandshake responder = TcpHandshake.responder(parties.context(Parties.RESPONDER));
    ByteArrayOutputStream fromInitiator = new ByteArrayOutputStream();
    ByteArrayOutputStream fromResponder = new ByteArrayOutputStream();
    byte[] said = initiator.begin();
    for (boolean initiates = true; said.length > 0; initiates = !initiates) {
      (initiates ? fromInitiator : fromResponder).writeBytes(said);
      said = feed(initiates ? responder : initiator, said);
    }
    TcpFrameSealer initiatorSealer = sealer(initiator);
    TcpFrameSealer responderSealer = sealer(responder);
    for (JsonNode packet : vector.inputs().path("after_handshake")) {
      boolean initiates = text(packet, "from").equals(Parties.INITIATOR);
      int stream = packet.path("stream").intValue();
      (initiates ? fromInitiator : fromResponder)
          .writeBytes(
              PacketTrees.frame(
                  initiates ? initiatorSealer : responderSealer,
                  stream,
                  utf8(packet, "payload_utf8")));
    }
    return object()
        .put("initiator_stream", hex(fromInitiator.toByteArray()))
        .put("responder_stream", hex(fromResponder.toByteArray()));
  }

  private static byte[] feed(TcpHandshake to, byte[] octets) {
    ByteArrayOutputStream reply = new ByteArrayOutputStream();
    int taken = 0;
    while (taken < octets.length) {
      int part = Math.min(to.wanted(), octets.length - taken);
      if (part == 0) {
        throw new AssertionError("the handshake does not want all octets that were meant for it");
      }
      reply.writeBytes(to.receive(octets, taken, part));
      taken += part;
    }
    return reply.toByteArray();
  }

  private static TcpFrameSealer sealer(TcpHandshake handshake) {
    Established established = handshake.established();
    if (established == null) {
      throw new AssertionError("the handshake is not over when it should be");
    }
    return new TcpFrameSealer(established.keys().sendKey());
  }
}
