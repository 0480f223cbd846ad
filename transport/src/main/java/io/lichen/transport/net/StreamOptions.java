// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net;

import java.time.Duration;

/**
 * How a stream is opened.
 *
 * @param reliable whether every event arrives, once and in order, or the stream fails visibly
 * @param windowBytes credit for what the peer has not confirmed; 0 is no limit
 * @param whenFull what a send does when there is no room
 * @param maxWait how long a blocking send waits at most
 */
public record StreamOptions(
    boolean reliable, int windowBytes, WhenFull whenFull, Duration maxWait) {
  /** What a send does when window and queue are full. */
  public enum WhenFull {
    /** Waits. */
    BLOCK,
    /** Answers {@link SendVerdict#FULL}. */
    FAIL
  }

  /** The window of a stream unless something else is said, in bytes. */
  public static final int DEFAULT_WINDOW_BYTES = 65_536;

  /** As long as upstream waits. */
  private static final Duration DEFAULT_WAIT = Duration.ofSeconds(30);

  /**
   * Checks ranges.
   *
   * @throws IllegalArgumentException if the window or the wait is negative
   */
  public StreamOptions {
    if (windowBytes < 0) {
      throw new IllegalArgumentException("windowBytes is " + windowBytes + ", not 0 or more");
    }
    if (maxWait.isNegative()) {
      throw new IllegalArgumentException("maxWait is " + maxWait + ", not 0 or more");
    }
  }

  /** Reliable, blocking, default window. */
  public static StreamOptions ofReliable() {
    return new StreamOptions(true, DEFAULT_WINDOW_BYTES, WhenFull.BLOCK, DEFAULT_WAIT);
  }

  /** Fire-and-forget, blocking, default window. */
  public static StreamOptions ofFireAndForget() {
    return new StreamOptions(false, DEFAULT_WINDOW_BYTES, WhenFull.BLOCK, DEFAULT_WAIT);
  }

  /** The same with another window. */
  public StreamOptions withWindowBytes(int bytes) {
    return new StreamOptions(reliable, bytes, whenFull, maxWait);
  }

  /** The same, failing instead of blocking, or the other way round. */
  public StreamOptions withWhenFull(WhenFull behaviour) {
    return new StreamOptions(reliable, windowBytes, behaviour, maxWait);
  }

  /** The same with another limit to waiting. */
  public StreamOptions withMaxWait(Duration wait) {
    return new StreamOptions(reliable, windowBytes, whenFull, wait);
  }
}
