// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.conformance.vectors.Vector;
import io.lichen.crypto.X25519;
import io.lichen.crypto.identity.Identity;
import io.lichen.crypto.noise.NoiseException;
import io.lichen.crypto.noise.NoiseHandshake;
import io.lichen.crypto.noise.NoiseHandshakeBuilder;
import io.lichen.crypto.noise.NoisePattern;
import java.util.Arrays;
import java.util.List;

/** Noise handshakes, message by message. */
final class NoiseChecks {
  private static final byte[] NOTHING = new byte[0];

  private NoiseChecks() {}

  static ObjectNode handshake(Vector vector) {
    JsonNode inputs = vector.inputs();
    Parties parties = new Parties(inputs);
    NoiseHandshake initiator = parties.noise(Parties.INITIATOR);
    NoiseHandshake responder = parties.noise(Parties.RESPONDER);
    ObjectNode answer =
        object()
            .put("h_after_prologue_and_premessages", sameHash(initiator, responder))
            .put("prologue", hex(parties.prologue()))
            .put("protocol_name", parties.pattern().protocolName());
    ArrayNode messages = answer.putArray("messages");
    List<String> turns = List.of(Parties.INITIATOR, Parties.RESPONDER, Parties.INITIATOR);
    for (String from : turns.subList(0, parties.pattern().messageCount())) {
      // The first message of XX is the only one in clear: it carries nothing.
      boolean silent = !parties.isIk() && messages.isEmpty();
      byte[] payload = silent ? NOTHING : parties.payload(from);
      boolean initiates = from.equals(Parties.INITIATOR);
      NoiseHandshake writer = initiates ? initiator : responder;
      byte[] message = pass(writer, initiates ? responder : initiator, payload);
      messages
          .addObject()
          .put("from", from)
          .put("handshake_hash_after", sameHash(initiator, responder))
          .put("length", message.length)
          .put("message", hex(message))
          .put("payload_utf8", Trees.utf8(payload));
    }
    for (String side : List.of(Parties.INITIATOR, Parties.RESPONDER)) {
      byte[] ephemeral = X25519.publicKey(hex(inputs, side + "_ephemeral_private"));
      answer.put(side + "_ephemeral_public", hex(ephemeral));
    }
    answer.put("handshake_hash", sameHash(initiator, responder));
    boolean tcp = text(inputs, "carrier").equals("tcp");
    direction(answer, "initiator_to_responder", initiator, responder, tcp, vector.expected());
    direction(answer, "responder_to_initiator", responder, initiator, tcp, vector.expected());
    return answer;
  }

  private static void direction(
      ObjectNode answer,
      String name,
      NoiseHandshake from,
      NoiseHandshake to,
      boolean tcp,
      JsonNode expected) {
    byte[] key = from.split().sendKey();
    require(Arrays.equals(key, to.split().receiveKey()), "both sides have the same key");
    answer.put(name + "_key", hex(key));
    JsonNode recorded = expected.path(name + "_packets");
    answer.set(
        name + "_packets", tcp ? PacketTrees.tcp(key, recorded) : PacketTrees.udp(key, recorded));
  }

  static ObjectNode mismatch(Vector vector) {
    JsonNode inputs = vector.inputs();
    boolean ik = !vector.name().startsWith("xx");
    Identity initiating = IdentityChecks.identity(inputs.path(Parties.INITIATOR));
    Identity responding = IdentityChecks.identity(inputs.path(Parties.RESPONDER));
    NoiseHandshakeBuilder first = builder(ik, inputs, Parties.INITIATOR, initiating);
    if (ik) {
      byte[] stale = Trees.hexOrNull(inputs, "cached_static");
      first.remoteStatic(stale == null ? responding.noisePublic() : stale);
    }
    NoiseHandshake initiator = first.initiator(true).build();
    NoiseHandshake responder = builder(ik, inputs, Parties.RESPONDER, responding).build();
    byte[] payload = ik ? payload(inputs, Parties.INITIATOR, initiating) : NOTHING;
    byte[] message1 = initiator.writeMessage(payload);
    boolean accepted = reads(responder, message1);
    ObjectNode answer =
        object().put("message_1", hex(message1)).put("message_1_accepted", accepted);
    if (accepted) {
      byte[] message2 = responder.writeMessage(payload(inputs, Parties.RESPONDER, responding));
      answer.put("message_2", hex(message2)).put("message_2_accepted", reads(initiator, message2));
    }
    return answer;
  }

  private static NoiseHandshakeBuilder builder(
      boolean ik, JsonNode inputs, String side, Identity self) {
    NoiseHandshakeBuilder builder =
        NoiseHandshake.builder(ik ? NoisePattern.IK : NoisePattern.XX)
            .prologue(Parties.prologue(text(inputs, side + "_mesh_id")))
            .localStatic(self.noisePrivate(), self.noisePublic());
    byte[] ephemeral = Trees.hexOrNull(inputs, side + "_ephemeral_private");
    return ephemeral == null ? builder : builder.fixedEphemeral(ephemeral);
  }

  private static byte[] payload(JsonNode inputs, String side, Identity self) {
    return Parties.payload(text(inputs, side + "_mesh_id"), self, NOTHING).encode();
  }

  private static boolean reads(NoiseHandshake reader, byte[] message) {
    try {
      reader.readMessage(message, 0, message.length);
      return true;
    } catch (NoiseException e) {
      return false;
    }
  }

  private static byte[] pass(NoiseHandshake writer, NoiseHandshake reader, byte[] payload) {
    byte[] message = writer.writeMessage(payload);
    byte[] read = reader.readMessage(message, 0, message.length);
    require(Arrays.equals(payload, read), "a payload arrives as it was sent");
    return message;
  }

  private static String sameHash(NoiseHandshake initiator, NoiseHandshake responder) {
    require(
        Arrays.equals(initiator.handshakeHash(), responder.handshakeHash()),
        "both sides have the same hash");
    return hex(initiator.handshakeHash());
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("it does not hold that " + what);
    }
  }
}
