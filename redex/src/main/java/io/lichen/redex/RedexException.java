// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A log refused what was asked of it; the message names what was wrong. */
public final class RedexException extends RuntimeException {
  /** Upstream's code for every failure of a log. */
  public static final int NATIVE_CODE = -103;

  @Serial private static final long serialVersionUID = 1;

  private final RedexError error;

  /** Makes one. */
  public RedexException(RedexError error, String message) {
    this(error, message, null);
  }

  /** Makes one with its cause. */
  public RedexException(RedexError error, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.error = error;
  }

  /** Why. */
  public RedexError error() {
    return error;
  }
}
