// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.token;

import io.lichen.crypto.entity.EntityId;
import io.lichen.crypto.entity.EntityKeyPair;
import java.util.random.RandomGenerator;

/** Issues and delegates tokens for one entity. Thread-safe if its source of randomness is. */
public final class TokenIssuer {
  private final EntityKeyPair keys;
  private final RandomGenerator random;

  /** Signs with these keys, and draws nonces from this source. */
  public TokenIssuer(EntityKeyPair keys, RandomGenerator random) {
    this.keys = keys;
    this.random = random;
  }

  /**
   * A token of this entity's own authority, valid from this second on.
   *
   * @param nowSecs Unix seconds
   * @throws TokenException with {@link TokenVerdict#ZERO_TTL} or {@link TokenVerdict#TTL_TOO_LONG}
   */
  public PermissionToken issue(TokenGrant grant, long nowSecs) {
    requireDuration(grant.durationSecs());
    TokenFields fields =
        new TokenFields(
            keys.id(),
            grant.subject(),
            grant.scope(),
            grant.channelHash(),
            grant.generation(),
            nowSecs,
            nowSecs + grant.durationSecs(),
            grant.delegationDepth(),
            random.nextLong());
    return PermissionToken.sign(fields, keys);
  }

  /**
   * Passes on a right that this entity holds: at most the same scope, on the same channel, up to
   * the same moment, once less.
   *
   * @param nowSecs Unix seconds
   * @throws TokenException if the parent is not valid now, may not be passed on, or is not this
   *     entity's
   */
  public PermissionToken delegate(
      PermissionToken parent, EntityId subject, TokenScope scope, long nowSecs) {
    requireDelegable(parent, nowSecs);
    TokenFields held = parent.fields();
    TokenFields fields =
        new TokenFields(
            keys.id(),
            subject,
            held.scope().intersection(scope),
            held.channelHash(),
            held.generation(),
            nowSecs,
            held.notAfterSecs(),
            held.delegationDepth() - 1,
            random.nextLong());
    return PermissionToken.sign(fields, keys);
  }

  private static void requireDuration(long durationSecs) {
    if (durationSecs <= 0) {
      throw new TokenException(
          TokenVerdict.ZERO_TTL, "a token lasts at least a second, not " + durationSecs);
    }
    if (durationSecs > PermissionToken.MAX_TTL_SECS) {
      throw new TokenException(
          TokenVerdict.TTL_TOO_LONG,
          "a token lasts at most "
              + PermissionToken.MAX_TTL_SECS
              + " seconds, not "
              + durationSecs);
    }
  }

  private void requireDelegable(PermissionToken parent, long nowSecs) {
    TokenVerdict validity = parent.validity(nowSecs, 0);
    if (validity != TokenVerdict.OK) {
      throw new TokenException(validity, "the token to pass on is not valid: " + validity);
    }
    TokenFields held = parent.fields();
    if (held.delegationDepth() == 0) {
      throw new TokenException(
          TokenVerdict.DELEGATION_EXHAUSTED, "the token's delegation depth is 0");
    }
    if (!held.scope().contains(TokenScope.DELEGATE)) {
      throw new TokenException(
          TokenVerdict.DELEGATION_NOT_ALLOWED, "the token's scope has no DELEGATE");
    }
    if (!held.subject().equals(keys.id())) {
      throw new TokenException(
          TokenVerdict.NOT_AUTHORIZED, "the token is " + held.subject() + "'s, not " + keys.id());
    }
  }
}
