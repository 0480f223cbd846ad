// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic;

import java.time.Instant;

/**
 * A channel that is kept in a log: every message once, in the order in which it came to this node,
 * those that the node published itself and those that it fetched from peers included. A node that
 * was away fetches what it missed from any peer that keeps the channel, too.
 *
 * <p>The offsets are the log's own: another node has the same messages at other offsets. Copies are
 * recognised over restarts, up to a bound ({@link TopicOptions#maxKeys}). Thread-safe.
 */
public interface DurableTopic extends AutoCloseable {
  /**
   * Replays from an offset, and goes on with what comes: no gap, no double.
   *
   * @param offset the first message's; 0 is the oldest, if that is retained. May lie ahead
   */
  TopicReader readFrom(long offset);

  /** {@link #readFrom} of the first message that was appended at this time or later. */
  TopicReader readSince(Instant time);

  /** What is appended from now on. */
  TopicReader readLive();

  /** What became of its messages since it is kept. */
  TopicStats stats();

  /**
   * Stops keeping it; idempotent. The subscription stays, and so does the log, which whoever opened
   * it closes.
   */
  @Override
  void close();
}
