// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import java.io.Serial;

/** Something that the user gave cannot be used; the message says what and why. */
public final class BadInputException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** Makes one. */
  public BadInputException(String message) {
    super(message);
  }
}
