// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.wire;

import java.io.Serial;

/**
 * Octets that are not what they should be. Carries no stack trace: a remote side can cause it as
 * often as it likes.
 */
public final class NetWireException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** Says what was wrong, and what would have been right. */
  public NetWireException(String reason) {
    super(reason, null, false, false);
  }
}
