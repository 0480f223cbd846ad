// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net;

import io.lichen.crypto.entity.EntityId;
import io.lichen.crypto.token.PermissionToken;
import io.lichen.crypto.token.TokenChain;
import io.lichen.crypto.token.TokenGrant;
import io.lichen.crypto.token.TokenScope;
import org.jspecify.annotations.Nullable;

/**
 * The permission tokens of a node: those it issues, and those it holds. Thread-safe. Times are the
 * system clock's.
 *
 * <p>Methods fail with {@link NetException} and one of {@link NetError#TOKEN_INVALID_FORMAT} to
 * {@link NetError#TOKEN_NOT_AUTHORIZED}.
 */
public interface NetTokens {
  /** Grants something by this node's own authority, from now on. */
  PermissionToken issue(TokenGrant grant);

  /**
   * Passes on a right that this node holds: at most the same scope, on the same channel, up to the
   * same moment, once less.
   */
  PermissionToken delegate(PermissionToken parent, EntityId subject, TokenScope scope);

  /** Keeps a token of this node's, to publish with, that a root of the channel granted to it. */
  void install(PermissionToken token);

  /**
   * Publishes on a channel by a right that was passed on, from a root of the channel down to this
   * node. It is judged anew at each publish, as a subscriber's is; where it does not hold, a token
   * that was {@linkplain #install installed} is looked for.
   *
   * @param chain in place of the one before; null for none
   * @throws NetException {@link NetError#TOKEN_NOT_AUTHORIZED} if the last token is not this node's
   *     or 4096 channels have a chain, {@link NetError#TOKEN_INVALID_SIGNATURE} if a token is not
   *     its issuer's
   */
  void publishWith(String channel, @Nullable TokenChain chain);

  /** A token that lets an entity do this now; null if this node holds none. */
  @Nullable PermissionToken find(EntityId subject, TokenScope action, String channel);

  /** How many tokens this node holds. */
  int size();

  /**
   * Revokes what an issuer granted in generations before this one. Nobody is told; subscriptions
   * that rest on such a token end at the next publish, or within 30 s.
   *
   * @param generation unsigned; a lower one than before changes nothing
   */
  void revokeBefore(EntityId issuer, int generation);
}
