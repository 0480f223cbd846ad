// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.noise;

import io.lichen.crypto.CryptoException;

/** A remote handshake message that was refused. */
public final class NoiseException extends CryptoException {
  private static final long serialVersionUID = 1L;

  /** Why a message was refused; stable, fit for counters. */
  public enum Reason {
    /** Fewer octets than the pattern's keys and tags take. */
    TOO_SHORT,
    /** More octets than a Noise message may have. */
    TOO_LONG,
    /** A key of low order, which would make the secret known to everybody. */
    LOW_ORDER_POINT,
    /** A tag does not fit: another prologue, pre-shared key or static key, or altered octets. */
    NOT_AUTHENTIC
  }

  private final Reason reason;

  NoiseException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  NoiseException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why the message was refused. */
  public Reason reason() {
    return reason;
  }
}
