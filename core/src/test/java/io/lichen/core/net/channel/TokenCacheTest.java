// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

import static io.lichen.core.net.channel.Rig.CHANNEL;
import static io.lichen.core.net.channel.Rig.ROOT;
import static io.lichen.core.net.channel.Rig.SECS;
import static io.lichen.core.net.channel.Rig.SUBSCRIBER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.lichen.crypto.token.PermissionToken;
import io.lichen.crypto.token.RevocationFloors;
import io.lichen.crypto.token.TokenGrant;
import io.lichen.crypto.token.TokenIssuer;
import io.lichen.crypto.token.TokenScope;
import io.lichen.crypto.token.TokenVerdict;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TokenCacheTest {
  private final RevocationFloors floors = new RevocationFloors();
  private final TokenCache cache = new TokenCache(floors, 0);
  private final TokenIssuer issuer = new TokenIssuer(ROOT, new Random(1));

  @Test
  void shouldFindWhatPermitsTheActionNow() {
    PermissionToken token = token(TokenScope.SUBSCRIBE, 60);
    assertEquals(TokenVerdict.OK, cache.put(token, SECS));
    assertEquals(token, find(TokenScope.SUBSCRIBE, CHANNEL.hash(), SECS));
    assertNull(find(TokenScope.PUBLISH, CHANNEL.hash(), SECS));
    assertNull(find(TokenScope.SUBSCRIBE, 5, SECS));
    assertNull(find(TokenScope.SUBSCRIBE, CHANNEL.hash(), SECS + 60));
    floors.raise(ROOT.id(), 1);
    assertNull(find(TokenScope.SUBSCRIBE, CHANNEL.hash(), SECS));
  }

  @Test
  void shouldFindTheChannelsTokenBeforeOneForAll() {
    PermissionToken forAll = token(TokenScope.SUBSCRIBE.union(TokenScope.WILDCARD), 60);
    cache.put(forAll, SECS);
    assertEquals(forAll, find(TokenScope.SUBSCRIBE, 5, SECS));
    PermissionToken own = token(TokenScope.SUBSCRIBE, 60);
    cache.put(own, SECS);
    assertEquals(own, find(TokenScope.SUBSCRIBE, CHANNEL.hash(), SECS));
  }

  @Test
  void shouldReplaceATokenOfTheSameScope() {
    cache.put(token(TokenScope.SUBSCRIBE, 60), SECS);
    PermissionToken renewed = token(TokenScope.SUBSCRIBE, 120);
    cache.put(renewed, SECS);
    assertEquals(1, cache.size());
    assertEquals(renewed, find(TokenScope.SUBSCRIBE, CHANNEL.hash(), SECS));
  }

  @Test
  void shouldHoldThirtyTwoScopesOfAChannel() {
    for (int scope = 0; scope < TokenCache.MAX_TOKENS_OF_SLOT; scope++) {
      cache.put(token(new TokenScope(scope << 8), 60), SECS);
    }
    assertEquals(TokenVerdict.NOT_AUTHORIZED, cache.put(token(TokenScope.SUBSCRIBE, 60), SECS));
    assertEquals(TokenCache.MAX_TOKENS_OF_SLOT, cache.size());
  }

  @Test
  void shouldRefuseWhatNobodySigned() {
    byte[] forged = token(TokenScope.SUBSCRIBE, 60).encode();
    forged[64] ^= 1;
    assertEquals(TokenVerdict.INVALID_SIGNATURE, cache.put(PermissionToken.decode(forged), SECS));
    assertEquals(0, cache.size());
  }

  @Test
  void shouldDropWhatIsOver() {
    cache.put(token(TokenScope.SUBSCRIBE, 60), SECS);
    cache.put(token(TokenScope.PUBLISH, 61), SECS);
    assertEquals(1, cache.removeExpired(SECS + 60));
    assertEquals(1, cache.size());
  }

  @Test
  void shouldRefuseAnotherChannelUntilTokensOfOneAreOver() {
    TokenCache small = new TokenCache(floors, 0, 1);
    small.put(token(TokenScope.SUBSCRIBE, 60), SECS);
    PermissionToken more =
        issuer.issue(TokenGrant.of(SUBSCRIBER.id(), TokenScope.SUBSCRIBE, 5, 600), SECS);
    assertEquals(TokenVerdict.NOT_AUTHORIZED, small.put(more, SECS + 59));
    assertEquals(TokenVerdict.OK, small.put(token(TokenScope.PUBLISH, 60), SECS + 59));
    assertEquals(TokenVerdict.OK, small.put(more, SECS + 60));
    assertEquals(1, small.size());
  }

  private PermissionToken token(TokenScope scope, long durationSecs) {
    return issuer.issue(TokenGrant.of(SUBSCRIBER.id(), scope, CHANNEL.hash(), durationSecs), SECS);
  }

  private @Nullable PermissionToken find(TokenScope action, long hash, long nowSecs) {
    return cache.find(SUBSCRIBER.id(), action, hash, nowSecs);
  }
}
