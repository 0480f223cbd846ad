// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import io.lichen.transport.net.StreamEnd;
import io.lichen.transport.net.stream.SequenceTracker.Outcome;
import io.lichen.transport.net.stream.StreamCounters.Event;

/**
 * The receiving half of a stream (docs/wire/net-streams.md, "Receiving"): fire-and-forget packets
 * are delivered as they come; from the first reliable one on all are delivered in order and once.
 * Packets ahead of a gap are held.
 */
final class StreamReceiver {
  static final long NONE = Long.MAX_VALUE;

  /** What a receiver takes a sender's window to be; its horizon follows from it. */
  static final int WINDOW_BYTES = 65_536;

  /** Bytes held for one stream. */
  private static final int MAX_HELD_BYTES = 1 << 20;

  /** A sender that marks the mode boundary repeats until it resets, which takes it 16 s at most. */
  private static final long PATIENCE_NS = 30_000_000_000L;

  /** A sender that does not know the mode boundary gives up earlier. */
  private static final long PATIENCE_OLD_NS = 2_000_000_000L;

  /** Nor does such a sender repeat what it publishes: only lateness can fill a gap. */
  private static final long PATIENCE_PUBLISHED_NS = 50_000_000L;

  /** How long after a reset packets may come that were sent before it. */
  private static final long LEFTOVER_NS = 1_000_000_000L;

  private final long streamId;
  private final StreamContext context;
  private final SequenceTracker tracker = new SequenceTracker(WINDOW_BYTES);
  private final HeldPackets held = new HeldPackets(tracker.horizon());
  private final ReceiverReports reports;
  private long lifetime;

  private boolean reliable;
  private boolean boundarySeen;
  private boolean published;

  // After a reset: when it was, and the sequence that was expected before it.
  private boolean restarting;
  private long resetNs;
  private long expectedBefore;

  private boolean gapOpen;
  private long gapSequence;
  private long gapNs;

  StreamReceiver(long streamId, StreamContext context) {
    this.streamId = streamId;
    this.context = context;
    lifetime = context.nextLifetime();
    reports = new ReceiverReports(streamId, context, tracker);
  }

  /**
   * Takes a packet in, and delivers it and what waited for it.
   *
   * @return false if it is refused
   */
  boolean onPacket(StreamPacket packet, long nowNs) {
    if (!reliable && !packet.isReliable()) {
      noteUnordered(packet.sequence());
      reports.onTaken(packet.costBytes(), false, nowNs);
      deliver(packet, nowNs);
      return true;
    }
    if (isLeftover(packet, nowNs)) {
      context.counters.add(Event.DUPLICATES);
      return false;
    }
    becomeReliable(packet, nowNs);
    boolean taken = order(packet, nowNs);
    watchGap(nowNs);
    return taken;
  }

  /** Remembers a fire-and-forget sequence, in case that the stream becomes reliable. */
  private void noteUnordered(long sequence) {
    if (tracker.receive(sequence) == Outcome.OUT_OF_WINDOW) {
      // What is so far behind is lost for good.
      tracker.restart(sequence + 1);
    }
  }

  /** A packet from before a reset that comes after it, and is not the first of new numbers. */
  private boolean isLeftover(StreamPacket packet, long nowNs) {
    return restarting
        && (packet.flags() & StreamPacket.FLAG_MODE_BOUNDARY) == 0
        && Long.compareUnsigned(packet.sequence(), expectedBefore) < 0
        && nowNs - resetNs < LEFTOVER_NS;
  }

  private void becomeReliable(StreamPacket packet, long nowNs) {
    reliable = true;
    reports.becomeReliable();
    published |= packet.originHash() != 0;
    long sequence = packet.sequence();
    boolean boundary = (packet.flags() & StreamPacket.FLAG_MODE_BOUNDARY) != 0;
    if (restarting) {
      restarting = false;
      boolean continued = boundary || Long.compareUnsigned(sequence, expectedBefore) >= 0;
      tracker.restart(continued ? sequence : 0);
    }
    if (boundary && !boundarySeen) {
      boundarySeen = true;
      concede(sequence, nowNs);
    }
  }

  private boolean order(StreamPacket packet, long nowNs) {
    long sequence = packet.sequence();
    Outcome outcome = tracker.test(sequence);
    if (outcome == Outcome.OUT_OF_WINDOW && !boundarySeen) {
      makeWay(sequence, nowNs);
      outcome = tracker.test(sequence);
    }
    if (outcome == Outcome.DUPLICATE || outcome == Outcome.OUT_OF_WINDOW) {
      boolean again = outcome == Outcome.DUPLICATE;
      context.counters.add(again ? Event.DUPLICATES : Event.OUT_OF_WINDOW);
      return refuse();
    }
    if (outcome == Outcome.AHEAD && !hold(packet)) {
      return refuse();
    }
    boolean wasOpen = tracker.hasGap();
    tracker.receive(sequence);
    reports.onTaken(packet.costBytes(), wasOpen || tracker.hasGap(), nowNs);
    if (outcome == Outcome.IN_ORDER) {
      deliver(packet, nowNs);
      deliverHeld(sequence + 1, nowNs);
    }
    return true;
  }

  /** See {@link SessionStreams#hold}. */
  void hold(int bytes) {
    reports.hold(bytes);
  }

  /** See {@link SessionStreams#release}. */
  void release(int bytes, long nowNs) {
    reports.release(bytes, nowNs);
  }

  private boolean refuse() {
    reports.onRefused();
    return false;
  }

  /** An old sender goes on whatever is missing: gaps give way to what comes. */
  private void makeWay(long sequence, long nowNs) {
    while (tracker.hasGap() && tracker.test(sequence) == Outcome.OUT_OF_WINDOW) {
      giveUpGap(nowNs);
    }
    if (tracker.test(sequence) == Outcome.OUT_OF_WINDOW) {
      reportGap(tracker.nextExpected(), sequence - tracker.nextExpected());
      concede(sequence, nowNs);
    }
  }

  private boolean hold(StreamPacket packet) {
    int bytes = packet.frames().readableBytes();
    if (held.bytes() + bytes > MAX_HELD_BYTES || !context.tryHold(bytes)) {
      context.counters.add(Event.NO_ROOM_TO_HOLD);
      return false;
    }
    context.counters.add(Event.HELD);
    held.put(context.pool.copy(packet));
    return true;
  }

  /** Expects nothing below a sequence any more; what is held there goes out. */
  private void concede(long below, long nowNs) {
    long next = tracker.nextExpected();
    if (Long.compareUnsigned(below, next) <= 0) {
      return;
    }
    tracker.concede(below);
    deliverHeld(next, nowNs);
  }

  private void giveUpGap(long nowNs) {
    long first = tracker.nextExpected();
    long end = tracker.gapEnd();
    reportGap(first, end - first);
    concede(end, nowNs);
  }

  private void reportGap(long first, long count) {
    context.counters.add(Event.GAP_PACKETS, count);
    context.output.onGap(streamId, first, count);
  }

  /** Delivers what is held from a sequence on, up to the next gap. */
  private void deliverHeld(long from, long nowNs) {
    for (long sequence = from; held.count() > 0 && sequence != tracker.nextExpected(); sequence++) {
      StreamPacket packet = held.take(sequence);
      if (packet != null) {
        context.unhold(packet.frames().readableBytes());
        deliver(packet, nowNs);
        context.pool.giveBack(packet);
      }
    }
  }

  private void deliver(StreamPacket packet, long nowNs) {
    if (packet.eventCount() == 0) {
      return;
    }
    if ((packet.fragmentFlags() & StreamPacket.FRAGMENT_PIECE) == 0) {
      context.output.deliver(packet);
      return;
    }
    switch (context.reassembler.accept(packet, lifetime, nowNs)) {
      case COMPLETE -> {
        StreamPacket whole = context.reassembler.takeWhole();
        context.output.deliver(whole);
        context.pool.giveBack(whole);
      }
      case INCONSISTENT, MALFORMED, REFUSED -> {
        if (reliable) {
          context.output.onStreamEnd(streamId, StreamEnd.INCONSISTENT);
        }
      }
      case BUFFERED, DUPLICATE, ABANDONED -> {}
    }
  }

  private void watchGap(long nowNs) {
    boolean sameGap = gapOpen && gapSequence == tracker.nextExpected();
    gapOpen = tracker.hasGap();
    if (gapOpen && !sameGap) {
      gapSequence = tracker.nextExpected();
      gapNs = nowNs;
    }
  }

  private long patienceNs() {
    if (boundarySeen) {
      return PATIENCE_NS;
    }
    return published ? PATIENCE_PUBLISHED_NS : PATIENCE_OLD_NS;
  }

  /**
   * The peer gave the stream up. It may go on with the next sequence, or begin anew
   * (docs/wire/net-streams.md, "Reset").
   */
  void onReset(long nowNs) {
    if (!reliable || restarting) {
      return;
    }
    expectedBefore = tracker.nextExpected();
    restarting = true;
    resetNs = nowNs;
    boundarySeen = false;
    gapOpen = false;
    dropHeld();
    tracker.restart(expectedBefore);
    context.reassembler.onStreamReset(streamId, lifetime, nowNs);
    lifetime = context.nextLifetime();
    context.counters.add(Event.RESET_BY_PEER);
    context.output.onStreamEnd(streamId, StreamEnd.RESET_BY_PEER);
  }

  private void dropHeld() {
    context.counters.add(Event.HELD_DROPPED, held.count());
    for (long sequence = tracker.nextExpected(); held.count() > 0; sequence++) {
      StreamPacket packet = held.take(sequence);
      if (packet != null) {
        context.unhold(packet.frames().readableBytes());
        context.pool.giveBack(packet);
      }
    }
  }

  /** Reports what a batch of packets has brought. */
  void settle(long nowNs) {
    reports.settle(nowNs);
  }

  void onTimer(long nowNs) {
    if (gapOpen && nowNs - gapNs >= patienceNs()) {
      giveUpGap(nowNs);
      watchGap(nowNs);
    }
    reports.onTimer(nowNs);
  }

  /** When {@link #onTimer} is wanted. */
  long deadlineNs() {
    long gapEndNs = gapOpen ? gapNs + patienceNs() : NONE;
    return Math.min(gapEndNs, reports.deadlineNs());
  }

  /** Whether forgetting the receiver would lose something. */
  boolean isBusy() {
    return held.count() > 0 || reports.isHolding();
  }

  /** Releases what is held. */
  void close() {
    dropHeld();
  }

  SequenceTracker tracker() {
    return tracker;
  }
}
