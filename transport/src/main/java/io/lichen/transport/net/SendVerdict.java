// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net;

/** What became of a send. */
public enum SendVerdict {
  /** Taken; it goes out in order unless the session ends first. */
  SENT,
  /** No room; nothing was taken. */
  FULL,
  /** An event is longer than the peer can take, or the batch than a packet; nothing was taken. */
  TOO_LARGE,
  /** The session has ended or the stream was closed; nothing was taken. */
  CLOSED
}
