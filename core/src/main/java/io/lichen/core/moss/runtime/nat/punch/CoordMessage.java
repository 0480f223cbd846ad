// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.punch;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lichen.core.moss.discovery.Endpoint;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.crypto.PeerId;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A {@code hole_punch_coord} (docs/wire/moss-nat.md, "Hole punching").
 *
 * @param requestId pairs replies with the offer
 * @param offer whether it asks for a punch, or answers that
 * @param coordAtMs when both fire, Unix milliseconds; 0 if it does not say
 * @param source whose address it tells
 * @param target whom it is for
 * @param advertised where the source expects to be seen
 * @param observed where the source was seen last, if it says so: apart from {@code advertised}, the
 *     difference of the ports is the step of its NAT
 * @param stream where the source's port for TCP is seen, if it says so and would connect from there
 *     at the same time (docs/wire/lichen-extensions.md, "Simultaneous open")
 */
record CoordMessage(
    String requestId,
    boolean offer,
    long coordAtMs,
    PeerId source,
    PeerId target,
    InetSocketAddress advertised,
    @Nullable InetSocketAddress observed,
    @Nullable InetSocketAddress stream) {
  private static final String OFFER = "offer";
  private static final String REPLY = "reply";
  private static final int MAX_REQUEST_ID = 128;

  /** Before the address in the payload. */
  private static final String STREAM = "tcp ";

  private static final int MAX_STREAM_OCTETS = 64;

  /** Reads one; empty if it lacks something, names no peers, or an address that is no literal. */
  static Optional<CoordMessage> of(Envelope envelope) {
    boolean offer = envelope.coordStage().equals(OFFER);
    Endpoint advertised = Endpoint.parse(envelope.advertisedAddress()).orElse(null);
    if (advertised == null
        || !advertised.isDialable()
        || envelope.requestId().length() > MAX_REQUEST_ID
        || (!offer && !envelope.coordStage().equals(REPLY))) {
      return Optional.empty();
    }
    PeerId source = peer(envelope.relaySource());
    PeerId target = peer(envelope.relayTarget());
    if (source == null || target == null || source.equals(target)) {
      return Optional.empty();
    }
    return Optional.of(
        new CoordMessage(
            envelope.requestId(),
            offer,
            envelope.coordAt(),
            source,
            target,
            socket(advertised),
            Endpoint.parse(envelope.observedAddress()).map(CoordMessage::socket).orElse(null),
            stream(envelope.payload())));
  }

  private static @Nullable InetSocketAddress stream(byte[] payload) {
    if (payload.length > MAX_STREAM_OCTETS) {
      return null;
    }
    String text = new String(payload, US_ASCII);
    return text.startsWith(STREAM)
        ? Endpoint.parse(text.substring(STREAM.length()))
            .filter(Endpoint::isDialable)
            .map(CoordMessage::socket)
            .orElse(null)
        : null;
  }

  /** An answer to this offer in the name of its target. */
  CoordMessage reply(
      long replyAtMs,
      InetSocketAddress address,
      @Nullable InetSocketAddress seen,
      @Nullable InetSocketAddress replyStream) {
    return new CoordMessage(
        requestId,
        false,
        replyAtMs,
        /* source= */ target,
        /* target= */ source,
        address,
        seen,
        replyStream);
  }

  /** The envelope that says this. */
  Envelope toEnvelope() {
    return Envelope.of(EnvelopeType.HOLE_PUNCH_COORD)
        .requestId(requestId)
        .coordStage(offer ? OFFER : REPLY)
        .coordAt(coordAtMs)
        .relaySource(source.hex())
        .relayTarget(target.hex())
        .advertisedAddress(text(advertised))
        .observedAddress(observed == null ? "" : text(observed))
        .payload(stream == null ? new byte[0] : (STREAM + text(stream)).getBytes(US_ASCII))
        .build();
  }

  private static String text(InetSocketAddress address) {
    return Endpoint.of(address).toString();
  }

  private static InetSocketAddress socket(Endpoint endpoint) {
    return new InetSocketAddress(endpoint.host(), endpoint.port());
  }

  private static @Nullable PeerId peer(String hex) {
    try {
      PeerId peer = PeerId.parse(hex);
      return peer.hex().equals(hex) ? peer : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
