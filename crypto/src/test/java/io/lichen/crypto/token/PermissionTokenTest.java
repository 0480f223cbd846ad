// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.token;

import static io.lichen.crypto.SharedVectors.hex;
import static io.lichen.crypto.token.Tokens.CHANNEL;
import static io.lichen.crypto.token.Tokens.DAY;
import static io.lichen.crypto.token.Tokens.LEAF;
import static io.lichen.crypto.token.Tokens.MIDDLE;
import static io.lichen.crypto.token.Tokens.NOW;
import static io.lichen.crypto.token.Tokens.ROOT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.crypto.RandomInput;
import io.lichen.crypto.SharedVectors;
import io.lichen.crypto.entity.EntityId;
import io.lichen.crypto.entity.EntityKeyPair;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class PermissionTokenTest {
  @Test
  void shouldSignTheOctetsOfTheNative() {
    SharedVectors.elements(SharedVectors.read("net-wire.json").get("permission_tokens"))
        .forEach(PermissionTokenTest::check);
  }

  private static void check(JsonNode vector) {
    EntityKeyPair issuer = EntityKeyPair.ofSeed(hex(vector, "issuer_seed"));
    TokenFields fields =
        new TokenFields(
            issuer.id(),
            EntityId.of(hex(vector, "subject")),
            new TokenScope(vector.get("scope_bits").asInt()),
            number(vector, "channel_hash"),
            vector.get("issuer_generation").asInt(),
            number(vector, "not_before"),
            number(vector, "not_after"),
            vector.get("delegation_depth").asInt(),
            number(vector, "nonce"));
    assertArrayEquals(hex(vector, "signed_payload"), fields.encode());
    PermissionToken token = PermissionToken.sign(fields, issuer);
    assertArrayEquals(hex(vector, "bytes"), token.encode());
    assertArrayEquals(hex(vector, "signature"), token.signature());
    PermissionToken decoded = PermissionToken.decode(token.encode());
    assertEquals(fields, decoded.fields());
    assertEquals(token, decoded);
    assertTrue(decoded.isSigned());
  }

  private static long number(JsonNode vector, String member) {
    return Long.parseUnsignedLong(vector.get(member).asText());
  }

  @Test
  void shouldNoticeEveryAlteredOctet() {
    byte[] octets = Tokens.granted().encode();
    for (int index = 0; index < octets.length; index++) {
      octets[index] ^= 0x20;
      assertFalse(PermissionToken.decode(octets).isSigned(), "octet " + index);
      octets[index] ^= 0x20;
    }
    assertTrue(PermissionToken.decode(octets).isSigned());
  }

  @Test
  void shouldReadBackWhateverHasTheRightLength() {
    Random random = RandomInput.seeded("permission token");
    byte[] right = Tokens.granted().encode();
    for (int round = 0; round < RandomInput.count(); round++) {
      byte[] octets = RandomInput.mutated(random, right, 200);
      if (octets.length == PermissionToken.BYTES) {
        assertArrayEquals(octets, PermissionToken.decode(octets).encode());
      } else {
        failsWith(TokenVerdict.INVALID_FORMAT, () -> PermissionToken.decode(octets));
      }
    }
  }

  @Test
  void shouldIssueFromNowOn() {
    TokenFields fields = Tokens.granted().fields();
    assertEquals(ROOT.id(), fields.issuer());
    assertEquals(MIDDLE.id(), fields.subject());
    assertEquals(NOW, fields.notBeforeSecs());
    assertEquals(NOW + DAY, fields.notAfterSecs());
    assertEquals(1, fields.delegationDepth());
    assertEquals(0, fields.generation());
    TokenIssuer issuer = Tokens.issuer(ROOT);
    assertNotEquals(
        issuer.issue(Tokens.grant(), NOW).fields().nonce(),
        issuer.issue(Tokens.grant(), NOW).fields().nonce());
  }

  @Test
  void shouldRefuseDurationsOutsideOneSecondToAYear() {
    TokenIssuer issuer = Tokens.issuer(ROOT);
    long year = PermissionToken.MAX_TTL_SECS;
    failsWith(TokenVerdict.ZERO_TTL, () -> issuer.issue(lasting(0), NOW));
    failsWith(TokenVerdict.ZERO_TTL, () -> issuer.issue(lasting(-1), NOW));
    failsWith(TokenVerdict.TTL_TOO_LONG, () -> issuer.issue(lasting(year + 1), NOW));
    assertEquals(TokenVerdict.OK, issuer.issue(lasting(year), NOW).validity(NOW, 0));
  }

  private static TokenGrant lasting(long durationSecs) {
    return TokenGrant.of(LEAF.id(), TokenScope.PUBLISH, CHANNEL, durationSecs);
  }

  @Test
  void shouldPassOnNoMoreThanIsHeld() {
    PermissionToken held = Tokens.issuer(ROOT).issue(Tokens.grant().withGeneration(7), NOW);
    PermissionToken passedOn =
        Tokens.issuer(MIDDLE).delegate(held, LEAF.id(), TokenScope.ALL, NOW + 60);
    TokenFields fields = passedOn.fields();
    assertTrue(passedOn.isSigned());
    assertEquals(MIDDLE.id(), fields.issuer());
    assertEquals(LEAF.id(), fields.subject());
    assertEquals(Tokens.PASSED_ON, fields.scope());
    assertEquals(CHANNEL, fields.channelHash());
    assertEquals(7, fields.generation());
    assertEquals(NOW + 60, fields.notBeforeSecs());
    assertEquals(NOW + DAY, fields.notAfterSecs());
    assertEquals(0, fields.delegationDepth());
  }

  @Test
  void shouldNotPassOnWhatMayNotBePassedOn() {
    failsWith(TokenVerdict.EXPIRED, () -> passOn(MIDDLE, Tokens.grant(), NOW + DAY));
    failsWith(TokenVerdict.NOT_YET_VALID, () -> passOn(MIDDLE, Tokens.grant(), NOW - 1));
    failsWith(
        TokenVerdict.DELEGATION_EXHAUSTED,
        () -> passOn(MIDDLE, Tokens.grant().withDelegationDepth(0), NOW));
    TokenGrant forHolderAlone =
        TokenGrant.of(MIDDLE.id(), TokenScope.SUBSCRIBE, CHANNEL, DAY).withDelegationDepth(1);
    failsWith(TokenVerdict.DELEGATION_NOT_ALLOWED, () -> passOn(MIDDLE, forHolderAlone, NOW));
    failsWith(TokenVerdict.NOT_AUTHORIZED, () -> passOn(LEAF, Tokens.grant(), NOW));
    byte[] forged = Tokens.granted().encode();
    forged[TokenFields.BYTES - 9] = 9;
    failsWith(
        TokenVerdict.INVALID_SIGNATURE,
        () ->
            Tokens.issuer(MIDDLE)
                .delegate(PermissionToken.decode(forged), LEAF.id(), TokenScope.ALL, NOW));
  }

  private static PermissionToken passOn(EntityKeyPair holder, TokenGrant grant, long nowSecs) {
    PermissionToken held = Tokens.issuer(ROOT).issue(grant, NOW);
    return Tokens.issuer(holder).delegate(held, LEAF.id(), TokenScope.SUBSCRIBE, nowSecs);
  }

  @Test
  void shouldBeValidFromTheFirstSecondToTheLast() {
    PermissionToken token = Tokens.granted();
    assertEquals(TokenVerdict.NOT_YET_VALID, token.validity(NOW - 1, 0));
    assertEquals(TokenVerdict.OK, token.validity(NOW, 0));
    assertEquals(TokenVerdict.OK, token.validity(NOW + DAY - 1, 0));
    assertEquals(TokenVerdict.EXPIRED, token.validity(NOW + DAY, 0));
    assertEquals(TokenVerdict.OK, token.validity(NOW - 10, 10));
    assertEquals(TokenVerdict.NOT_YET_VALID, token.validity(NOW - 11, 10));
    assertEquals(TokenVerdict.OK, token.validity(NOW + DAY + 9, 10));
    assertEquals(TokenVerdict.EXPIRED, token.validity(NOW + DAY + 10, 10));
  }

  /** The greatest times are lies, and no overflow turns them into rights. */
  @Test
  void shouldJudgeExtremeTimes() {
    assertEquals(TokenVerdict.TTL_TOO_LONG, between(0, -1L).validity(NOW, 300));
    assertEquals(TokenVerdict.NOT_YET_VALID, between(-1L, -1L).validity(NOW, 300));
    assertEquals(TokenVerdict.EXPIRED, between(0, 0).validity(NOW, 300));
    assertEquals(TokenVerdict.OK, between(NOW + 100, NOW - 100).validity(NOW, 300));
    assertEquals(TokenVerdict.TTL_TOO_LONG, between(NOW, NOW + 31_536_001).validity(NOW, 0));
  }

  private static TokenFields between(long notBeforeSecs, long notAfterSecs) {
    return new TokenFields(
        ROOT.id(), LEAF.id(), TokenScope.ALL, 0, 0, notBeforeSecs, notAfterSecs, 0, 0);
  }

  @Test
  void shouldAuthorizeWhatItsScopeAndChannelSay() {
    TokenFields fields = Tokens.granted().fields();
    assertTrue(fields.authorizes(TokenScope.SUBSCRIBE, CHANNEL));
    assertFalse(fields.authorizes(TokenScope.SUBSCRIBE, CHANNEL + 1));
    assertFalse(fields.authorizes(TokenScope.PUBLISH, CHANNEL));
    assertFalse(fields.authorizes(TokenScope.NONE, CHANNEL), "asking for nothing is no right");
    assertFalse(TokenScope.ALL.contains(TokenScope.WILDCARD));
  }

  @Test
  void shouldNotSignForAnother() {
    TokenFields fields = Tokens.granted().fields();
    assertThrows(IllegalArgumentException.class, () -> PermissionToken.sign(fields, LEAF));
    assertThrows(
        IllegalArgumentException.class,
        () -> Tokens.issuer(ROOT).issue(Tokens.grant().withDelegationDepth(256), NOW));
  }

  private static void failsWith(TokenVerdict expected, Executable action) {
    assertEquals(expected, assertThrows(TokenException.class, action).verdict());
  }
}
