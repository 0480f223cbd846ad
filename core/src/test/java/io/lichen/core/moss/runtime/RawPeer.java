// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.lichen.core.moss.runtime.TestNodes.TestNode;
import io.lichen.core.moss.wire.Announcements;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeException;
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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The other end of a session with a node: says what a test wants and keeps what it hears. */
final class RawPeer implements SessionHandler {
  final Identity identity = Identity.generate(new SecureRandom());
  final MossSession session;
  private final BlockingQueue<Envelope> heard = new LinkedBlockingQueue<>();

  RawPeer(FakeNetwork network, TestNode node) {
    MossTransport transport =
        network.open(MossTransportConfig.defaults(Era.C, "moss/1"), identity, inbound -> {});
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), node.node().info().listenPort());
    session =
        transport.dial(new DialRequest(Carrier.TCP, address, null, Duration.ofSeconds(5))).join();
    session.start(this);
  }

  void send(Envelope envelope) {
    session.send(EnvelopeCodec.encode(envelope));
  }

  /** The next envelope. */
  Envelope next() throws InterruptedException {
    Envelope envelope = heard.poll(20, TimeUnit.SECONDS);
    assertNotNull(envelope, "an envelope should have come");
    return envelope;
  }

  /** The next envelope of a type; others are left out. */
  Envelope next(EnvelopeType type) throws InterruptedException {
    Envelope envelope = next();
    while (EnvelopeType.of(envelope.type()) != type) {
      envelope = next();
    }
    return envelope;
  }

  /** Returns when the node has read everything that was sent before. */
  void awaitRead() throws InterruptedException {
    send(Envelope.of(EnvelopeType.PING).requestId("read").build());
    next(EnvelopeType.PONG);
  }

  static Envelope announcement(Identity about, String address) {
    return Announcements.sign(
        Envelope.of(EnvelopeType.PEER_ANNOUNCE)
            .advertisedPeerId(about.peerId().hex())
            .advertisedAddress(address)
            .advertisedNoiseStatic(about.noisePublic())
            .build(),
        about);
  }

  static Envelope status(Identity about, EnvelopeType type, String address) {
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

  @Override
  public void onPacket(byte[] buffer, int offset, int length) {
    try {
      heard.add(EnvelopeCodec.decode(buffer, offset, length));
    } catch (EnvelopeException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void onBatchComplete() {}

  @Override
  public void onWritable() {}

  @Override
  public void onClosed(CloseReason reason) {}
}
