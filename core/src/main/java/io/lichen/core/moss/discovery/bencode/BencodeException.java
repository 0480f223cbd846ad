// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.bencode;

import java.io.Serial;

/**
 * Octets that are not bencoded, or more than a reader takes. Carries no stack trace: a remote side
 * can cause it as often as it likes.
 */
public final class BencodeException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** Says what was wrong, and at which octet. */
  public BencodeException(String reason, int offset) {
    super(reason + " at byte " + offset, null, false, false);
  }
}
