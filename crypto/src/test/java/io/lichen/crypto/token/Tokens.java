// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.token;

import io.lichen.crypto.entity.EntityKeyPair;
import java.util.Arrays;
import java.util.Random;

/** Entities, times and chains that the tests of this package share. */
final class Tokens {
  static final long NOW = 1_700_000_000;
  static final long CHANNEL = 0xcbe1f7b78be4f93eL;
  static final long DAY = 86_400;
  static final TokenScope PASSED_ON = TokenScope.SUBSCRIBE.union(TokenScope.DELEGATE);

  static final EntityKeyPair ROOT = keys(1);
  static final EntityKeyPair MIDDLE = keys(2);
  static final EntityKeyPair LEAF = keys(3);

  private Tokens() {}

  static EntityKeyPair keys(int number) {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) number);
    return EntityKeyPair.ofSeed(seed);
  }

  static TokenIssuer issuer(EntityKeyPair keys) {
    return new TokenIssuer(keys, new Random(5));
  }

  /** What the root grants to the one in the middle: to subscribe, and to pass it on once. */
  static TokenGrant grant() {
    return TokenGrant.of(MIDDLE.id(), PASSED_ON, CHANNEL, DAY).withDelegationDepth(1);
  }

  static PermissionToken granted() {
    return issuer(ROOT).issue(grant(), NOW);
  }

  /** Root, middle, leaf. */
  static TokenChain chain() {
    PermissionToken passedOn =
        issuer(MIDDLE).delegate(granted(), LEAF.id(), TokenScope.SUBSCRIBE, NOW + 1);
    return TokenChain.of(granted()).with(passedOn);
  }
}
