// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.conformance.Skip;
import io.lichen.conformance.child.Driver;
import io.lichen.conformance.child.Waits;
import io.lichen.conformance.moss.ffi.MossLibraries;
import io.lichen.core.moss.MossConfig;
import io.lichen.core.moss.MossNode;
import io.lichen.core.moss.runtime.EnvelopeRecorder;
import io.lichen.core.moss.wire.Announcements;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.crypto.identity.Identity;
import io.lichen.nat.profile.AddressSource;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.DialRequest;
import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.MossTransport;
import io.lichen.transport.moss.MossTransportConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Lichen and a native tell each other about their addresses, as far as loopback shows it. */
class NatControlTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final MeshPeers peers = new MeshPeers(Path.of("target", "interop", "NatControlTest"));
  private final EnvelopeRecorder heard = new EnvelopeRecorder();
  private final CompletableFuture<MossSession> inbound = new CompletableFuture<>();
  private final Identity identity = Identity.generate(new SecureRandom());
  private final MossTransport transport =
      MossTransport.open(
          MossTransportConfig.defaults(Era.C, Cell.DEFAULT_NETWORK), identity, inbound::complete);

  @BeforeEach
  void assumeNative() {
    Skip.unless(
        MeshPeers.canRun(Driver.NATIVE, Era.C),
        NatControlTest.class,
        MossLibraries.howToName(Era.C));
  }

  @AfterEach
  void end() {
    transport.close();
    peers.close();
  }

  private MeshPeer startNative() {
    return peers.start(PeerSpec.of(Driver.NATIVE, Era.C, "grove"));
  }

  private InetSocketAddress own() {
    return at(transport.localAddress().getPort());
  }

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static void send(MossSession session, Envelope envelope) {
    session.send(EnvelopeCodec.encode(envelope));
  }

  private static Envelope request(EnvelopeType type, String id, String address) {
    return Envelope.of(type).requestId(id).advertisedAddress(address).build();
  }

  private Envelope relaying() {
    return Announcements.sign(
        Envelope.of(EnvelopeType.SUPERNODE_ANNOUNCE)
            .advertisedPeerId(identity.peerId().hex())
            .advertisedAddress("127.0.0.1:" + own().getPort())
            .advertisedNatType("public")
            .advertisedReachable(true)
            .advertisedRelayCapable(true)
            .build(),
        identity);
  }

  @Test
  void shouldBeToldByANativeHowItIsSeenAndWhetherItCanBeReached() throws Exception {
    MeshPeer peer = startNative();
    MossSession session =
        transport
            .dial(new DialRequest(Carrier.UDP, at(peer.port()), null, Duration.ofSeconds(10)))
            .join();
    session.start(heard);
    send(session, request(EnvelopeType.BINDING_REQUEST, "b", "10.9.8.7:4711"));
    Envelope seen = heard.next(EnvelopeType.BINDING_RESPONSE);
    assertEquals("b 127.0.0.1:4711", seen.requestId() + " " + seen.observedAddress());
    send(session, request(EnvelopeType.REACHABILITY_REQUEST, "other", "127.0.0.1:1"));
    String address = "127.0.0.1:" + own().getPort();
    send(session, request(EnvelopeType.REACHABILITY_REQUEST, "own", address));
    Envelope answer = heard.next(EnvelopeType.REACHABILITY_RESPONSE);
    assertEquals("own", answer.requestId(), "of another address it says nothing");
    assertTrue(answer.reachable());
  }

  @Test
  void shouldLearnItsAddressFromANative() {
    MeshPeer peer = startNative();
    for (String prefix : new String[] {"", "udp://"}) {
      AddressSource source = prefix.isEmpty() ? AddressSource.CLAIM : AddressSource.PEER;
      try (MossNode node = MossNode.builder("grove").config(MossConfig.quiet()).build()) {
        node.start();
        node.connect(prefix + peer.address());
        InetSocketAddress expected = at(node.info().listenPort());
        Waits.until(
            "the native has said how it sees us",
            LIMIT,
            () -> expected.equals(node.natReport().seen().get(source)));
        assertFalse(node.natReport().reachable());
      }
    }
  }

  @Test
  void shouldUnderstandWhatANativeAsks() throws Exception {
    MeshPeer peer = startNative();
    assertEquals(0, peer.connect("127.0.0.1:" + own().getPort()));
    MossSession session = inbound.get(20, TimeUnit.SECONDS);
    session.start(heard);
    Envelope asked = heard.next(EnvelopeType.BINDING_REQUEST);
    assertFalse(asked.requestId().isEmpty());
    assertEquals("127.0.0.1:" + peer.port(), asked.advertisedAddress());
    // On loopback it asks none but those that relay.
    send(session, relaying());
    String outside = "203.0.113.9:" + peer.port();
    send(
        session,
        Envelope.of(EnvelopeType.BINDING_RESPONSE)
            .requestId(asked.requestId())
            .observedAddress(outside)
            .build());
    Waits.until(
        "the native believes it",
        LIMIT,
        () -> peer.info().path("advertised_addr").asText().equals(outside));
    Envelope probe = heard.next(EnvelopeType.REACHABILITY_REQUEST);
    assertEquals(outside, probe.advertisedAddress());
    assertFalse(probe.requestId().isEmpty());
  }
}
