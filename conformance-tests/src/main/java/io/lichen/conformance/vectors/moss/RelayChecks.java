// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;
import static io.lichen.conformance.vectors.Trees.utf8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Vector;
import io.lichen.core.moss.runtime.nat.relay.TunnelKeys;
import io.lichen.core.moss.wire.Announcements;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeException;
import io.lichen.crypto.ChaChaPoly;
import io.lichen.crypto.PeerId;
import io.lichen.crypto.identity.Identity;
import io.lichen.nat.profile.NatType;
import io.lichen.nat.relay.RelayCandidate;
import io.lichen.nat.relay.RelayRate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What relays and the ends of sessions through them seal, sign, choose and bear. */
final class RelayChecks {
  /** Those whose keys stand in the vectors on identities. */
  private static final int RECORDED_IDENTITIES = 3;

  private RelayChecks() {}

  static ObjectNode transportSeal(Vector vector) {
    JsonNode inputs = vector.inputs();
    Identity source = IdentityChecks.identity(inputs.path("source"));
    Identity target = IdentityChecks.identity(inputs.path("target"));
    byte[] secret = secret(source, target);
    TunnelKeys keys = keys(inputs, secret, source.peerId(), target.peerId());
    return object()
        .put("aad_utf8", utf8(keys.associatedData()))
        .put("dh_secret", hex(secret))
        .put("key", hex(keys.key()))
        .put("payload", hex(sealed(keys, hex(inputs, "nonce"), utf8(inputs, "inner_utf8"))));
  }

  static ObjectNode meshSeal(JsonNode vector) throws IOException {
    Identity source = RecordedIdentities.of(vector, "source_identity");
    String bound = text(vector, "aad");
    PeerId target = PeerId.parse(bound.substring(bound.lastIndexOf('|') + 1));
    byte[] secret = recordedSecret(vector, source);
    TunnelKeys keys = keys(vector, secret, source.peerId(), target);
    return object()
        .put("aad", utf8(keys.associatedData()))
        .put("key", hex(keys.key()))
        .put("payload", hex(sealed(keys, hex(vector, "nonce"), utf8(vector, "plaintext_json"))))
        .put("shared_secret", hex(secret));
  }

  /** From the target's keys, if they are recorded: either end must come to the same secret. */
  private static byte[] recordedSecret(JsonNode vector, Identity source) throws IOException {
    boolean known = vector.path("target_identity").intValue() < RECORDED_IDENTITIES;
    return known
        ? secret(RecordedIdentities.of(vector, "target_identity"), source)
        : hex(vector, "shared_secret");
  }

  private static byte[] secret(Identity own, Identity other) {
    return TunnelKeys.secret(own, other.noisePublic()).orElseThrow();
  }

  private static TunnelKeys keys(JsonNode vector, byte[] secret, PeerId source, PeerId target) {
    return TunnelKeys.of(
        secret, text(vector, "network_id"), text(vector, "session"), source, target);
  }

  private static byte[] sealed(TunnelKeys keys, byte[] nonce, byte[] plaintext) {
    byte[] bound = keys.associatedData();
    byte[] sealed = new byte[nonce.length + plaintext.length + ChaChaPoly.TAG_BYTES];
    System.arraycopy(nonce, 0, sealed, 0, nonce.length);
    new ChaChaPoly(keys.key())
        .seal(nonce, bound, 0, bound.length, plaintext, 0, plaintext.length, sealed, nonce.length);
    return sealed;
  }

  static ObjectNode signature(JsonNode vector) throws EnvelopeException, IOException {
    byte[] json = utf8(vector, "envelope_json");
    Envelope recorded = EnvelopeCodec.decode(json, 0, json.length);
    Envelope unsigned = recorded.toBuilder().relaySignature(new byte[0]).build();
    Envelope signed = Announcements.sign(unsigned, RecordedIdentities.of(vector));
    return object()
        .put("envelope_json", utf8(EnvelopeCodec.encode(signed)))
        .put("signature", hex(signed.relaySignature()))
        .put("signed_bytes", hex(Announcements.signedOctets(unsigned)));
  }

  static ObjectNode rate(JsonNode vector) {
    RelayRate rate =
        RelayRate.of(
            vector.path("relay_max_bandwidth_kbps").longValue(),
            vector.path("rate_limit_burst").longValue(),
            vector.path("rate_limit_sustained").longValue());
    return object()
        .put("capacity", Math.toIntExact(rate.capacityBytes()))
        .put("refill_per_second", Math.toIntExact(rate.perSecondBytes()));
  }

  static ObjectNode select(JsonNode vector) {
    List<RelayCandidate<PeerId>> connected = new ArrayList<>();
    for (JsonNode peer : vector.path("peers")) {
      connected.add(candidate(peer));
    }
    List<PeerId> chosen = RelayCandidate.inOrder(PeerId.parse(text(vector, "target")), connected);
    ObjectNode answer = object();
    ArrayNode candidates = answer.putArray("candidates");
    chosen.forEach(peer -> candidates.add(peer.hex()));
    return answer.put("error", chosen.isEmpty());
  }

  /** Trusted is what comes from a valid announcement; a node keeps no other status. */
  private static RelayCandidate<PeerId> candidate(JsonNode peer) {
    NatType type = NatType.of(text(peer, "nat_type"));
    return new RelayCandidate<>(
        PeerId.parse(text(peer, "id")),
        peer.path("nat_trusted").booleanValue() && peer.path("relay_capable").booleanValue(),
        peer.path("public_reachable").booleanValue(),
        type == NatType.PUBLIC || type == NatType.FULL_CONE,
        peer.path("relayed").booleanValue(),
        peer.path("score").doubleValue(),
        peer.path("sessions_via").intValue());
  }
}
