// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

/**
 * When the receiver of a stream reports, and what (docs/wire/net-streams.md, "Control messages").
 * In order, every {@link #MAX_PACKETS} packets, every {@link #MAX_BYTES} bytes, or {@link
 * #DELAY_NS} after the first of them; at once when something is missing or came again, and then
 * ever more seldom until it changes.
 */
final class ReceiverReports {
  static final long NONE = Long.MAX_VALUE;

  private static final int MAX_PACKETS = 8;
  private static final int MAX_BYTES = 16 * 1024;
  private static final long DELAY_NS = 1_000_000L;
  private static final int ROOM_REPEATS = 3;
  private static final long ROOM_REPEAT_NS = 100_000_000L;
  private static final long FIRST_NACK_INTERVAL_NS = 25_000_000L;
  private static final long MAX_NACK_INTERVAL_NS = 250_000_000L;

  private final long streamId;
  private final StreamContext context;
  private final SequenceTracker tracker;

  private boolean reliable;
  private long totalBytes;
  private long heldBytes;
  private int repeatsLeft;
  private int newPackets;
  private int newBytes;
  private long dueNs = NONE;
  private boolean urgent;
  private boolean refused;

  private long lastNext;
  private long lastMissing;
  private long nackDueNs = NONE;
  private long nackIntervalNs = FIRST_NACK_INTERVAL_NS;

  ReceiverReports(long streamId, StreamContext context, SequenceTracker tracker) {
    this.streamId = streamId;
    this.context = context;
    this.tracker = tracker;
  }

  void becomeReliable() {
    reliable = true;
  }

  /** A packet was taken in; with a gap before or after it the sender is to know at once. */
  void onTaken(int costBytes, boolean gap, long nowNs) {
    totalBytes += costBytes;
    repeatsLeft = 0;
    newPackets++;
    newBytes += costBytes;
    urgent |= gap;
    dueNs = Math.min(dueNs, nowNs + DELAY_NS);
    nackIntervalNs = FIRST_NACK_INTERVAL_NS;
  }

  /** Bytes that were taken in are not to be confirmed before they are released. */
  void hold(int bytes) {
    heldBytes += bytes;
  }

  /** Whether something is to be released. */
  boolean isHolding() {
    return heldBytes > 0;
  }

  /**
   * The application has consumed held bytes. The sender may be waiting for this alone, with nothing
   * left to repeat: the news is told more than once, until a packet shows that it arrived.
   */
  void release(int bytes, long nowNs) {
    heldBytes = Math.max(0, heldBytes - bytes);
    newBytes += bytes;
    repeatsLeft = ROOM_REPEATS;
    dueNs = Math.min(dueNs, nowNs + DELAY_NS);
  }

  /**
   * A packet was refused, as a rule because the sender does not know that it arrived: it is told
   * again. A sender of version 0.34 would otherwise repeat three times and give up.
   */
  void onRefused() {
    refused = true;
  }

  void settle(long nowNs) {
    if (urgent || refused || newPackets >= MAX_PACKETS || newBytes >= MAX_BYTES || nowNs >= dueNs) {
      report(refused, nowNs);
    }
  }

  void onTimer(long nowNs) {
    if (nowNs >= nackDueNs) {
      nackIntervalNs = Math.min(2 * nackIntervalNs, MAX_NACK_INTERVAL_NS);
      report(true, nowNs);
    } else if (nowNs >= dueNs) {
      report(false, nowNs);
    }
  }

  private void report(boolean repeatNack, long nowNs) {
    newPackets = 0;
    newBytes = 0;
    dueNs = repeatsLeft > 0 ? nowNs + ROOM_REPEAT_NS : NONE;
    repeatsLeft = Math.max(0, repeatsLeft - 1);
    urgent = false;
    refused = false;
    context.control.window(streamId, totalBytes - heldBytes, reliable ? tracker.nextExpected() : 0);
    if (reliable && tracker.hasGap()) {
      reportGaps(repeatNack, nowNs);
    } else {
      nackDueNs = NONE;
    }
  }

  private void reportGaps(boolean repeatNack, long nowNs) {
    long next = tracker.nextExpected();
    long missing = tracker.missingBitmap();
    if (repeatNack || nackDueNs == NONE || next != lastNext || missing != lastMissing) {
      lastNext = next;
      lastMissing = missing;
      nackDueNs = nowNs + nackIntervalNs;
      context.control.nack(streamId, next, missing);
    }
    if (context.ackRanges) {
      context.control.ranges(streamId, tracker);
    }
  }

  /** When {@link #onTimer} is wanted. */
  long deadlineNs() {
    return Math.min(dueNs, nackDueNs);
  }
}
