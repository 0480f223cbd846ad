// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.token;

import io.lichen.crypto.CryptoException;

/** A token that cannot be read, issued or delegated, and why. */
public final class TokenException extends CryptoException {
  private static final long serialVersionUID = 1L;

  private final TokenVerdict verdict;

  /** An error with its reason. */
  public TokenException(TokenVerdict verdict, String message) {
    super(message);
    this.verdict = verdict;
  }

  /** The reason; never {@link TokenVerdict#OK}. */
  public TokenVerdict verdict() {
    return verdict;
  }
}
