// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.redex;

import io.lichen.core.net.NetError;
import io.lichen.core.net.NetException;
import io.lichen.redex.RedexException;
import io.lichen.redex.RedexTail;

/**
 * The stable codes of what Net's C API says of logs (docs/api/net.md, "Codes of logs"). Those that
 * are about pointers and handles have nothing to be about in Java.
 */
public enum RedexCode {
  /** No error. */
  OK(0),
  /** Nothing came in time. */
  TIMEOUT(1),
  /** Nothing will come any more. */
  STREAM_ENDED(2),
  /** A configuration is not the JSON that it should be. */
  INVALID_JSON(-3),
  /** The node is closed. */
  SHUTTING_DOWN(-8),
  /** A fault of this program. */
  UNKNOWN(-99),
  /** The log refused, whatever its reason. */
  REDEX(RedexException.NATIVE_CODE);

  private final int code;

  RedexCode(int code) {
    this.code = code;
  }

  /** The number of the native API. */
  public int code() {
    return code;
  }

  /** What the native API makes of a failure. */
  public static RedexCode of(RuntimeException failure) {
    return switch (failure) {
      case RedexException refused -> REDEX;
      case NetException e when e.error() == NetError.INVALID_JSON -> INVALID_JSON;
      case NetException e when e.error() == NetError.SHUTTING_DOWN -> SHUTTING_DOWN;
      default -> UNKNOWN;
    };
  }

  /** What it means that {@link RedexTail#next} brought nothing. */
  public static RedexCode ofNothing(RedexTail tail) {
    return tail.isAtEnd() ? STREAM_ENDED : TIMEOUT;
  }
}
