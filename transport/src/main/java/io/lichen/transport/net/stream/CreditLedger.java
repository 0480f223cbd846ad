// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

/**
 * The sender's credit on one stream (docs/wire/net-streams.md, "Credit"): bytes sent, and bytes
 * that the receiver says it has taken in. Both are totals, so lost and late messages do no harm.
 *
 * <p>What a fire-and-forget stream loses is never taken in. Marks of the total sent are therefore
 * kept for {@link #WRITE_OFF_NS}; what is not confirmed by then counts as lost. A reliable stream
 * knows what has arrived: what did, and is not confirmed, waits at the receiver for its
 * application. Only after {@link #RELIABLE_WRITE_OFF_NS} is it taken for bytes that were lost
 * before the stream became reliable.
 */
final class CreditLedger {
  static final long WRITE_OFF_NS = 2_000_000_000L;
  static final long RELIABLE_WRITE_OFF_NS = 30_000_000_000L;
  static final long NONE = Long.MAX_VALUE;

  private static final int MARKS = 8;
  private static final long MARK_INTERVAL_NS = WRITE_OFF_NS / MARKS;

  private final int windowBytes;
  private long sentBytes;
  private long confirmedBytes;

  // Totals sent and when, oldest first from markStart.
  private final long[] markNs = new long[MARKS];
  private final long[] markSent = new long[MARKS];
  private int markStart;
  private int markCount;

  /**
   * A ledger with all of its credit.
   *
   * @param windowBytes what may be unconfirmed; 0 is no limit
   */
  CreditLedger(int windowBytes) {
    this.windowBytes = windowBytes;
  }

  boolean canSpend(long costBytes) {
    return windowBytes == 0 || outstandingBytes() + costBytes <= windowBytes;
  }

  /** Whether so much could be spent if nothing were outstanding. */
  boolean fitsWindow(long costBytes) {
    return windowBytes == 0 || costBytes <= windowBytes;
  }

  void spend(long costBytes, long nowNs) {
    sentBytes += costBytes;
    if (windowBytes == 0) {
      return;
    }
    int newest = (markStart + markCount - 1) % MARKS;
    boolean recent = markCount > 0 && nowNs - markNs[newest] < MARK_INTERVAL_NS;
    if (recent || markCount == MARKS) {
      markSent[newest] = sentBytes;
      return;
    }
    int next = (markStart + markCount++) % MARKS;
    markNs[next] = nowNs;
    markSent[next] = sentBytes;
  }

  /** The receiver's total; one that is older, or beyond what was sent, is no lie to act upon. */
  void confirm(long totalBytes) {
    long total = Long.compareUnsigned(totalBytes, sentBytes) > 0 ? sentBytes : totalBytes;
    if (total > confirmedBytes) {
      confirmedBytes = total;
      dropMarks();
    }
  }

  /** Begins anew, as a receiver does that has lost its state. */
  void restart() {
    sentBytes = 0;
    confirmedBytes = 0;
    markCount = 0;
  }

  /** Gives up what was sent so long ago; returns how many bytes that were. */
  long writeOff(long afterNs, long nowNs) {
    long before = confirmedBytes;
    while (markCount > 0 && nowNs - markNs[markStart] >= afterNs) {
      confirmedBytes = Math.max(confirmedBytes, markSent[markStart]);
      dropMarks();
    }
    return confirmedBytes - before;
  }

  /** When {@link #writeOff} may have something to do. */
  long writeOffNs(long afterNs) {
    return markCount == 0 ? NONE : markNs[markStart] + afterNs;
  }

  long outstandingBytes() {
    return sentBytes - confirmedBytes;
  }

  private void dropMarks() {
    while (markCount > 0 && markSent[markStart] <= confirmedBytes) {
      markStart = (markStart + 1) % MARKS;
      markCount--;
    }
  }
}
