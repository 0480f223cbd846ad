// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net;

import java.io.Serial;

/** A bind, connect or accept that failed; {@link #reason} is stable, the message is for people. */
public final class NetTransportException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** What kind of failure; low-cardinality, fit for a metric tag. */
  public enum Reason {
    /** The socket could not be bound. */
    BIND_FAILED,
    /** All attempts passed without a valid answer: nobody there, another pre-shared key or id. */
    TIMEOUT,
    /** A handshake with this peer is under way already. */
    ALREADY_CONNECTING,
    /** Direct handshakes are taken before the start only. */
    ALREADY_STARTED,
    /** The peer's static key is one that would make the secret known to everybody. */
    BAD_KEY,
    /** No room for a further session or pending handshake. */
    TABLE_FULL,
    /** The transport is closed. */
    CLOSED
  }

  private final Reason reason;

  /** Makes one without a cause. */
  public NetTransportException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Makes one with a cause. */
  public NetTransportException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** What kind of failure. */
  public Reason reason() {
    return reason;
  }
}
