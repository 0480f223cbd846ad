// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;
import static io.lichen.conformance.vectors.Trees.utf8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.conformance.vectors.Vector;
import io.lichen.core.moss.wire.Announcements;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeException;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.core.moss.wire.MessageIds;
import io.lichen.core.moss.wire.PublishCodec;
import io.lichen.crypto.identity.Identity;
import java.io.IOException;

/** Envelopes, their signatures and the ids of publishes. */
final class EnvelopeChecks {
  /**
   * The recorder could not write octets that are not UTF-8; half a surrogate pair stands for one.
   */
  private static final String NOT_UTF8 = "invalid-utf8";

  private EnvelopeChecks() {}

  static ObjectNode encode(Vector vector) throws IOException {
    boolean notUtf8 = vector.name().equals(NOT_UTF8);
    Envelope envelope = EnvelopeTrees.envelope(vector.inputs(), notUtf8);
    byte[] encoded = EnvelopeCodec.encode(envelope);
    return object().put("bytes", hex(encoded)).put("json_utf8", utf8(encoded));
  }

  static ObjectNode decode(Vector vector) {
    try {
      Envelope envelope = envelope(hex(vector.inputs(), "bytes"));
      return object()
          .put("accepted", true)
          .put("payload", hex(envelope.payload()))
          .put("reencoded_utf8", utf8(EnvelopeCodec.encode(envelope)))
          .put("type", envelope.type());
    } catch (EnvelopeException e) {
      return Trees.refused();
    }
  }

  static ObjectNode sign(Vector vector) throws EnvelopeException {
    Identity signer = IdentityChecks.identity(vector.inputs().path("signer"));
    Envelope unsigned = envelope(utf8(vector.inputs(), "envelope"));
    Envelope signed = Announcements.sign(unsigned, signer);
    boolean relaying =
        EnvelopeType.of(signed.type()) == EnvelopeType.RELAY_REQUEST
            || EnvelopeType.of(signed.type()) == EnvelopeType.RELAY_ACCEPT;
    return object()
        .put("signature", hex(relaying ? signed.relaySignature() : signed.advertisedSignature()))
        .put("signed_bytes", hex(Announcements.signedOctets(unsigned)))
        .put("verifies", Announcements.verify(signed));
  }

  static ObjectNode verify(Vector vector) throws EnvelopeException {
    Envelope envelope = envelope(utf8(vector.inputs(), "envelope"));
    EnvelopeType type = EnvelopeType.of(envelope.type());
    return switch (type) {
      case SUPERNODE_ANNOUNCE, SUPERNODE_REVOKE ->
          object()
              .put("verifies_after_forcing_true", Announcements.verifySupernode(envelope))
              .put("verifies_as_received", Announcements.verify(envelope));
      case null, default -> object().put("verifies", Announcements.verify(envelope));
    };
  }

  static ObjectNode publishId(Vector vector) {
    JsonNode inputs = vector.inputs();
    String id =
        MessageIds.publish(
            hex(inputs, "sender_id"),
            text(inputs, "channel"),
            hex(inputs, "payload"),
            Long.parseUnsignedLong(inputs.path("sequence").asText()));
    return object().put("message_id", id);
  }

  static ObjectNode meshMessageId(JsonNode vector) {
    byte[] sender = hex(vector, "sender_public");
    String topic = text(vector, "topic");
    byte[] payload = hex(vector, "payload");
    long sequence = Long.parseUnsignedLong(text(vector, "sequence"));
    String id = MessageIds.publish(sender, topic, payload, sequence);
    return object()
        .put("envelope_json", utf8(PublishCodec.encode(topic, id, sequence, sender, payload)))
        .put("message_id", id);
  }

  private static Envelope envelope(byte[] json) throws EnvelopeException {
    return EnvelopeCodec.decode(json, 0, json.length);
  }
}
