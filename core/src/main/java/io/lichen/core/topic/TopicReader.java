// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link DurableTopic} at its own speed: it has no queue that could overflow, only a place
 * in the log. Not thread-safe, but for {@link #close}.
 */
public interface TopicReader extends AutoCloseable {
  /**
   * The next message; waits for it.
   *
   * @return {@code null} if none came in time, or {@link #isAtEnd}
   * @throws io.lichen.redex.RedexException {@code LAGGED} if messages were evicted that were not
   *     read yet; the next call goes on with the oldest that is left
   */
  @Nullable TopicMessage next(Duration timeout) throws InterruptedException;

  /** The offset of the message that comes next, if it is there. */
  long offset();

  /** Records that are there and were not read yet. */
  long lag();

  /** Whether nothing will come any more, because the log or this reader is closed. */
  boolean isAtEnd();

  /** Ends it; a thread that waits in {@link #next} returns. */
  @Override
  void close();
}
