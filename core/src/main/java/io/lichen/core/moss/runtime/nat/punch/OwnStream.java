// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.punch;

import io.lichen.core.moss.discovery.Endpoint;
import io.lichen.core.moss.runtime.nat.NatContext;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.crypto.PeerId;
import io.lichen.nat.profile.AddressRank;
import io.lichen.nat.profile.NatType;
import io.lichen.transport.moss.Carrier;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Where the port on which this node listens for TCP is seen (docs/wire/lichen-extensions.md,
 * "Simultaneous open"): as the coordinator says of a connection that left from that port. Nothing
 * is known where the session with it is another one, or where a NAT gives another port to every
 * destination.
 */
final class OwnStream {
  private static final int ID_BYTES = 16;

  private final NatContext context;

  OwnStream(NatContext context) {
    this.context = context;
  }

  /** Whether this is where the node itself is, as far as it knows. */
  boolean isOwn(InetSocketAddress address) {
    InetSocketAddress bound = context.transport().localAddress();
    return address.equals(context.parts().profile().external()) || address.equals(bound);
  }

  /**
   * Asks.
   *
   * @param timeout for the answer
   * @return completed on the node's loop, never exceptionally; empty if there is no telling
   */
  CompletableFuture<Optional<InetSocketAddress>> find(PeerLink coordinator, Duration timeout) {

    if (!context.transport().dialsFromListener()
        || coordinator.session().carrier() != Carrier.TCP
        || !coordinator.session().usesListeningPort()
        || context.parts().profile().type() == NatType.SYMMETRIC_NAT) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    byte[] octets = new byte[ID_BYTES];
    context.random().nextBytes(octets);
    String id = HexFormat.of().formatHex(octets);
    CompletableFuture<Optional<InetSocketAddress>> answer = new CompletableFuture<>();
    context
        .parts()
        .expect(
            id,
            (from, envelope, nowNs) -> answer.complete(seen(coordinator.peer(), from, envelope)));
    // Without an own port in the request the answer has the one that the session is seen at.
    coordinator.control(
        EnvelopeCodec.encode(Envelope.of(EnvelopeType.BINDING_REQUEST).requestId(id).build()));
    CompletableFuture<Optional<InetSocketAddress>> result = new CompletableFuture<>();
    var unused =
        answer
            .completeOnTimeout(Optional.empty(), timeout.toNanos(), TimeUnit.NANOSECONDS)
            .thenAccept(seen -> context.loop().execute(() -> over(id, seen, result)));
    return result;
  }

  private void over(
      String id,
      Optional<InetSocketAddress> seen,
      CompletableFuture<Optional<InetSocketAddress>> result) {
    context.parts().forget(id);
    result.complete(seen);
  }

  private static Optional<InetSocketAddress> seen(PeerId asked, PeerLink from, Envelope envelope) {
    return from.peer().equals(asked)
        ? Endpoint.parse(envelope.observedAddress())
            .filter(Endpoint::isDialable)
            .map(endpoint -> new InetSocketAddress(endpoint.host(), endpoint.port()))
            .filter(address -> isPlausible(from, address))
        : Optional.empty();
  }

  /** Only whoever is on this machine sees it at the loopback's address. */
  private static boolean isPlausible(PeerLink from, InetSocketAddress address) {
    boolean near = AddressRank.isLoopback(from.address());
    return near == address.getAddress().isLoopbackAddress()
        && (near || AddressRank.of(address.getAddress()) != AddressRank.OTHER);
  }
}
