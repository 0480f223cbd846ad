// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.crypto.identity.Identity;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PeerAnnouncementTest {
  private final Identity identity = Identity.generate(new SecureRandom());

  private Envelope signed(EnvelopeType type, boolean relayCapable) {
    EnvelopeBuilder envelope =
        Envelope.of(type)
            .advertisedPeerId(identity.peerId().hex())
            .advertisedAddress("192.0.2.1:1")
            .advertisedNatType("public")
            .advertisedReachable(true)
            .advertisedRelayCapable(relayCapable);
    if (type == EnvelopeType.PEER_ANNOUNCE) {
      envelope.advertisedNoiseStatic(identity.noisePublic());
    }
    return Announcements.sign(envelope.build(), identity);
  }

  private static Optional<PeerAnnouncement> read(EnvelopeBuilder envelope) {
    return PeerAnnouncement.of(envelope.build());
  }

  @Test
  void shouldKeepWhatIsSignedAndNothingElse() {
    PeerAnnouncement said =
        PeerAnnouncement.of(signed(EnvelopeType.PEER_ANNOUNCE, true)).orElseThrow();
    assertTrue(said.isSigned());
    assertEquals("", said.natType());
    assertFalse(said.reachable());
    assertFalse(said.relayCapable());
    assertTrue(Announcements.verify(said.toEnvelope()));
  }

  @Test
  void shouldReadASupernodesStatusByItsTypeWhateverItsFlagSays() {
    Envelope up = signed(EnvelopeType.SUPERNODE_ANNOUNCE, true);
    Envelope down = signed(EnvelopeType.SUPERNODE_REVOKE, false);
    assertTrue(read(up.toBuilder().advertisedRelayCapable(false)).orElseThrow().isSigned());
    assertTrue(read(down.toBuilder().advertisedRelayCapable(true)).orElseThrow().isSigned());
    assertFalse(read(up.toBuilder().advertisedReachable(false)).orElseThrow().isSigned());
    assertEquals("public", PeerAnnouncement.of(up).orElseThrow().natType());
  }

  @Test
  void shouldRefuseWhatCanNeverVerify() {
    Envelope good = signed(EnvelopeType.PEER_ANNOUNCE, false);
    assertTrue(read(good.toBuilder().type("publish")).isEmpty());
    assertTrue(read(good.toBuilder().type("no such type")).isEmpty());
    assertTrue(read(good.toBuilder().advertisedAddress("")).isEmpty());
    assertTrue(read(good.toBuilder().advertisedAddress("a".repeat(300))).isEmpty());
    assertTrue(read(good.toBuilder().advertisedNatType("a".repeat(300))).isEmpty());
    assertTrue(read(good.toBuilder().advertisedSignature(new byte[63])).isEmpty());
    assertTrue(read(good.toBuilder().advertisedNoiseStatic(new byte[31])).isEmpty());
    assertTrue(read(good.toBuilder().advertisedPeerId("")).isEmpty());
    assertTrue(read(good.toBuilder().advertisedPeerId("z".repeat(64))).isEmpty());
    String upper = identity.peerId().hex().toUpperCase(Locale.ROOT);
    assertTrue(read(good.toBuilder().advertisedPeerId(upper)).isEmpty());
  }

  @Test
  void shouldNotVerifyWhatWasAltered() {
    Envelope good = signed(EnvelopeType.PEER_ANNOUNCE, false);
    assertFalse(read(good.toBuilder().advertisedAddress("192.0.2.1:2")).orElseThrow().isSigned());
    assertFalse(
        read(good.toBuilder().advertisedNoiseStatic(new byte[32])).orElseThrow().isSigned());
    assertFalse(read(good.toBuilder().advertisedNoiseStatic(new byte[0])).orElseThrow().isSigned());
  }
}
