// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss;

/** What became of one packet handed to {@link MossSession#send}. */
public enum SendResult {
  /** Taken; it will be written in order unless the session ends first. */
  QUEUED,
  /** The session has ended. */
  CLOSED,
  /** Longer than {@link MossSession#maxPayloadBytes}; nothing was sent. */
  TOO_LARGE,
  /** The session's outbound queue is at its hard limit; nothing was sent. */
  OVERFLOW
}
