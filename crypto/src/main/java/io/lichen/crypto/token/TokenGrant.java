// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.token;

import io.lichen.crypto.entity.EntityId;

/**
 * What an issuer wants to grant from now on.
 *
 * @param subject to whom
 * @param scope what
 * @param channelHash on which channel, unsigned
 * @param durationSecs for how many seconds, 1 to {@link PermissionToken#MAX_TTL_SECS}
 * @param delegationDepth how often the right may be passed on, 0 to 255
 * @param generation the issuer's generation, unsigned; natives of this age issue 0
 */
public record TokenGrant(
    EntityId subject,
    TokenScope scope,
    long channelHash,
    long durationSecs,
    int delegationDepth,
    int generation) {
  /** A right that may not be passed on, of generation 0. */
  public static TokenGrant of(
      EntityId subject, TokenScope scope, long channelHash, long durationSecs) {
    return new TokenGrant(subject, scope, channelHash, durationSecs, 0, 0);
  }

  /** The same, to be passed on so often; it has to contain {@link TokenScope#DELEGATE} too. */
  public TokenGrant withDelegationDepth(int depth) {
    return new TokenGrant(subject, scope, channelHash, durationSecs, depth, generation);
  }

  /** The same of another generation. */
  public TokenGrant withGeneration(int newGeneration) {
    return new TokenGrant(
        subject, scope, channelHash, durationSecs, delegationDepth, newGeneration);
  }
}
