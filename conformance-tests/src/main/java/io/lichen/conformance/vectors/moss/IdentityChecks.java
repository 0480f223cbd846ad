// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.crypto.CryptoException;
import io.lichen.crypto.Ed25519;
import io.lichen.crypto.X25519;
import io.lichen.crypto.identity.Identity;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Identities and their key-store blobs. */
final class IdentityChecks {
  private static final int FINGERPRINT_CHARACTERS = 16;

  private IdentityChecks() {}

  /** The identity of two secret keys. */
  static Identity identity(JsonNode keys) {
    byte[] seed = hex(keys, "ed25519_seed");
    byte[] noisePrivate = hex(keys, "noise_private");
    ByteArrayOutputStream blob = new ByteArrayOutputStream();
    blob.write(1);
    blob.writeBytes(seed);
    blob.writeBytes(Ed25519.publicKey(seed));
    blob.writeBytes(noisePrivate);
    blob.writeBytes(X25519.publicKey(noisePrivate));
    return Identity.decode(blob.toByteArray());
  }

  static ObjectNode transportIdentity(Vector vector) {
    Identity identity = identity(vector.inputs());
    String peerId = identity.peerId().hex();
    return object()
        .put("ed25519_public", hex(identity.ed25519PublicKey()))
        .put("encoded", hex(identity.encode()))
        .put("encoded_length", identity.encode().length)
        .put("fingerprint", peerId.substring(0, FINGERPRINT_CHARACTERS))
        .put("noise_public", hex(identity.noisePublic()))
        .put("peer_id", peerId);
  }

  static ObjectNode meshIdentity(JsonNode vector) {
    Identity identity = identity(vector);
    return object()
        .put("ed25519_public", hex(identity.ed25519PublicKey()))
        .put("identity_blob", hex(identity.encode()))
        .put("noise_public", hex(identity.noisePublic()))
        .put("peer_id", identity.peerId().hex());
  }

  /** Which blobs are accepted. */
  static final class Decode implements VectorCheck {
    private static final String UNCHECKED = "embedded-public-not-checked";

    @Override
    public ObjectNode answer(Vector vector) {
      try {
        Identity.decode(hex(vector.inputs(), "blob"));
        return object().put("accepted", true);
      } catch (CryptoException e) {
        return Trees.refused();
      }
    }

    @Override
    public List<Deviation> deviations(Vector vector) {
      if (!vector.name().equals(UNCHECKED)) {
        return List.of();
      }
      String reason = "a blob whose public keys are not those of its secrets is refused";
      return List.of(
          new Deviation("/accepted", BooleanNode.TRUE, BooleanNode.FALSE, reason),
          new Deviation(
              "/peer_id", vector.expected().path("peer_id"), MissingNode.getInstance(), reason));
    }
  }
}
