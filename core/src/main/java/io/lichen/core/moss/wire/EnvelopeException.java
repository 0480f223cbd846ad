// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.wire;

import java.io.Serial;

/**
 * A packet that is not an envelope. Carries no stack trace: a remote side can cause it as often as
 * it likes.
 */
public final class EnvelopeException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  EnvelopeException(String reason) {
    super(reason, null, false, false);
  }
}
