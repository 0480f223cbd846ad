// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus;

import java.io.Serial;

/** Something that was asked of an event bus and refused; {@link #error} is stable. */
public final class EventBusException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final EventBusError error;

  /** Makes one without a cause. */
  public EventBusException(EventBusError error, String message) {
    super(message);
    this.error = error;
  }

  /** Makes one with a cause. */
  public EventBusException(EventBusError error, String message, Throwable cause) {
    super(message, cause);
    this.error = error;
  }

  /** What kind of refusal. */
  public EventBusError error() {
    return error;
  }
}
