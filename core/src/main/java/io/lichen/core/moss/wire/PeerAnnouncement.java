// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.wire;

import io.lichen.crypto.PeerId;
import java.util.Optional;

/**
 * What a {@code peer_announce}, {@code supernode_announce} or {@code supernode_revoke} says, as far
 * as its signature covers it (docs/wire/moss-mesh.md, "Peer exchange"). The arrays must not be
 * changed.
 *
 * @param type which of the three
 * @param peer whom it is about, and who signed it
 * @param address where that peer is said to be, {@code host:port}
 * @param natType of a supernode's; empty in a {@code peer_announce}, which does not sign it
 * @param reachable of a supernode's
 * @param relayCapable true in a {@code supernode_announce}, else false
 * @param noiseStatic 32 bytes, or none
 * @param signature 64 bytes, not verified yet
 */
public record PeerAnnouncement(
    EnvelopeType type,
    PeerId peer,
    String address,
    String natType,
    boolean reachable,
    boolean relayCapable,
    byte[] noiseStatic,
    byte[] signature) {
  /** The longest name of a host, a colon and a port. */
  private static final int MAX_ADDRESS_LENGTH = 253 + 6;

  private static final int MAX_NAT_TYPE_LENGTH = 32;
  private static final int NOISE_STATIC_BYTES = 32;
  private static final int SIGNATURE_BYTES = 64;

  /** Reads one; empty if it is none, or could not verify whatever the keys. */
  public static Optional<PeerAnnouncement> of(Envelope envelope) {
    EnvelopeType type = EnvelopeType.of(envelope.type());
    if (type == null || !isAnnouncement(type) || !isWellFormed(envelope)) {
      return Optional.empty();
    }
    PeerId peer;
    try {
      peer = PeerId.parse(envelope.advertisedPeerId());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    // The signature covers the text as it was written.
    if (!peer.hex().equals(envelope.advertisedPeerId())) {
      return Optional.empty();
    }
    return Optional.of(signedPart(type, peer, envelope));
  }

  private static PeerAnnouncement signedPart(EnvelopeType type, PeerId peer, Envelope envelope) {
    boolean supernode = type != EnvelopeType.PEER_ANNOUNCE;
    return new PeerAnnouncement(
        type,
        peer,
        envelope.advertisedAddress(),
        supernode ? envelope.advertisedNatType() : "",
        supernode && envelope.advertisedReachable(),
        type == EnvelopeType.SUPERNODE_ANNOUNCE,
        supernode ? Envelope.NO_OCTETS : envelope.advertisedNoiseStatic(),
        envelope.advertisedSignature());
  }

  private static boolean isAnnouncement(EnvelopeType type) {
    return type == EnvelopeType.PEER_ANNOUNCE
        || type == EnvelopeType.SUPERNODE_ANNOUNCE
        || type == EnvelopeType.SUPERNODE_REVOKE;
  }

  private static boolean isWellFormed(Envelope envelope) {
    int keyLength = envelope.advertisedNoiseStatic().length;
    return !envelope.advertisedAddress().isEmpty()
        && envelope.advertisedAddress().length() <= MAX_ADDRESS_LENGTH
        && envelope.advertisedNatType().length() <= MAX_NAT_TYPE_LENGTH
        && envelope.advertisedSignature().length == SIGNATURE_BYTES
        && (keyLength == 0 || keyLength == NOISE_STATIC_BYTES);
  }

  /** Whether the peer that it is about has signed it; costs a signature verification. */
  public boolean isSigned() {
    return Announcements.verify(toEnvelope());
  }

  /** The envelope that says this and nothing else. */
  public Envelope toEnvelope() {
    return Envelope.of(type)
        .advertisedPeerId(peer.hex())
        .advertisedAddress(address)
        .advertisedNatType(natType)
        .advertisedReachable(reachable)
        .advertisedRelayCapable(relayCapable)
        .advertisedNoiseStatic(noiseStatic)
        .advertisedSignature(signature)
        .build();
  }
}
