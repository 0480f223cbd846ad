// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.exchange;

import io.lichen.core.moss.wire.Announcements;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.crypto.identity.Identity;
import io.lichen.nat.profile.NatProfile;
import io.lichen.nat.profile.NatType;
import org.jspecify.annotations.Nullable;

/**
 * This node's own signed {@code peer_announce}, made anew when something changes
 * (docs/wire/moss-mesh.md, "Peer exchange"). The node's loop only.
 */
public final class OwnAnnouncement {
  private final Identity identity;
  private @Nullable Said last;
  private byte[] encoded = {};

  private record Said(String address, NatType type, boolean reachable, boolean relays) {}

  public OwnAnnouncement(Identity identity) {
    this.identity = identity;
  }

  /**
   * The envelope that says what this node is.
   *
   * @param address where it says it is
   * @param profile what it is behind
   * @param relays whether it relays for others
   */
  public byte[] encoded(String address, NatProfile profile, boolean relays) {
    Said now = new Said(address, profile.type(), profile.reachable(), relays);
    if (!now.equals(last)) {
      encoded = EnvelopeCodec.encode(sign(now));
      last = now;
    }
    return encoded;
  }

  private Envelope sign(Said now) {
    Envelope announcement =
        Envelope.of(EnvelopeType.PEER_ANNOUNCE)
            .advertisedPeerId(identity.peerId().hex())
            .advertisedAddress(now.address())
            .advertisedNatType(now.type().wireName())
            .advertisedReachable(now.reachable())
            .advertisedRelayCapable(now.relays())
            .advertisedNoiseStatic(identity.noisePublic())
            .build();
    return Announcements.sign(announcement, identity);
  }
}
