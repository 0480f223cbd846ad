// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.crypto.identity.Identity;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class AnnouncementsTest {
  private final Identity self = Identity.generate(new SecureRandom());

  @Test
  void shouldVerifyWhatItSigned() {
    for (EnvelopeType type :
        new EnvelopeType[] {
          EnvelopeType.PEER_ANNOUNCE, EnvelopeType.SUPERNODE_ANNOUNCE, EnvelopeType.SUPERNODE_REVOKE
        }) {
      assertTrue(Announcements.verify(signed(type)), type.name());
    }
    for (EnvelopeType type :
        new EnvelopeType[] {EnvelopeType.RELAY_REQUEST, EnvelopeType.RELAY_ACCEPT}) {
      Envelope relay = Envelope.of(type).relaySession("s").relaySource(self.peerId().hex()).build();
      assertTrue(Announcements.verify(Announcements.sign(relay, self)), type.name());
    }
  }

  @Test
  void shouldSignTheFieldsWithZeroOctetsBetween() {
    String id = self.peerId().hex();

    assertEquals(
        "moss-peer-announcement\0peer_announce\0" + id + "\0h:1",
        text(announcement(EnvelopeType.PEER_ANNOUNCE).build()));
    assertEquals(
        "moss-peer-announcement\0peer_announce\0" + id + "\0h:1\0v2\0" + "k".repeat(32),
        text(
            announcement(EnvelopeType.PEER_ANNOUNCE)
                .advertisedNoiseStatic("k".repeat(32).getBytes(StandardCharsets.US_ASCII))
                .build()));
    assertEquals(
        "moss-supernode-status\0supernode_revoke\0" + id + "\0h:1\0public\0true\0false",
        text(
            announcement(EnvelopeType.SUPERNODE_REVOKE)
                .advertisedNatType("public")
                .advertisedReachable(true)
                .build()));
    assertEquals(
        "moss-relay-accept\0relay_accept\0s\0a\0b",
        text(
            Envelope.of(EnvelopeType.RELAY_ACCEPT)
                .relaySession("s")
                .relaySource("a")
                .relayTarget("b")
                .build()));
  }

  @Test
  void shouldRefuseAnyChangeOfASignedField() {
    Envelope signed = signed(EnvelopeType.SUPERNODE_ANNOUNCE);

    assertFalse(Announcements.verify(signed.toBuilder().advertisedAddress("h:2").build()));
    assertFalse(Announcements.verify(signed.toBuilder().advertisedNatType("cgnat").build()));
    assertFalse(Announcements.verify(signed.toBuilder().advertisedReachable(true).build()));
    assertFalse(Announcements.verify(signed.toBuilder().type("supernode_revoke").build()));
    assertFalse(
        Announcements.verify(
            signed.toBuilder()
                .advertisedPeerId(Identity.generate(new SecureRandom()).peerId().hex())
                .build()));
  }

  @Test
  void shouldBindTheNoiseKeyToThePeer() {
    Envelope first = signed(EnvelopeType.PEER_ANNOUNCE);
    Envelope second =
        Announcements.sign(
            announcement(EnvelopeType.PEER_ANNOUNCE).advertisedNoiseStatic(new byte[32]).build(),
            self);

    assertTrue(Announcements.verify(second));
    assertFalse(
        Announcements.verify(first.toBuilder().advertisedNoiseStatic(new byte[32]).build()));
    assertFalse(
        Announcements.verify(second.toBuilder().advertisedNoiseStatic(new byte[0]).build()));
    assertFalse(
        Announcements.verify(second.toBuilder().advertisedNoiseStatic(new byte[31]).build()));
  }

  @Test
  void shouldJudgeASupernodeByItsTypeAndNotByTheFlag() {
    Envelope announced =
        Announcements.sign(
            announcement(EnvelopeType.SUPERNODE_ANNOUNCE).advertisedRelayCapable(true).build(),
            self);
    Envelope flipped = announced.toBuilder().advertisedRelayCapable(false).build();

    assertFalse(Announcements.verify(flipped));
    assertTrue(Announcements.verifySupernode(flipped));
  }

  @Test
  void shouldRefuseWhatNobodyCanHaveSigned() {
    assertFalse(Announcements.verify(Envelope.of(EnvelopeType.PEER_ANNOUNCE).build()));
    assertFalse(Announcements.verify(Envelope.of(EnvelopeType.PING).build()));
    assertThrows(
        IllegalArgumentException.class,
        () -> Announcements.sign(Envelope.of(EnvelopeType.PING).build(), self));
  }

  private Envelope signed(EnvelopeType type) {
    return Announcements.sign(announcement(type).build(), self);
  }

  private EnvelopeBuilder announcement(EnvelopeType type) {
    return Envelope.of(type).advertisedPeerId(self.peerId().hex()).advertisedAddress("h:1");
  }

  private static String text(Envelope envelope) {
    return new String(Announcements.signedOctets(envelope), StandardCharsets.UTF_8);
  }
}
