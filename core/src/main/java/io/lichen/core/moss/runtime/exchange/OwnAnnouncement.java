// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.exchange;

import io.lichen.core.moss.wire.Announcements;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.crypto.identity.Identity;

/**
 * This node's own signed {@code peer_announce}, made once for an address (docs/wire/moss-mesh.md,
 * "Peer exchange"). The node's loop only.
 */
public final class OwnAnnouncement {
  private final Identity identity;
  private String address = "";
  private byte[] encoded = {};

  public OwnAnnouncement(Identity identity) {
    this.identity = identity;
  }

  /** The envelope that says that this node is at this address. */
  public byte[] encoded(String advertisedAddress) {
    if (!advertisedAddress.equals(address)) {
      encoded = EnvelopeCodec.encode(sign(advertisedAddress));
      address = advertisedAddress;
    }
    return encoded;
  }

  private Envelope sign(String advertisedAddress) {
    Envelope announcement =
        Envelope.of(EnvelopeType.PEER_ANNOUNCE)
            .advertisedPeerId(identity.peerId().hex())
            .advertisedAddress(advertisedAddress)
            .advertisedNatType("unknown")
            .advertisedNoiseStatic(identity.noisePublic())
            .build();
    return Announcements.sign(announcement, identity);
  }
}
