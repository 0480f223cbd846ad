// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.TestNodes.await;

import io.lichen.core.moss.runtime.TestNodes.TestNode;
import io.lichen.core.moss.wire.Announcements;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.crypto.identity.Identity;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.DialRequest;
import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.MossTransport;
import io.lichen.transport.moss.MossTransportConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.Predicate;

/** The other end of a session with a node: says what a test wants and keeps what it hears. */
public final class RawPeer implements AutoCloseable {
  public final Identity identity = Identity.generate(new SecureRandom());
  final MossSession session;
  final EnvelopeRecorder heard = new EnvelopeRecorder();
  private final MossTransport transport;

  public RawPeer(TransportOpener opener, TestNode node) {
    this(opener, node, Carrier.TCP);
  }

  RawPeer(TransportOpener opener, TestNode node, Carrier carrier) {
    transport = opener.open(MossTransportConfig.defaults(Era.C, "moss/1"), identity, inbound -> {});
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), node.node().info().listenPort());
    session = transport.dial(new DialRequest(carrier, address, null, Duration.ofSeconds(5))).join();
    session.start(heard);
  }

  public void send(Envelope envelope) {
    session.send(EnvelopeCodec.encode(envelope));
  }

  /** Where it listens, over TCP and UDP. */
  InetSocketAddress address() {
    return new InetSocketAddress(
        InetAddress.getLoopbackAddress(), transport.localAddress().getPort());
  }

  /** The next envelope. */
  public Envelope next() throws InterruptedException {
    return heard.next();
  }

  /** The next envelope of a type; others are left out. */
  public Envelope next(EnvelopeType type) throws InterruptedException {
    return heard.next(type);
  }

  /** The next envelope of a type that is such a one; others are left out. */
  public Envelope next(EnvelopeType type, Predicate<Envelope> wanted) throws InterruptedException {
    return heard.next(type, wanted);
  }

  /** Returns when the node has taken it in as a peer, which is after the dial is done. */
  RawPeer joined(TestNode node) {
    await(
        "the node has the peer",
        () -> node.node().peers().stream().anyMatch(peer -> peer.id().equals(identity.peerId())));
    return this;
  }

  /** Returns when the node has read everything that was sent before. */
  public void awaitRead() throws InterruptedException {
    send(Envelope.of(EnvelopeType.PING).requestId("read").build());
    next(EnvelopeType.PONG);
  }

  @Override
  public void close() {
    transport.close();
  }

  public static Envelope announcement(Identity about, String address) {
    return Announcements.sign(
        Envelope.of(EnvelopeType.PEER_ANNOUNCE)
            .advertisedPeerId(about.peerId().hex())
            .advertisedAddress(address)
            .advertisedNoiseStatic(about.noisePublic())
            .build(),
        about);
  }

  public static Envelope status(Identity about, EnvelopeType type, String address) {
    return Announcements.sign(
        Envelope.of(type)
            .advertisedPeerId(about.peerId().hex())
            .advertisedAddress(address)
            .advertisedNatType("public")
            .advertisedReachable(true)
            .advertisedRelayCapable(type == EnvelopeType.SUPERNODE_ANNOUNCE)
            .build(),
        about);
  }
}
