// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.token;

/**
 * What is said about a token or a chain; the names are the native's (docs/wire/net-identity.md,
 * "Verdicts").
 */
public enum TokenVerdict {
  /** It permits what was asked. */
  OK,
  /** A signature is not its issuer's. */
  INVALID_SIGNATURE,
  /** The time has not come. */
  NOT_YET_VALID,
  /** The time is over. */
  EXPIRED,
  /** The token may not be passed on any further. */
  DELEGATION_EXHAUSTED,
  /** The token may not be passed on at all. */
  DELEGATION_NOT_ALLOWED,
  /** Another root, holder, action or channel; or links that do not fit together. */
  NOT_AUTHORIZED,
  /** The issuer withdrew the generation it belongs to. */
  REVOKED,
  /** Not a token, or not a chain. */
  INVALID_FORMAT,
  /** A duration of nothing. */
  ZERO_TTL,
  /** A duration above {@link PermissionToken#MAX_TTL_SECS}. */
  TTL_TOO_LONG
}
