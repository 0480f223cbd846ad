// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import io.lichen.conformance.child.Waits;
import io.lichen.core.moss.MossNode;
import io.lichen.core.moss.wire.Announcements;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.crypto.identity.Identity;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.DialRequest;
import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.MossTransport;
import io.lichen.transport.moss.MossTransportConfig;
import io.lichen.transport.moss.SessionHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import java.util.function.IntSupplier;

/**
 * Tells peers that another is a relay, in that one's name and with its key: on loopback nobody
 * finds out to be one.
 */
final class RelayVoucher {
  private RelayVoucher() {}

  /** Tells a peer of a relay whose keys are kept in a file; returns when it knows. */
  static void tell(MeshPeer listener, MeshPeer relay) {
    tell(
        new InetSocketAddress(listener.spec().host(), listener.port()),
        relay,
        () -> listener.info().path("relay_capable_peer_count").intValue(),
        () -> listener.info().path("peer_count").intValue());
  }

  /** The same for a node in this process. */
  static void tell(MossNode listener, MeshPeer relay) {
    tell(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.info().listenPort()),
        relay,
        () -> listener.info().relayCapablePeerCount(),
        () -> listener.info().peerCount());
  }

  private static void tell(
      InetSocketAddress address, MeshPeer relay, IntSupplier relaysKnown, IntSupplier peers) {
    try (MossTransport transport =
        MossTransport.open(
            MossTransportConfig.defaults(Era.C, Cell.DEFAULT_NETWORK),
            Identity.generate(new SecureRandom()),
            session -> {})) {
      MossSession session =
          transport.dial(new DialRequest(Carrier.TCP, address, null, Duration.ofSeconds(5))).join();
      session.start(new Deaf());
      session.send(EnvelopeCodec.encode(announcement(relay)));
      Waits.until("a relay is known", Talk.LIMIT, () -> relaysKnown.getAsInt() == 1);
    }
    Waits.until("the one who told is gone", Talk.LIMIT, () -> peers.getAsInt() == 0);
  }

  private static Envelope announcement(MeshPeer relay) {
    try {
      Identity keys =
          Identity.decode(Files.readAllBytes(Objects.requireNonNull(relay.spec().keyStore())));
      return Announcements.sign(
          Envelope.of(EnvelopeType.SUPERNODE_ANNOUNCE)
              .advertisedPeerId(keys.peerId().hex())
              .advertisedAddress(relay.address())
              .advertisedNatType("public")
              .advertisedReachable(true)
              .advertisedRelayCapable(true)
              .build(),
          keys);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Deaf implements SessionHandler {
    @Override
    public void onPacket(byte[] buffer, int offset, int length) {}

    @Override
    public void onBatchComplete() {}

    @Override
    public void onWritable() {}

    @Override
    public void onClosed(CloseReason reason) {}
  }
}
