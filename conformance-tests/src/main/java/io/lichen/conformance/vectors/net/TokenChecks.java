// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.net;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;
import static io.lichen.conformance.vectors.net.Longs.u64;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.MixedCheck;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.crypto.entity.EntityId;
import io.lichen.crypto.entity.EntityKeyPair;
import io.lichen.crypto.token.PermissionToken;
import io.lichen.crypto.token.RevocationFloors;
import io.lichen.crypto.token.TokenChain;
import io.lichen.crypto.token.TokenFields;
import io.lichen.crypto.token.TokenPolicy;
import io.lichen.crypto.token.TokenScope;
import io.lichen.crypto.token.TokenVerdict;
import java.util.HashSet;
import java.util.Set;

/** Permission tokens, and what chains of them permit. */
final class TokenChecks {
  private TokenChecks() {}

  static VectorCheck token() {
    return new MixedCheck(TokenChecks::token, "bytes", "issuer", "signature", "signed_payload");
  }

  static VectorCheck verdict() {
    return new MixedCheck(vector -> object().put("verdict", nameOf(verdict(vector))), "verdict");
  }

  private static ObjectNode token(JsonNode vector) {
    EntityKeyPair issuer = EntityKeyPair.ofSeed(hex(vector, "issuer_seed"));
    TokenFields fields =
        new TokenFields(
            issuer.id(),
            EntityId.parse(text(vector, "subject")),
            new TokenScope(vector.path("scope_bits").intValue()),
            u64(vector, "channel_hash"),
            vector.path("issuer_generation").intValue(),
            u64(vector, "not_before"),
            u64(vector, "not_after"),
            vector.path("delegation_depth").intValue(),
            u64(vector, "nonce"));
    PermissionToken token = PermissionToken.sign(fields, issuer);
    if (!PermissionToken.decode(token.encode()).equals(token) || !token.isSigned()) {
      throw new AssertionError("the own token is not read back");
    }
    return object()
        .put("bytes", hex(token.encode()))
        .put("issuer", issuer.id().hex())
        .put("signature", hex(token.signature()))
        .put("signed_payload", hex(fields.encode()));
  }

  private static TokenVerdict verdict(JsonNode vector) {
    Set<EntityId> roots = new HashSet<>();
    vector.path("roots").forEach(root -> roots.add(EntityId.parse(root.textValue())));
    RevocationFloors floors = new RevocationFloors();
    for (JsonNode floor : vector.path("revocation_floors")) {
      floors.raise(EntityId.parse(text(floor, "issuer")), floor.path("floor").intValue());
    }
    return TokenChain.decode(hex(vector, "chain"))
        .verify(
            new TokenScope(vector.path("action_bits").intValue()),
            u64(vector, "channel_hash"),
            EntityId.parse(text(vector, "presenter")),
            new TokenPolicy(roots, floors, vector.path("skew_secs").intValue()),
            u64(vector, "evaluate_at_unix_secs"));
  }

  /** The native's name of a verdict. */
  private static String nameOf(TokenVerdict verdict) {
    return switch (verdict) {
      case OK -> "ok";
      case INVALID_SIGNATURE -> "InvalidSignature";
      case NOT_YET_VALID -> "NotYetValid";
      case EXPIRED -> "Expired";
      case DELEGATION_EXHAUSTED -> "DelegationExhausted";
      case DELEGATION_NOT_ALLOWED -> "DelegationNotAllowed";
      case NOT_AUTHORIZED -> "NotAuthorized";
      case REVOKED -> "Revoked";
      case INVALID_FORMAT -> "InvalidFormat";
      case ZERO_TTL -> "ZeroTtl";
      case TTL_TOO_LONG -> "TtlTooLong";
    };
  }
}
