// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.codec;

import io.lichen.crypto.Ed25519;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What each side says inside the handshake: who it is, signed over its Noise static key
 * (docs/wire/moss-transport.md, "Identity payload").
 *
 * @param identityPublic the Ed25519 public key; 32 octets in a valid payload
 * @param signature 64 octets in a valid payload
 * @param challenge 32 octets in the response of IK over UDP, else empty
 */
public record IdentityPayload(byte[] identityPublic, byte[] signature, byte[] challenge) {
  /** Length of the challenge that IK over UDP takes. */
  public static final int CHALLENGE_BYTES = 32;

  private static final byte[] LABEL = "moss-identity|".getBytes(StandardCharsets.US_ASCII);

  /** The octets that the signature covers. */
  public static byte[] signedOctets(String sessionMeshId, byte[] noiseStatic) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream(128);
    octets.writeBytes(LABEL);
    octets.writeBytes(sessionMeshId.getBytes(StandardCharsets.UTF_8));
    octets.write('|');
    octets.writeBytes(noiseStatic);
    return octets.toByteArray();
  }

  /** The JSON text in UTF-8; {@code challenge} is left out when it is empty. */
  public byte[] encode() {
    Base64.Encoder base64 = Base64.getEncoder();
    StringBuilder json = new StringBuilder(256);
    json.append("{\"identity_pub\":\"").append(base64.encodeToString(identityPublic));
    json.append("\",\"signature\":\"").append(base64.encodeToString(signature));
    if (challenge.length > 0) {
      json.append("\",\"challenge\":\"").append(base64.encodeToString(challenge));
    }
    return json.append("\"}").toString().getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads a payload as leniently as the reference does; lengths are not looked at.
   *
   * @throws MalformedPayloadException if it is not a JSON object with members of the right types
   */
  public static IdentityPayload decode(byte[] json) {
    return new IdentityPayloadReader(json).read();
  }

  /**
   * Whether this payload is the word of the one who holds this Noise static key in this mesh: both
   * lengths are right and the signature verifies.
   */
  public boolean isValidFor(String sessionMeshId, byte[] noiseStatic) {
    return Ed25519.verify(identityPublic, signedOctets(sessionMeshId, noiseStatic), signature);
  }
}
