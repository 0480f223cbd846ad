// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.json;

import java.io.Serial;

/** A text that is not JSON. Carries no stack trace: what is ingested may cause it often. */
public final class BusJsonException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param reason what is wrong
   * @param offset where, in bytes from the beginning of the text
   */
  BusJsonException(String reason, int offset) {
    super(reason + " at byte " + offset, null, false, false);
  }
}
