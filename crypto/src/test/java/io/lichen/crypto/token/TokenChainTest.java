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
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.crypto.RandomInput;
import io.lichen.crypto.SharedVectors;
import io.lichen.crypto.entity.EntityId;
import io.lichen.crypto.entity.EntityKeyPair;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TokenChainTest {
  private final RevocationFloors floors = new RevocationFloors();

  @Test
  void shouldJudgeAsTheNative() {
    SharedVectors.elements(SharedVectors.read("net-wire.json").get("token_chain_verdicts"))
        .forEach(
            vector ->
                assertEquals(
                    vector.get("verdict").asText().toLowerCase(Locale.ROOT),
                    judge(vector).name().replace("_", "").toLowerCase(Locale.ROOT),
                    vector.get("name").asText()));
  }

  private static TokenVerdict judge(JsonNode vector) {
    RevocationFloors floors = new RevocationFloors();
    SharedVectors.elements(vector.get("revocation_floors"))
        .forEach(
            floor -> floors.raise(EntityId.of(hex(floor, "issuer")), floor.get("floor").asInt()));
    Set<EntityId> roots =
        SharedVectors.elements(vector.get("roots"))
            .map(root -> EntityId.parse(root.asText()))
            .collect(Collectors.toSet());
    try {
      return TokenChain.decode(hex(vector, "chain"))
          .verify(
              new TokenScope(vector.get("action_bits").asInt()),
              Long.parseUnsignedLong(vector.get("channel_hash").asText()),
              EntityId.of(hex(vector, "presenter")),
              new TokenPolicy(roots, floors, vector.get("skew_secs").asInt()),
              vector.get("evaluate_at_unix_secs").asLong());
    } catch (TokenException e) {
      return e.verdict();
    }
  }

  @Test
  void shouldLetTheLastHolderSubscribe() {
    assertEquals(TokenVerdict.OK, verify(Tokens.chain(), LEAF, NOW + 10));
    assertEquals(TokenVerdict.OK, verify(TokenChain.of(Tokens.granted()), MIDDLE, NOW));
  }

  @Test
  void shouldRefuseTheChainOfAnother() {
    assertEquals(TokenVerdict.NOT_AUTHORIZED, verify(Tokens.chain(), MIDDLE, NOW + 10));
    assertEquals(TokenVerdict.NOT_AUTHORIZED, verify(Tokens.chain(), ROOT, NOW + 10));
  }

  /** Anybody can sign a token for himself: only the roots' begin a chain. */
  @Test
  void shouldRefuseWhatNoRootGranted() {
    TokenGrant toOneself = TokenGrant.of(LEAF.id(), TokenScope.ALL, CHANNEL, DAY);
    TokenChain chain = TokenChain.of(Tokens.issuer(LEAF).issue(toOneself, NOW));
    assertEquals(TokenVerdict.NOT_AUTHORIZED, verify(chain, LEAF, NOW));
  }

  @Test
  void shouldRefuseAChainOutOfOrderOrWithoutItsMiddle() {
    TokenChain chain = Tokens.chain();
    TokenChain withoutRoot = new TokenChain(List.of(chain.tokens().getLast()));
    TokenChain reversed = new TokenChain(chain.tokens().reversed());
    assertEquals(TokenVerdict.NOT_AUTHORIZED, verify(withoutRoot, LEAF, NOW + 10));
    assertEquals(TokenVerdict.NOT_AUTHORIZED, verify(reversed, LEAF, NOW + 10));
    EntityKeyPair stranger = Tokens.keys(9);
    PermissionToken spliced =
        Tokens.issuer(stranger)
            .issue(TokenGrant.of(LEAF.id(), TokenScope.SUBSCRIBE, CHANNEL, 60), NOW);
    assertEquals(
        TokenVerdict.NOT_AUTHORIZED,
        verify(TokenChain.of(Tokens.granted()).with(spliced), LEAF, NOW));
  }

  @Test
  void shouldRefuseAChildThatOutlivesItsParent() {
    assertEquals(TokenVerdict.NOT_AUTHORIZED, verify(childLasting(NOW, DAY + 1), LEAF, NOW + 1));
    assertEquals(TokenVerdict.NOT_AUTHORIZED, verify(childLasting(NOW - 1, 60), LEAF, NOW + 1));
    assertEquals(TokenVerdict.OK, verify(childLasting(NOW, DAY), LEAF, NOW + 1));
  }

  private static TokenChain childLasting(long fromSecs, long durationSecs) {
    TokenGrant grant = TokenGrant.of(LEAF.id(), TokenScope.SUBSCRIBE, CHANNEL, durationSecs);
    return TokenChain.of(Tokens.granted()).with(Tokens.issuer(MIDDLE).issue(grant, fromSecs));
  }

  @Test
  void shouldRefuseMoreThanTheParentPermits() {
    TokenGrant publish = TokenGrant.of(LEAF.id(), TokenScope.PUBLISH, CHANNEL, 60);
    TokenChain overDelegated =
        TokenChain.of(Tokens.granted()).with(Tokens.issuer(MIDDLE).issue(publish, NOW));
    assertEquals(
        TokenVerdict.NOT_AUTHORIZED,
        overDelegated.verify(TokenScope.PUBLISH, CHANNEL, LEAF.id(), policy(), NOW));
    TokenGrant everywhere =
        TokenGrant.of(LEAF.id(), TokenScope.SUBSCRIBE.union(TokenScope.WILDCARD), 0, 60);
    TokenChain wider =
        TokenChain.of(Tokens.granted()).with(Tokens.issuer(MIDDLE).issue(everywhere, NOW));
    assertEquals(
        TokenVerdict.NOT_AUTHORIZED,
        wider.verify(TokenScope.SUBSCRIBE, CHANNEL + 1, LEAF.id(), policy(), NOW));
  }

  @Test
  void shouldFallWithAnyIssuersFloorAndForGood() {
    TokenChain chain = Tokens.chain();
    floors.raise(MIDDLE.id(), 1);
    assertEquals(TokenVerdict.REVOKED, verify(chain, LEAF, NOW + 10));
    floors.raise(MIDDLE.id(), 0);
    assertEquals(1, floors.floor(MIDDLE.id()), "a floor sank");
    assertEquals(TokenVerdict.REVOKED, verifyAgain(chain, NOW + 10));
  }

  @Test
  void shouldCompareGenerationsWithoutSign() {
    TokenFields newest = Tokens.issuer(ROOT).issue(Tokens.grant().withGeneration(-1), NOW).fields();
    floors.raise(ROOT.id(), Integer.MAX_VALUE);
    assertEquals(false, floors.isRevoked(newest));
    floors.raise(ROOT.id(), -1);
    floors.raise(ROOT.id(), 5);
    assertEquals(-1, floors.floor(ROOT.id()));
  }

  @Test
  void shouldLookAtAllButSignaturesWhenVerifyingAgain() {
    byte[] forged = Tokens.chain().encode();
    forged[forged.length - 1] ^= 1;
    TokenChain chain = TokenChain.decode(forged);
    assertEquals(TokenVerdict.INVALID_SIGNATURE, verify(chain, LEAF, NOW + 10));
    assertEquals(TokenVerdict.OK, verifyAgain(chain, NOW + 10));
    assertEquals(TokenVerdict.EXPIRED, verifyAgain(chain, NOW + DAY));
  }

  @Test
  void shouldNoticeEveryAlteredOctet() {
    byte[] octets = Tokens.chain().encode();
    for (int index = 1; index < octets.length; index++) {
      octets[index] ^= 1;
      assertNotEquals(
          TokenVerdict.OK, verify(TokenChain.decode(octets), LEAF, NOW + 10), "octet " + index);
      octets[index] ^= 1;
    }
  }

  @Test
  void shouldReadBackWhateverHasTheRightLength() {
    Random random = RandomInput.seeded("token chain");
    byte[] right = Tokens.chain().encode();
    for (int round = 0; round < RandomInput.count(); round++) {
      byte[] octets = RandomInput.mutated(random, right, TokenChain.MAX_BYTES + 200);
      try {
        assertArrayEquals(octets, TokenChain.decode(octets).encode());
      } catch (TokenException e) {
        assertEquals(TokenVerdict.INVALID_FORMAT, e.verdict());
      }
    }
  }

  @Test
  void shouldHoldOneToEightTokens() {
    PermissionToken token = Tokens.granted();
    TokenChain longest = new TokenChain(Collections.nCopies(8, token));
    assertEquals(TokenChain.MAX_BYTES, longest.encode().length);
    assertEquals(longest, TokenChain.decode(longest.encode()));
    assertThrows(IllegalArgumentException.class, () -> longest.with(token));
    assertThrows(IllegalArgumentException.class, () -> new TokenChain(List.of()));
    byte[] nine = new byte[1 + 9 * PermissionToken.BYTES];
    nine[0] = 9;
    assertThrows(TokenException.class, () -> TokenChain.decode(nine));
  }

  @Test
  void shouldRefuseSkewsBeyondFiveMinutes() {
    assertThrows(IllegalArgumentException.class, () -> new TokenPolicy(Set.of(), floors, 301));
    assertThrows(IllegalArgumentException.class, () -> new TokenPolicy(Set.of(), floors, -1));
  }

  @Test
  void shouldRefuseAFloorThatDoesNotFitRatherThanForgetOne() {
    byte[] name = new byte[EntityId.BYTES];
    for (int issuer = 0; issuer < RevocationFloors.MAX_ISSUERS; issuer++) {
      name[0] = (byte) issuer;
      name[1] = (byte) (issuer >> 8);
      floors.raise(EntityId.of(name), 1);
    }
    assertThrows(IllegalStateException.class, () -> floors.raise(ROOT.id(), 1));
    floors.raise(EntityId.of(name), 2);
    assertEquals(2, floors.floor(EntityId.of(name)));
  }

  private TokenVerdict verify(TokenChain chain, EntityKeyPair presenter, long nowSecs) {
    return chain.verify(TokenScope.SUBSCRIBE, CHANNEL, presenter.id(), policy(), nowSecs);
  }

  private TokenVerdict verifyAgain(TokenChain chain, long nowSecs) {
    return chain.verifyAgain(TokenScope.SUBSCRIBE, CHANNEL, LEAF.id(), policy(), nowSecs);
  }

  private TokenPolicy policy() {
    return new TokenPolicy(Set.of(ROOT.id()), floors, 0);
  }
}
