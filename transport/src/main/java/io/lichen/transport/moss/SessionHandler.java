// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss;

/**
 * Receives what one session brings. Every method is called on the session's event loop, never
 * concurrently, and must not block.
 */
public interface SessionHandler {
  /**
   * One authenticated packet of stream 1.
   *
   * @param buffer holds the payload; the callee may read it during the call only
   * @param offset where the payload begins
   * @param length its length in bytes, 0 or more
   */
  void onPacket(byte[] buffer, int offset, int length);

  /** No more packets are at hand for the moment: a good time to pass on a batch. */
  void onBatchComplete();

  /**
   * The outbound queue has drained below its low-water mark after it had been above the high one.
   */
  void onWritable();

  /** The session is over; the last call. Called exactly once for a started session. */
  void onClosed(CloseReason reason);
}
