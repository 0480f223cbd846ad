// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

/**
 * The messages that are offered to one mesh member instead of sent, and what it does about them.
 * Time is counted in heartbeats, so that a node that stands still blames nobody. Single-threaded.
 */
final class MemberTest {
  /** So many messages are a test. */
  private static final int MESSAGES = 8;

  /** How long an offered message may stay unanswered. */
  private static final int ANSWER_TICKS = 6;

  /** No peer says nothing at all for so long, announcements being what they are. */
  private static final int SILENCE_TICKS = 64;

  private static final long SETTLED = -1;

  private final long[] highs = new long[MESSAGES];
  private final long[] lows = new long[MESSAGES];

  /** When it was offered, or {@link #SETTLED}. */
  private final long[] ticks = new long[MESSAGES];

  private int offered;
  private int open;
  private int unanswered;

  /** Takes one more message into the test; false if it has enough. */
  boolean takes(IdHasher id, long tick) {
    if (offered == MESSAGES) {
      return false;
    }
    highs[offered] = id.high;
    lows[offered] = id.low;
    ticks[offered++] = tick;
    open++;
    return true;
  }

  /** The member asked for a message. */
  void answered(IdHasher id) {
    for (int index = 0; index < offered; index++) {
      if (highs[index] == id.high && lows[index] == id.low && ticks[index] != SETTLED) {
        settle(index);
      }
    }
  }

  /**
   * Counts what has been open for too long, if the member was heard of since: what it sent before
   * must have come by then.
   */
  void heartbeat(long tick, long heardTick) {
    for (int index = 0; index < offered; index++) {
      long due = ticks[index] + ANSWER_TICKS;
      boolean isHeard = heardTick >= due || tick >= ticks[index] + SILENCE_TICKS;
      if (ticks[index] != SETTLED && tick >= due && isHeard) {
        settle(index);
        unanswered++;
      }
    }
  }

  /** Whether answers are awaited. */
  boolean isOpen() {
    return open > 0;
  }

  /** Whether there is a result. */
  boolean isOver() {
    return offered == MESSAGES && open == 0;
  }

  /** Half of the messages stayed unanswered: it neither asked for them nor brought one. */
  boolean isFailed() {
    return 2 * unanswered >= MESSAGES;
  }

  private void settle(int index) {
    ticks[index] = SETTLED;
    open--;
  }
}
