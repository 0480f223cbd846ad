// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.handshake;

import io.lichen.crypto.PeerId;
import io.lichen.crypto.identity.Identity;
import io.lichen.crypto.noise.NoiseException;
import io.lichen.crypto.noise.NoiseHandshake;
import io.lichen.crypto.noise.NoiseHandshakeBuilder;
import io.lichen.crypto.noise.NoisePattern;
import io.lichen.transport.moss.HandshakeMode;
import io.lichen.transport.moss.codec.IdentityPayload;
import io.lichen.transport.moss.codec.MalformedPayloadException;
import io.lichen.transport.moss.handshake.HandshakeException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * What all handshakes of one node share: its identity payload, signed once, the prologue and the
 * pre-shared key (docs/wire/moss-transport.md, "Noise"). Immutable and thread-safe.
 */
public final class HandshakeContext {
  private static final byte[] NO_PAYLOAD = {};

  private final String sessionMeshId;
  private final byte @Nullable [] sessionPsk;
  private final byte[] prologue;
  private final byte[] noisePrivate;
  private final byte[] noisePublic;
  private final IdentityPayload payload;
  private final byte[] encodedPayload;
  private final SecureRandom random;

  /**
   * Signs the identity payload.
   *
   * @param sessionMeshId the mesh id in era A, the network id in era C
   * @param sessionPsk 32 octets for a closed mesh of era A, else {@code null}
   * @param random where ephemeral keys and challenges are drawn from
   * @throws IllegalArgumentException if the pre-shared key is not 32 octets long
   */
  public HandshakeContext(
      String sessionMeshId, byte @Nullable [] sessionPsk, Identity identity, SecureRandom random) {
    if (sessionPsk != null && sessionPsk.length != NoiseHandshakeBuilder.PSK_BYTES) {
      throw new IllegalArgumentException(
          "a pre-shared key has 32 octets, not " + sessionPsk.length);
    }
    this.sessionMeshId = sessionMeshId;
    this.sessionPsk = sessionPsk == null ? null : sessionPsk.clone();
    this.prologue = ("moss|" + sessionMeshId).getBytes(StandardCharsets.UTF_8);
    this.noisePrivate = identity.noisePrivate();
    this.noisePublic = identity.noisePublic();
    byte[] signed = IdentityPayload.signedOctets(sessionMeshId, noisePublic);
    this.payload =
        new IdentityPayload(identity.ed25519PublicKey(), identity.sign(signed), NO_PAYLOAD);
    this.encodedPayload = payload.encode();
    this.random = random;
  }

  /**
   * A handshake that this node opens.
   *
   * @param remoteStatic the other side's Noise static key for IK, {@code null} for XX
   */
  NoiseHandshake initiate(byte @Nullable [] remoteStatic) {
    HandshakeMode mode = remoteStatic == null ? HandshakeMode.XX : HandshakeMode.IK;
    NoiseHandshakeBuilder builder = builder(mode).initiator(true);
    return (remoteStatic == null ? builder : builder.remoteStatic(remoteStatic)).build();
  }

  /** A handshake that the other side opens. */
  NoiseHandshake respond(HandshakeMode mode) {
    return builder(mode).build();
  }

  private NoiseHandshakeBuilder builder(HandshakeMode mode) {
    boolean closed = sessionPsk != null;
    NoisePattern pattern =
        switch (mode) {
          case XX -> closed ? NoisePattern.XX_PSK0 : NoisePattern.XX;
          case IK -> closed ? NoisePattern.IK_PSK0 : NoisePattern.IK;
        };
    NoiseHandshakeBuilder builder =
        NoiseHandshake.builder(pattern)
            .prologue(prologue)
            .localStatic(noisePrivate, noisePublic)
            .random(random);
    return sessionPsk == null ? builder : builder.psk(sessionPsk);
  }

  /** The payload of this node's messages that carry one. */
  byte[] identityPayload() {
    return encodedPayload;
  }

  /** The payload of an IK response over UDP. */
  byte[] identityPayload(byte[] challenge) {
    return new IdentityPayload(payload.identityPublic(), payload.signature(), challenge).encode();
  }

  /** 32 fresh octets. */
  byte[] newChallenge() {
    byte[] challenge = new byte[IdentityPayload.CHALLENGE_BYTES];
    random.nextBytes(challenge);
    return challenge;
  }

  /** The mode that an octet announces. */
  static HandshakeMode mode(int octet) {
    for (HandshakeMode mode : HandshakeMode.values()) {
      if (mode.octet() == octet) {
        return mode;
      }
    }
    throw new HandshakeException(Reason.UNKNOWN_MODE, "mode octet " + octet + " is not 1 or 2");
  }

  /** Reads a message, with Noise's refusals turned into ours. */
  static byte[] read(NoiseHandshake noise, byte[] message, int off, int len) {
    try {
      return noise.readMessage(message, off, len);
    } catch (NoiseException e) {
      throw new HandshakeException(Reason.NOISE, e.reason() + ": " + e.getMessage());
    }
  }

  /** Writes a message; a static key of low order, which a third side may have given, is refused. */
  static byte[] write(NoiseHandshake noise, byte[] payload) {
    try {
      return noise.writeMessage(payload);
    } catch (NoiseException e) {
      throw new HandshakeException(Reason.NOISE, e.reason() + ": " + e.getMessage());
    }
  }

  /** Checks the other side's word against the static key of this handshake. */
  IdentityPayload verify(byte[] json, NoiseHandshake noise) {
    IdentityPayload remote;
    try {
      remote = IdentityPayload.decode(json);
    } catch (MalformedPayloadException e) {
      throw new HandshakeException(Reason.IDENTITY_MALFORMED, String.valueOf(e.getMessage()));
    }
    if (!remote.isValidFor(sessionMeshId, noise.remoteStatic())) {
      throw new HandshakeException(
          Reason.IDENTITY_FORGED, "the identity payload is not signed for this Noise key");
    }
    return remote;
  }

  /** Wraps up a complete handshake with a verified peer. */
  static Established established(NoiseHandshake noise, IdentityPayload remote, HandshakeMode mode) {
    return new Established(
        PeerId.of(remote.identityPublic()), noise.remoteStatic(), mode, noise.split());
  }
}
