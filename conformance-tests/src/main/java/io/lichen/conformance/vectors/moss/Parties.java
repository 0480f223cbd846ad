// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.hexOrNull;
import static io.lichen.conformance.vectors.Trees.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.conformance.vectors.ScriptedRandom;
import io.lichen.crypto.identity.Identity;
import io.lichen.crypto.noise.NoiseHandshake;
import io.lichen.crypto.noise.NoiseHandshakeBuilder;
import io.lichen.crypto.noise.NoisePattern;
import io.lichen.transport.moss.codec.IdentityPayload;
import io.lichen.transport.moss.handshake.HandshakeContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The two sides of a recorded handshake. */
final class Parties {
  static final String INITIATOR = "initiator";
  static final String RESPONDER = "responder";

  private static final int IK_MODE = 2;
  private static final byte[] NONE = new byte[0];

  private final JsonNode inputs;
  private final boolean ik;
  private final byte @Nullable [] psk;

  Parties(JsonNode inputs) {
    this.inputs = inputs;
    this.ik = inputs.path("mode").intValue() == IK_MODE;
    this.psk = hexOrNull(inputs, "psk");
  }

  boolean isIk() {
    return ik;
  }

  Identity identity(String side) {
    return IdentityChecks.identity(inputs.path(side));
  }

  NoisePattern pattern() {
    return ik
        ? (psk == null ? NoisePattern.IK : NoisePattern.IK_PSK0)
        : (psk == null ? NoisePattern.XX : NoisePattern.XX_PSK0);
  }

  byte[] prologue() {
    return prologue(text(inputs, "mesh_id"));
  }

  static byte[] prologue(String meshId) {
    return ("moss|" + meshId).getBytes(StandardCharsets.UTF_8);
  }

  /** One side's Noise engine with its recorded ephemeral key. */
  NoiseHandshake noise(String side) {
    boolean initiates = side.equals(INITIATOR);
    Identity self = identity(side);
    NoiseHandshakeBuilder builder =
        NoiseHandshake.builder(pattern())
            .initiator(initiates)
            .prologue(prologue())
            .localStatic(self.noisePrivate(), self.noisePublic())
            .fixedEphemeral(hex(inputs, side + "_ephemeral_private"));
    if (psk != null) {
      builder.psk(psk);
    }
    return (initiates && ik ? builder.remoteStatic(identity(RESPONDER).noisePublic()) : builder)
        .build();
  }

  /**
   * One side's handshakes with its recorded randomness: first the challenge, if any, then the
   * ephemeral key.
   */
  HandshakeContext context(String side) {
    List<byte[]> script = new ArrayList<>();
    byte[] challenge = hexOrNull(inputs, side + "_challenge");
    if (challenge != null) {
      script.add(challenge);
    }
    script.add(hex(inputs, side + "_ephemeral_private"));
    return new HandshakeContext(
        text(inputs, "mesh_id"), psk, identity(side), new ScriptedRandom(script));
  }

  /** What the initiator knows of the responder: its static key in IK, nothing in XX. */
  byte @Nullable [] knownStatic() {
    return ik ? identity(RESPONDER).noisePublic() : null;
  }

  /** The identity payload that a side sends. */
  byte[] payload(String side) {
    byte[] challenge = hexOrNull(inputs, side + "_challenge");
    return payload(text(inputs, "mesh_id"), identity(side), challenge == null ? NONE : challenge)
        .encode();
  }

  static IdentityPayload payload(String meshId, Identity self, byte[] challenge) {
    byte[] signed = IdentityPayload.signedOctets(meshId, self.noisePublic());
    return new IdentityPayload(self.ed25519PublicKey(), self.sign(signed), challenge);
  }
}
