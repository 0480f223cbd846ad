// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.json;

import java.io.Serial;

/**
 * A text that is not JSON, or a value of another type than asked for. Carries no stack trace: a
 * remote side can cause it as often as it likes.
 */
public final class JsonException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final int offset;

  /**
   * Makes one.
   *
   * @param reason what was wrong, and what would have been right
   * @param offset where, counted from the first byte of the text
   */
  public JsonException(String reason, int offset) {
    super(reason, null, false, false);
    this.offset = offset;
  }

  /** Where the text went wrong, in bytes from its beginning. */
  public int offset() {
    return offset;
  }
}
