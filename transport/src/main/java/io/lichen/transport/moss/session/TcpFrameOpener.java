// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.session;

import io.lichen.crypto.ChaChaPoly;

/**
 * Opens the session frames of one direction of one TCP session (docs/wire/moss-transport.md,
 * "Session frames"). Not thread-safe.
 */
public final class TcpFrameOpener {
  private static final byte[] NO_AAD = {};

  private final ChaChaPoly cipher;
  private long counter;

  /** An opener at counter 0. */
  public TcpFrameOpener(byte[] key) {
    cipher = new ChaChaPoly(key);
  }

  /**
   * Opens the body of the next frame, in place.
   *
   * @return length of the mux packet, which then begins at {@code off}; -1 if the frame is not
   *     authentic or shorter than a tag, after which the session is over
   */
  public int open(byte[] body, int off, int len) {
    int length = cipher.open(counter, NO_AAD, 0, 0, body, off, len, body, off);
    counter++;
    return length;
  }
}
