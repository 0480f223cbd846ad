// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.handshake;

import java.io.Serial;
import java.util.Locale;

/** What the remote side sent does not lead to a session. */
public final class HandshakeException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** Why; stable, fit for counters. */
  public enum Reason {
    /** A mode octet that is neither XX nor IK. */
    UNKNOWN_MODE,
    /** A handshake frame longer than any legitimate one. */
    FRAME_TOO_LONG,
    /** Noise refused the message: another mesh, another key, or garbage. */
    NOISE,
    /** The identity payload does not decode. */
    IDENTITY_MALFORMED,
    /** The identity payload's signature is not the peer's. */
    IDENTITY_FORGED,
    /** Another peer answered than the one that was looked for. */
    OTHER_PEER,
    /** A challenge of the wrong length, or the wrong answer to ours. */
    CHALLENGE
  }

  private final Reason reason;
  private final String detail;

  /** Makes one. No stack trace is taken: remote sides cause these at will. */
  public HandshakeException(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
    this.detail = message;
  }

  /** What was wrong, for people. */
  public String detail() {
    return detail;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** {@link #reason} as names of counters spell it. */
  public String counterName() {
    return reason.name().toLowerCase(Locale.ROOT);
  }

  /** Reason and detail in one line. */
  public String summary() {
    return reason + ": " + detail;
  }
}
