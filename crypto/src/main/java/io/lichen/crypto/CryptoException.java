// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto;

/**
 * Keys, signatures or stored secrets that are not what they should be.
 *
 * <p>The root of this module's errors. The message never contains secret octets. Misuse by the
 * caller (a key of the wrong length, a call out of order) is an {@link IllegalArgumentException} or
 * {@link IllegalStateException} instead.
 */
public class CryptoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An error that this module found itself. */
  public CryptoException(String message) {
    super(message);
  }

  /** An error with what lies beneath it. */
  public CryptoException(String message, Throwable cause) {
    super(message, cause);
  }
}
