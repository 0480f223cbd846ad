// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss;

import java.io.Serial;

/** Something that was asked of a node and refused; {@link #error} is stable. */
public final class MossException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final MossError error;

  /** Makes one without a cause. */
  public MossException(MossError error, String message) {
    super(message);
    this.error = error;
  }

  /** Makes one with a cause. */
  public MossException(MossError error, String message, Throwable cause) {
    super(message, cause);
    this.error = error;
  }

  /** What kind of refusal. */
  public MossError error() {
    return error;
  }
}
