// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A reader that follows a log, at its own speed: it has no queue that could overflow, only a
 * position. To be read by one thread at a time; {@link #close} and {@link RedexProgress} are
 * thread-safe.
 */
public interface RedexTail extends RedexProgress, AutoCloseable {
  /**
   * The next record; waits for it.
   *
   * @return {@code null} if none came in time, or the log was closed and everything was read
   * @throws RedexException {@link RedexError#LAGGED} if records that were not read yet were
   *     evicted; {@link #missed} says how many, and the next call goes on with the oldest that is
   *     left
   */
  @Nullable RedexRecord next(Duration timeout) throws InterruptedException;

  /** Whether the log is closed and everything was read, or this tail is closed. */
  boolean isAtEnd();

  /** Ends it; a thread that waits in {@link #next} returns. */
  @Override
  void close();
}
