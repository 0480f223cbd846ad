// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus;

import java.io.Serial;

/** What an adapter could not do. */
public final class AdapterException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** Why, and whether it is worth trying again. */
  public enum Kind {
    /** May work the next time. */
    TRANSIENT("transient error", true),
    /** What is behind the adapter has no room at the moment. */
    BACKPRESSURE("backend backpressure", true),
    /** Will not work the next time either. */
    FATAL("fatal error", false),
    /** No connection. */
    CONNECTION("connection error", false),
    /** The adapter is shut down. */
    SHUTDOWN("adapter is shut down", false),
    /** The events cannot be written in the adapter's format. */
    SERIALIZATION("serialization error", false);

    private final String text;
    private final boolean retryable;

    Kind(String text, boolean retryable) {
      this.text = text;
      this.retryable = retryable;
    }

    /** Whether a batch that failed so is tried again. */
    public boolean retryable() {
      return retryable;
    }
  }

  /**
   * Makes one.
   *
   * @param detail what was wrong; not shown for {@link Kind#BACKPRESSURE} and {@link Kind#SHUTDOWN}
   */
  public AdapterException(Kind kind, String detail) {
    super(message(kind, detail));
    this.kind = kind;
  }

  /** Makes one with a cause. */
  public AdapterException(Kind kind, String detail, Throwable cause) {
    super(message(kind, detail), cause);
    this.kind = kind;
  }

  /** Why. */
  public Kind kind() {
    return kind;
  }

  private static String message(Kind kind, String detail) {
    return kind == Kind.BACKPRESSURE || kind == Kind.SHUTDOWN
        ? kind.text
        : kind.text + ": " + detail;
  }
}
