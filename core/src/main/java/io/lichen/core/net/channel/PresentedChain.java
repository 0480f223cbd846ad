// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

import io.lichen.crypto.entity.EntityId;
import io.lichen.crypto.token.TokenChain;
import io.lichen.crypto.token.TokenPolicy;
import io.lichen.crypto.token.TokenScope;
import io.lichen.crypto.token.TokenVerdict;

/**
 * A chain of tokens and what somebody presented it for. Immutable.
 *
 * @param chain the tokens
 * @param holder the entity that presented it
 * @param action what it was presented for
 * @param hash the channel's hash, or the queue group's
 */
public record PresentedChain(TokenChain chain, EntityId holder, TokenScope action, long hash) {
  /** The first judgement, signatures included; takes some tenths of a millisecond a token. */
  public TokenVerdict verify(TokenPolicy policy, long nowSecs) {
    return chain.verify(action, hash, holder, policy, nowSecs);
  }

  /** Whether what was good once still is: time, revocation and roots may have changed. */
  public boolean isStillGood(TokenPolicy policy, long nowSecs) {
    return chain.verifyAgain(action, hash, holder, policy, nowSecs) == TokenVerdict.OK;
  }
}
