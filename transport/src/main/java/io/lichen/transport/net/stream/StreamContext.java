// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import java.util.ArrayDeque;

/** What the streams of one session share. */
public final class StreamContext {
  /** Bytes that all streams of a session may hold for packets that are missing. */
  static final int MAX_HELD_BYTES = 4 << 20;

  /** Events of several packets that may be under way on reliable streams at once. */
  static final int MAX_GROUPS = 8;

  final StreamPool pool;
  final StreamOutput output;
  final StreamCounters counters;
  final ControlEmitter control;
  final Reassembler reassembler;
  final RttEstimator rtt = new RttEstimator();

  /** Whether the peer reads acknowledgement ranges. */
  boolean ackRanges;

  // Events of several packets that are not acknowledged yet, and who waits for there being fewer.
  private int groupsInFlight;
  private final ArrayDeque<StreamSender> waitingForGroup = new ArrayDeque<>(0);

  private int heldBytes;
  private int lastFragmentId;
  private long lastLifetime;

  /** The context of a session that has just begun. */
  public StreamContext(StreamPool pool, StreamOutput output, StreamCounters counters) {
    this.pool = pool;
    this.output = output;
    this.counters = counters;
    control = new ControlEmitter(pool, output);
    reassembler = new Reassembler(pool, counters);
  }

  /** Whether so many bytes may be held; if so, they count until {@link #unhold}. */
  boolean tryHold(int bytes) {
    if (heldBytes + bytes > MAX_HELD_BYTES || !pool.tryHold(bytes)) {
      return false;
    }
    heldBytes += bytes;
    return true;
  }

  void unhold(int bytes) {
    heldBytes -= bytes;
    pool.unhold(bytes);
  }

  /**
   * Whether one more event of several packets may be under way; if not, its sender is told when.
   */
  boolean tryOpenGroup(StreamSender sender) {
    if (groupsInFlight < MAX_GROUPS) {
      groupsInFlight++;
      return true;
    }
    if (!waitingForGroup.contains(sender)) {
      waitingForGroup.add(sender);
    }
    return false;
  }

  /** An event of several packets is acknowledged. */
  void closeGroup() {
    groupsInFlight--;
    StreamSender next = waitingForGroup.poll();
    if (next != null) {
      next.announceRoom();
    }
  }

  /** The id of the next group of fragments: 1 to 65535. */
  int nextFragmentId() {
    lastFragmentId = lastFragmentId == 0xFFFF ? 1 : lastFragmentId + 1;
    return lastFragmentId;
  }

  /** Tells a stream that began anew from what it was before. */
  long nextLifetime() {
    return ++lastLifetime;
  }
}
