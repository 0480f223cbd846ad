// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;
import static io.lichen.conformance.vectors.Trees.utf8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.core.moss.runtime.dial.DialBackoff;
import io.lichen.core.moss.wire.Announcements;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeException;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.core.moss.wire.PeerAnnouncement;
import io.lichen.nat.profile.AddressRank;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What peers say of themselves and each other, and what follows for dialling them. */
final class PeerChecks {
  private static final long NS_PER_MS = Duration.ofMillis(1).toNanos();

  private PeerChecks() {}

  static ObjectNode sign(JsonNode vector) throws EnvelopeException, IOException {
    Envelope unsigned = envelope(vector).toBuilder().advertisedSignature(new byte[0]).build();
    Envelope signed = Announcements.sign(unsigned, RecordedIdentities.of(vector));
    boolean supernode = EnvelopeType.of(signed.type()) != EnvelopeType.PEER_ANNOUNCE;
    return object()
        .put("envelope_json", utf8(EnvelopeCodec.encode(signed)))
        .put("signature", hex(signed.advertisedSignature()))
        .put("signed_bytes", hex(Announcements.signedOctets(unsigned)))
        .put(
            "verify",
            supernode ? Announcements.verifySupernode(signed) : Announcements.verify(signed));
  }

  /** As the node looks at what it receives. */
  static ObjectNode verify(JsonNode vector) throws EnvelopeException {
    boolean valid =
        PeerAnnouncement.of(envelope(vector)).map(PeerAnnouncement::isSigned).orElse(false);
    return object().put("valid", valid);
  }

  static ObjectNode rank(JsonNode vector) {
    String address = text(vector, "addr");
    return object()
        .put("loopback", AddressRank.isLoopback(address))
        .put("rank", List.of(AddressRank.values()).indexOf(AddressRank.of(address)));
  }

  static ObjectNode backoff(JsonNode vector) {
    int failures = vector.path("failures").intValue();
    return object()
        .put("base_1000", waitMs(1000, failures))
        .put("base_5000", waitMs(5000, failures));
  }

  private static int waitMs(int baseMs, int failures) {
    return Math.toIntExact(DialBackoff.waitNs(baseMs * NS_PER_MS, failures) / NS_PER_MS);
  }

  private static Envelope envelope(JsonNode vector) throws EnvelopeException {
    byte[] json = utf8(vector, "envelope_json");
    return EnvelopeCodec.decode(json, 0, json.length);
  }
}
