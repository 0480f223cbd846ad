// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net;

import io.lichen.crypto.entity.EntityId;
import io.lichen.crypto.token.PermissionToken;
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

  /** Keeps a token of this node's, to publish with. */
  void install(PermissionToken token);

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
