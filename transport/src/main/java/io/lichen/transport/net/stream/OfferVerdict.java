// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

/** What became of a packet that was offered to a stream. */
public enum OfferVerdict {
  /** Sent; if reliable, kept until it is acknowledged. */
  TAKEN,
  /** No room now: credit or too much unacknowledged. {@link StreamOutput#onWritable} follows. */
  FULL,
  /** The event is longer than {@link SessionStreams#maxEventBytes}. */
  TOO_LARGE,
  /** The event needs more credit than the stream's whole window: it could never be sent. */
  WINDOW_TOO_SMALL,
  /** All streams of the session are busy, or it is closed. */
  CLOSED
}
