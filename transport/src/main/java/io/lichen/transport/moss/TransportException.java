// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss;

import java.io.Serial;

/**
 * A dial, a handshake or a bind that failed; {@link #reason} is stable, the message is for people.
 */
public final class TransportException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** What kind of failure; low-cardinality, fit for a metric tag. */
  public enum Reason {
    /** The listening sockets could not be bound. */
    BIND_FAILED,
    /** No connection: refused, unreachable, reset. */
    CONNECT_FAILED,
    /** The deadline passed. */
    TIMEOUT,
    /**
     * The handshake did not authenticate: another network, another pre-shared key, a bad signature.
     */
    HANDSHAKE_FAILED,
    /** There is a session or a pending dial to that UDP address already. */
    ALREADY_DIALING,
    /** The transport or the session is closed. */
    CLOSED,
    /** Not possible on this carrier. */
    UNSUPPORTED
  }

  private final Reason reason;

  /** Makes one without a cause. */
  public TransportException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Makes one with a cause. */
  public TransportException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** What kind of failure. */
  public Reason reason() {
    return reason;
  }
}
