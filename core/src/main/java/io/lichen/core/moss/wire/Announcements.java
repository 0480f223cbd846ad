// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.wire;

import io.lichen.crypto.Ed25519;
import io.lichen.crypto.PeerId;
import io.lichen.crypto.identity.Identity;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The signatures of envelopes that speak for a peer (docs/wire/moss-envelope.md, "Signatures").
 * Stateless.
 */
public final class Announcements {
  private static final int NOISE_STATIC_BYTES = 32;

  private Announcements() {}

  /**
   * The envelope with its signature. The signer is whom it speaks for: {@link
   * Envelope#advertisedPeerId} or, for relaying, {@link Envelope#relaySource}.
   *
   * @throws IllegalArgumentException if its type is not one that is signed, or its Noise static key
   *     has a length other than 0 or 32
   */
  public static Envelope sign(Envelope envelope, Identity signer) {
    byte[] signature = signer.sign(signedOctets(envelope));
    EnvelopeBuilder signed = envelope.toBuilder();
    return isRelaying(envelope)
        ? signed.relaySignature(signature).build()
        : signed.advertisedSignature(signature).build();
  }

  /** Whether the envelope, as it is, carries the signature of whom it speaks for. */
  public static boolean verify(Envelope envelope) {
    try {
      boolean relaying = isRelaying(envelope);
      String signer = relaying ? envelope.relaySource() : envelope.advertisedPeerId();
      byte[] signature = relaying ? envelope.relaySignature() : envelope.advertisedSignature();
      return Ed25519.verify(PeerId.parse(signer).bytes(), signedOctets(envelope), signature);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * {@link #verify} of a supernode's announcement or revocation over the value of the relay flag
   * that its type means, whatever the flag says.
   */
  public static boolean verifySupernode(Envelope envelope) {
    boolean announced = EnvelopeType.of(envelope.type()) == EnvelopeType.SUPERNODE_ANNOUNCE;
    return verify(envelope.toBuilder().advertisedRelayCapable(announced).build());
  }

  /** The octets that are signed; {@link IllegalArgumentException} as in {@link #sign}. */
  public static byte[] signedOctets(Envelope envelope) {
    EnvelopeType type = EnvelopeType.of(envelope.type());
    if (type != null) {
      switch (type) {
        case PEER_ANNOUNCE -> {
          return peerAnnouncement(envelope);
        }
        case SUPERNODE_ANNOUNCE, SUPERNODE_REVOKE -> {
          return supernodeStatus(envelope);
        }
        case RELAY_REQUEST -> {
          return relaying("moss-relay-request", envelope);
        }
        case RELAY_ACCEPT -> {
          return relaying("moss-relay-accept", envelope);
        }
        default -> {}
      }
    }
    throw new IllegalArgumentException("an envelope of type " + envelope.type() + " is not signed");
  }

  private static byte[] peerAnnouncement(Envelope envelope) {
    byte[] noiseStatic = envelope.advertisedNoiseStatic();
    byte[] first =
        joined(
            "moss-peer-announcement",
            envelope.type(),
            envelope.advertisedPeerId(),
            envelope.advertisedAddress());
    if (noiseStatic.length == 0) {
      return first;
    }
    if (noiseStatic.length != NOISE_STATIC_BYTES) {
      throw new IllegalArgumentException(
          "a Noise static key has 32 octets, not " + noiseStatic.length);
    }
    ByteArrayOutputStream second = new ByteArrayOutputStream();
    second.writeBytes(first);
    second.writeBytes(joined("", "v2", ""));
    second.writeBytes(noiseStatic);
    return second.toByteArray();
  }

  private static byte[] supernodeStatus(Envelope envelope) {
    return joined(
        "moss-supernode-status",
        envelope.type(),
        envelope.advertisedPeerId(),
        envelope.advertisedAddress(),
        envelope.advertisedNatType(),
        Boolean.toString(envelope.advertisedReachable()),
        Boolean.toString(envelope.advertisedRelayCapable()));
  }

  private static byte[] relaying(String label, Envelope envelope) {
    return joined(
        label,
        envelope.type(),
        envelope.relaySession(),
        envelope.relaySource(),
        envelope.relayTarget());
  }

  private static boolean isRelaying(Envelope envelope) {
    EnvelopeType type = EnvelopeType.of(envelope.type());
    return type == EnvelopeType.RELAY_REQUEST || type == EnvelopeType.RELAY_ACCEPT;
  }

  /** Fields with single zero octets between them. */
  private static byte[] joined(String... fields) {
    return String.join("\0", fields).getBytes(StandardCharsets.UTF_8);
  }
}
