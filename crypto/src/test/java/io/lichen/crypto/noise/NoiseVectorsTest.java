// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.noise;

import static io.lichen.crypto.SharedVectors.hex;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.crypto.ChaChaPoly;
import io.lichen.crypto.SharedVectors;
import io.lichen.crypto.X25519;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whole handshakes against published and recorded ones, octet by octet. */
class NoiseVectorsTest {
  @Test
  void shouldSpeakPublishedHandshakes() {
    List<JsonNode> known =
        SharedVectors.elements(
                SharedVectors.read("public/noise-25519-chachapoly-blake2s.json").get("vectors"))
            .filter(vector -> patternOf(vector).isPresent())
            .toList();
    known.forEach(NoiseVectorsTest::replayPublished);
    assertEquals(
        EnumSet.of(NoisePattern.XX, NoisePattern.IK, NoisePattern.NK_PSK0),
        known.stream().map(vector -> patternOf(vector).orElseThrow()).collect(Collectors.toSet()));
  }

  @Test
  void shouldSpeakHandshakesRecordedFromMoss() {
    long handshakes =
        SharedVectors.elements(SharedVectors.read("moss-transport.json").get("vectors"))
            .filter(vector -> vector.get("kind").asText().equals("noise_handshake"))
            .peek(NoiseVectorsTest::replayMoss)
            .count();
    assertTrue(handshakes >= 9, "handshakes " + handshakes);
  }

  private static Optional<NoisePattern> patternOf(JsonNode vector) {
    String name = vector.get("protocol_name").asText();
    return Arrays.stream(NoisePattern.values())
        .filter(pattern -> pattern.protocolName().equals(name))
        .findFirst();
  }

  private static void replayPublished(JsonNode vector) {
    NoisePattern pattern = patternOf(vector).orElseThrow();
    NoiseHandshake initiator = publishedSide(vector, pattern, "init", true);
    NoiseHandshake responder = publishedSide(vector, pattern, "resp", false);
    JsonNode messages = vector.get("messages");
    for (int index = 0; index < pattern.messageCount(); index++) {
      NoiseHandshake writer = index % 2 == 0 ? initiator : responder;
      NoiseHandshake reader = index % 2 == 0 ? responder : initiator;
      exchange(
          writer,
          reader,
          hex(messages.get(index), "payload"),
          hex(messages.get(index), "ciphertext"));
    }
    if (vector.hasNonNull("handshake_hash")) {
      assertArrayEquals(hex(vector, "handshake_hash"), initiator.handshakeHash());
    }
    assertArrayEquals(initiator.handshakeHash(), responder.handshakeHash());
    checkTransport(initiator.split(), responder.split(), messages, pattern.messageCount());
  }

  private static void checkTransport(
      NoiseKeys initiator, NoiseKeys responder, JsonNode messages, int first) {
    assertArrayEquals(initiator.sendKey(), responder.receiveKey());
    assertArrayEquals(initiator.receiveKey(), responder.sendKey());
    ChaChaPoly[] senders = {
      new ChaChaPoly(initiator.sendKey()), new ChaChaPoly(responder.sendKey())
    };
    long[] nonces = new long[2];
    for (int index = first; index < messages.size(); index++) {
      int side = index % 2;
      byte[] payload = hex(messages.get(index), "payload");
      byte[] sealed = new byte[payload.length + ChaChaPoly.TAG_BYTES];
      senders[side].seal(nonces[side]++, new byte[0], 0, 0, payload, 0, payload.length, sealed, 0);
      assertArrayEquals(hex(messages.get(index), "ciphertext"), sealed);
    }
  }

  private static NoiseHandshake publishedSide(
      JsonNode vector, NoisePattern pattern, String side, boolean initiator) {
    NoiseHandshakeBuilder builder =
        NoiseHandshake.builder(pattern)
            .initiator(initiator)
            .prologue(hex(vector, side + "_prologue"))
            .fixedEphemeral(hex(vector, side + "_ephemeral"));
    if (vector.hasNonNull(side + "_static")) {
      byte[] key = hex(vector, side + "_static");
      builder.localStatic(key, X25519.publicKey(key));
    }
    if (vector.hasNonNull(side + "_remote_static")) {
      builder.remoteStatic(hex(vector, side + "_remote_static"));
    }
    if (pattern.needsPsk()) {
      JsonNode psks = vector.get(side + "_psks");
      builder.psk(HexFormat.of().parseHex(psks.get(0).asText()));
    }
    return builder.build();
  }

  private static void replayMoss(JsonNode vector) {
    JsonNode inputs = vector.get("inputs");
    JsonNode expected = vector.get("expected");
    NoiseHandshake initiator = mossSide(inputs, true);
    NoiseHandshake responder = mossSide(inputs, false);
    assertArrayEquals(hex(expected, "h_after_prologue_and_premessages"), initiator.handshakeHash());
    for (JsonNode message : expected.get("messages")) {
      if (initiator.isComplete()) {
        break; // The UDP IK challenge that follows is no Noise message.
      }
      boolean fromInitiator = message.get("from").asText().equals("initiator");
      NoiseHandshake writer = fromInitiator ? initiator : responder;
      exchange(
          writer,
          fromInitiator ? responder : initiator,
          message.get("payload_utf8").asText().getBytes(UTF_8),
          hex(message, "message"));
      assertArrayEquals(hex(message, "handshake_hash_after"), writer.handshakeHash());
    }
    assertTrue(initiator.isComplete() && responder.isComplete());
    assertArrayEquals(hex(expected, "initiator_to_responder_key"), initiator.split().sendKey());
    assertArrayEquals(hex(expected, "responder_to_initiator_key"), initiator.split().receiveKey());
    assertArrayEquals(hex(inputs.get("initiator"), "noise_public"), responder.remoteStatic());
    assertArrayEquals(hex(inputs.get("responder"), "noise_public"), initiator.remoteStatic());
  }

  private static NoiseHandshake mossSide(JsonNode inputs, boolean initiator) {
    boolean psk = inputs.hasNonNull("psk");
    boolean ik = inputs.get("mode").asInt() == 2;
    NoisePattern open = ik ? NoisePattern.IK : NoisePattern.XX;
    NoisePattern closed = ik ? NoisePattern.IK_PSK0 : NoisePattern.XX_PSK0;
    String side = initiator ? "initiator" : "responder";
    JsonNode keys = inputs.get(side);
    NoiseHandshakeBuilder builder =
        NoiseHandshake.builder(psk ? closed : open)
            .initiator(initiator)
            .prologue(("moss|" + inputs.get("mesh_id").asText()).getBytes(UTF_8))
            .localStatic(hex(keys, "noise_private"), hex(keys, "noise_public"))
            .fixedEphemeral(hex(inputs, side + "_ephemeral_private"));
    if (psk) {
      builder.psk(hex(inputs, "psk"));
    }
    if (ik && initiator) {
      builder.remoteStatic(hex(inputs.get("responder"), "noise_public"));
    }
    return builder.build();
  }

  private static void exchange(
      NoiseHandshake writer, NoiseHandshake reader, byte[] payload, byte[] expected) {
    byte[] message = writer.writeMessage(payload);
    assertArrayEquals(expected, message);
    assertArrayEquals(payload, reader.readMessage(message, 0, message.length));
    assertArrayEquals(writer.handshakeHash(), reader.handshakeHash());
  }
}
