// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.wire;

import java.io.Serial;

/** A message that cannot be read. Has no stack trace: it comes from outside. */
public final class SyncFault extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final Reason reason;
  private final long got;
  private final long expected;

  SyncFault(Reason reason, long got, long expected) {
    super(reason + ": " + got + ", expected " + expected, null, false, false);
    this.reason = reason;
    this.got = got;
    this.expected = expected;
  }

  /** Why it cannot be read. */
  public Reason reason() {
    return reason;
  }

  /** What there was: octets where it is truncated, else the number that is wrong. */
  public long got() {
    return got;
  }

  /** What there should have been: octets at least, or the type; else 0. */
  public long expected() {
    return expected;
  }

  /** Why a message cannot be read. */
  public enum Reason {
    TRUNCATED,
    SUBPROTOCOL_MISMATCH,
    DISPATCH_MISMATCH,
    BAD_ROLE,
    BAD_ERROR_CODE,
    INVALID_UTF8,
    /** Lichen's own messages: a version that is not known. */
    BAD_VERSION,
    /** Lichen's own messages: a number outside of its range. */
    BAD_VALUE
  }
}
