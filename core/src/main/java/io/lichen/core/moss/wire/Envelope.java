// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message between nodes: the payload of a mux packet on stream 1. Absent members have their
 * default (empty, 0, false), which the wire cannot tell from absence. The arrays are not copied and
 * must not be changed by anyone (docs/wire/moss-envelope.md, "Members").
 *
 * @param type what it is; see {@link EnvelopeType}
 * @param channel the wire topic
 * @param messageId of a publish or of network statistics
 * @param messageIds of gossip control messages
 * @param sequence the publisher's counter, unsigned
 * @param senderId the public key that the publisher claims
 * @param relaySession the name of a session through a relay
 * @param relaySource peer id of the sender of a relayed envelope
 * @param relayTarget peer id of its receiver
 * @param relaySignature by the source
 * @param requestId pairs a request with its answer
 * @param coordStage of hole punching: {@code offer} or {@code reply}
 * @param coordAt when to punch, Unix milliseconds
 * @param observedAddress how the sender sees the receiver, {@code host:port}
 * @param advertisedPeerId whom an announcement is about
 * @param advertisedAddress where that peer is said to be, {@code host:port}
 * @param advertisedNatType its NAT type
 * @param advertisedReachable whether anybody can reach it
 * @param advertisedRelayCapable whether it relays
 * @param advertisedNoiseStatic its X25519 public key
 * @param advertisedSignature by that peer
 * @param reachable the answer to a reachability request
 * @param payload octets
 * @param overlayKey 32 octets
 * @param overlayContacts nodes near the key
 * @param overlayProviders records stored under the key
 */
public record Envelope(
    String type,
    String channel,
    String messageId,
    List<String> messageIds,
    long sequence,
    byte[] senderId,
    String relaySession,
    String relaySource,
    String relayTarget,
    byte[] relaySignature,
    String requestId,
    String coordStage,
    long coordAt,
    String observedAddress,
    String advertisedPeerId,
    String advertisedAddress,
    String advertisedNatType,
    boolean advertisedReachable,
    boolean advertisedRelayCapable,
    byte[] advertisedNoiseStatic,
    byte[] advertisedSignature,
    boolean reachable,
    byte[] payload,
    byte[] overlayKey,
    List<OverlayContact> overlayContacts,
    List<OverlayProvider> overlayProviders) {

  /** The empty octet string: the default of the members that hold octets. */
  static final byte[] NO_OCTETS = new byte[0];

  /**
   * A node that is near an overlay key.
   *
   * @param id its public key, null if it was not said
   * @param address its address
   */
  public record OverlayContact(byte @Nullable [] id, String address) {
    static final OverlayContact EMPTY = new OverlayContact(null, "");
  }

  /**
   * A record stored under an overlay key.
   *
   * @param peer the public key of whoever stored it, null if it was not said
   * @param payload the record
   */
  public record OverlayProvider(byte @Nullable [] peer, byte[] payload) {
    static final OverlayProvider EMPTY = new OverlayProvider(null, NO_OCTETS);
  }

  /** Begins an envelope of this type. */
  public static EnvelopeBuilder of(EnvelopeType type) {
    return new EnvelopeBuilder().type(type.wireName());
  }

  /** A builder that starts with all members of this envelope. */
  public EnvelopeBuilder toBuilder() {
    return new EnvelopeBuilder(this);
  }
}
