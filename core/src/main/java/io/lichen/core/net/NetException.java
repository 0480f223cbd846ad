// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net;

import java.io.Serial;

/** Something that was asked of a node and refused; {@link #error} is stable. */
public final class NetException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final NetError error;

  /** Makes one without a cause. */
  public NetException(NetError error, String message) {
    super(message);
    this.error = error;
  }

  /** Makes one with a cause. */
  public NetException(NetError error, String message, Throwable cause) {
    super(message, cause);
    this.error = error;
  }

  /** What kind of refusal. */
  public NetError error() {
    return error;
  }
}
