// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus;

/**
 * The stable error codes of the event bus (docs/wire/net-event-bus.md, "Error codes"). Those of the
 * C API that are about pointers and handles have nothing to be about in Java.
 */
public enum EventBusError {
  /** An event or a request is not UTF-8. */
  INVALID_UTF8(-2),
  /** An event, a request, a filter or a configuration is not what it should be. */
  INVALID_JSON(-3),
  /** The adapter could not be started. */
  INIT_FAILED(-4),
  /** No room for an event, and the back-pressure mode says to refuse it. */
  INGESTION_FAILED(-5),
  /** A cursor cannot be read. */
  POLL_FAILED(-6),
  /** The answer is larger than the buffer that was given for it. */
  BUFFER_TOO_SMALL(-7),
  /** The bus is closed, or about to be. */
  SHUTTING_DOWN(-8),
  /** More than a list can hold. */
  INT_OVERFLOW(-9),
  /** An argument that can be read and means nothing. */
  INVALID_ARGUMENT(-12),
  /** Anything else; the message says what. */
  UNKNOWN(-99);

  private final int code;

  EventBusError(int code) {
    this.code = code;
  }

  /** The number of the native API. */
  public int code() {
    return code;
  }
}
