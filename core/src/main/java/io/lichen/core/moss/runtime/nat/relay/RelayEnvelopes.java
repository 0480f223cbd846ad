// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.relay;

import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.wire.Announcements;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeBuilder;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.crypto.PeerId;
import io.lichen.crypto.identity.Identity;
import io.lichen.nat.relay.RelaySession;
import java.util.Optional;

/** The four envelopes of relaying, as an end writes them (docs/wire/moss-nat.md, "Relays"). */
final class RelayEnvelopes {
  /** What {@code relay_data} adds to the base64 of its payload, at most. */
  static final int DATA_OVERHEAD_BYTES = 400;

  /** Whom an envelope names as its ends. */
  record Ends(PeerId source, PeerId target) {}

  private RelayEnvelopes() {}

  /** The ends, if they are named by ids as the native writes them. */
  static Optional<Ends> ends(Envelope envelope) {
    try {
      PeerId source = PeerId.parse(envelope.relaySource());
      PeerId target = PeerId.parse(envelope.relayTarget());
      // They are compared as text, and signed as text.
      boolean exact =
          source.hex().equals(envelope.relaySource())
              && target.hex().equals(envelope.relayTarget());
      return exact ? Optional.of(new Ends(source, target)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What of an envelope is of relaying. */
  static Envelope bare(EnvelopeType type, Envelope envelope) {
    EnvelopeBuilder bare =
        Envelope.of(type)
            .relaySession(envelope.relaySession())
            .relaySource(envelope.relaySource())
            .relayTarget(envelope.relayTarget());
    return switch (type) {
      case RELAY_REQUEST, RELAY_ACCEPT -> bare.relaySignature(envelope.relaySignature()).build();
      case RELAY_DATA -> bare.payload(envelope.payload()).build();
      default -> bare.build();
    };
  }

  /** Pings a relay if the window says so: when it answers, it has read what came before. */
  static void askHowFar(PeerLink via, RelayPace pace, long nowNs) {
    String ping = pace.window().pingDue(nowNs);
    if (ping != null) {
      via.control(EnvelopeCodec.encode(Envelope.of(EnvelopeType.PING).requestId(ping).build()));
    }
  }

  static byte[] request(RelaySession<PeerId> session, Identity own) {
    return signed(EnvelopeType.RELAY_REQUEST, session, own);
  }

  static byte[] accept(RelaySession<PeerId> session, Identity own) {
    return signed(EnvelopeType.RELAY_ACCEPT, session, own);
  }

  static byte[] data(RelaySession<PeerId> session, PeerId own, byte[] payload) {
    return EnvelopeCodec.encode(of(EnvelopeType.RELAY_DATA, session, own).payload(payload).build());
  }

  static byte[] close(RelaySession<PeerId> session, PeerId own) {
    return EnvelopeCodec.encode(of(EnvelopeType.RELAY_CLOSE, session, own).build());
  }

  private static byte[] signed(EnvelopeType type, RelaySession<PeerId> session, Identity own) {
    return EnvelopeCodec.encode(Announcements.sign(of(type, session, own.peerId()).build(), own));
  }

  private static EnvelopeBuilder of(EnvelopeType type, RelaySession<PeerId> session, PeerId own) {
    return Envelope.of(type)
        .relaySession(session.name())
        .relaySource(own.hex())
        .relayTarget(session.remote().hex());
  }
}
