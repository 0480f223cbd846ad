// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import io.lichen.transport.net.stream.StreamCounters.Event;
import org.jspecify.annotations.Nullable;

/**
 * Repeats what a reliable stream has lost (docs/wire/net-streams.md, "Repeating").
 *
 * <p>A packet is lost if one that was sent after it has arrived, as in RACK (RFC 8985): that finds
 * lost repetitions, too. Silence is first answered by repeating the last packet, whose answer tells
 * what else is missing, then by repeating everything at growing intervals, and at last by packets
 * without events, since a receiver whose answers get lost may take every copy for new.
 */
public final class LossRecovery {
  static final long NONE = Long.MAX_VALUE;

  /** Silence after which the stream is given up: the longest that upstream waits. */
  public static final long GIVE_UP_NS = 16_000_000_000L;

  /** Repetitions are at most so far apart, unless the round trip takes longer. */
  static final long MAX_INTERVAL_NS = 250_000_000L;

  /** What a receiver may take to acknowledge, besides the round trip. */
  private static final long ACK_DELAY_NS = 5_000_000L;

  /** Timeouts in a row after which a new packet is to provoke an acknowledgement. */
  private static final int FILLER_TIMEOUTS = 2;

  /**
   * So many timeouts in a row repeat everything, and of later ones each of this number; at the
   * others the new packet is enough.
   */
  private static final int REPEAT_TIMEOUTS = 8;

  /**
   * How far such packets may go beyond the span: one for each timeout until the stream is given up,
   * the shorter first ones among them. A receiver that has everything takes them all, and one that
   * has not reports its gaps.
   */
  private static final int FILLERS_BEYOND = (int) (GIVE_UP_NS / MAX_INTERVAL_NS) + REPEAT_TIMEOUTS;

  private static final int BITMAP_TOP = 63;

  private final StreamContext context;
  private final UnackedPackets unacked;
  private final CongestionWindow congestion;
  private final int maxSpan;

  private int lostCount;
  private long lastOrder;

  // The transmission that was sent last among those known to have arrived.
  private long arrivedOrder;
  private long arrivedRttNs;

  // How much later than a successor a packet may arrive before it counts as lost.
  private long reorderNs;
  private long reorderDeadlineNs = NONE;

  private long recoveryEnd;
  private boolean recovering;
  private boolean sampled;
  private long sampleSentNs;
  private int arrivedCount;
  private long progressNs;
  private long waitStartNs;
  private int timeouts;
  private boolean probed;
  private long packetsRepeated;

  /** Recovery for a stream whose first reliable packet has this sequence. */
  public LossRecovery(StreamContext context, long firstSequence, int maxSpan) {
    this.context = context;
    this.maxSpan = maxSpan;
    unacked = new UnackedPackets(firstSequence);
    congestion = new CongestionWindow(maxSpan, context.rtt);
  }

  /** Whether so many packets more may be sent. */
  public boolean hasRoom(int packets) {
    return unacked.count() < congestion.packets() && unacked.span() + packets <= maxSpan;
  }

  /** Keeps a packet, which has the next sequence, and sends it. */
  public void send(StreamPacket packet, long nowNs) {
    if (unacked.count() == 0) {
      progressNs = nowNs;
      waitStartNs = nowNs;
      timeouts = 0;
      probed = false;
    }
    unacked.add(packet);
    congestion.onSent(packet.costBytes());
    transmit(packet, nowNs);
  }

  /** Everything below a sequence has arrived. */
  public void onAck(long ackSequence, long nowNs) {
    if (isNotSent(ackSequence)) {
      return;
    }
    while (unacked.count() > 0 && unacked.base() - ackSequence < 0) {
      onArrived(unacked.base(), nowNs);
    }
  }

  /** What lies in a range has arrived. */
  public void onRange(long start, long end, long nowNs) {
    if (isNotSent(end)) {
      return;
    }
    long first = Long.compareUnsigned(start, unacked.base()) < 0 ? unacked.base() : start;
    for (long sequence = first; Long.compareUnsigned(sequence, end) < 0; sequence++) {
      onArrived(sequence, nowNs);
    }
  }

  private boolean isNotSent(long end) {
    if (Long.compareUnsigned(end, unacked.end()) <= 0) {
      return false;
    }
    context.counters.add(Event.FALSE_ACK);
    return true;
  }

  /**
   * A sequence is missing, as are those after it whose bits are set; what lies between and right
   * above the highest set bit has arrived.
   */
  public void onMissing(long nextExpected, long missingBitmap, long nowNs) {
    onAck(nextExpected, nowNs);
    int top = BITMAP_TOP - Long.numberOfLeadingZeros(missingBitmap);
    long first = nextExpected + 1;
    for (int i = 0; i <= Math.min(top + 1, BITMAP_TOP); i++) {
      if ((missingBitmap >>> i & 1) == 0) {
        onRange(first + i, first + i + 1, nowNs);
      }
    }
    if (top == BITMAP_TOP) {
      onSomethingBeyond(first + BITMAP_TOP + 1);
    }
  }

  /** This sequence or a later one has arrived; the first transmissions went out in order. */
  private void onSomethingBeyond(long sequence) {
    StreamPacket packet = unacked.get(sequence);
    if (packet != null && packet.repeats == 0) {
      arrivedOrder = Math.max(arrivedOrder, packet.sendOrder);
    }
  }

  private void onArrived(long sequence, long nowNs) {
    StreamPacket packet = unacked.remove(sequence);
    if (packet == null) {
      return;
    }
    long rttNs = nowNs - packet.sentNs;
    boolean needless = packet.repeats > 0 && rttNs < context.rtt.minNs() / 2;
    if (needless || packet.lost) {
      tolerateReordering();
    }
    if (!needless && packet.sendOrder > arrivedOrder) {
      arrivedOrder = packet.sendOrder;
      arrivedRttNs = rttNs;
    }
    if (packet.repeats == 0 && !packet.lost) {
      sampleSentNs = sampled ? Math.max(sampleSentNs, packet.sentNs) : packet.sentNs;
      sampled = true;
    }
    if (packet.lost) {
      lostCount--;
    }
    arrivedCount++;
    context.pool.giveBack(packet);
  }

  /** A packet that was taken for lost was only late. */
  private void tolerateReordering() {
    context.counters.add(Event.NEEDLESS_REPEATS);
    reorderNs = Math.min(reorderNs + context.rtt.minNs() / 4, context.rtt.smoothedNs());
  }

  /** Acts on what was learnt: to be called when a batch of messages has been taken in. */
  public void settle(long nowNs) {
    if (arrivedCount > 0) {
      onProgress(nowNs);
    }
    findLost(nowNs);
    repeatLost(nowNs);
  }

  private void onProgress(long nowNs) {
    progressNs = nowNs;
    waitStartNs = nowNs;
    timeouts = 0;
    probed = false;
    if (sampled) {
      sampled = false;
      context.rtt.sample(nowNs - sampleSentNs);
    }
    congestion.onAcked(arrivedCount, nowNs);
    arrivedCount = 0;
    if (recovering && unacked.base() - recoveryEnd >= 0) {
      recovering = false;
    }
  }

  private void findLost(long nowNs) {
    reorderDeadlineNs = NONE;
    int found = 0;
    for (long sequence = unacked.base(); sequence != unacked.end(); sequence++) {
      StreamPacket packet = unacked.get(sequence);
      if (packet == null || packet.lost) {
        continue;
      }
      if (packet.sendOrder >= arrivedOrder) {
        if (packet.repeats == 0) {
          // First transmissions are in order: none after this one has an earlier one.
          break;
        }
        continue;
      }
      long lostNs = packet.sentNs + arrivedRttNs + reorderNs;
      if (nowNs >= lostNs) {
        packet.lost = true;
        found++;
      } else {
        reorderDeadlineNs = Math.min(reorderDeadlineNs, lostNs);
      }
    }
    lostCount += found;
    if (found > 0) {
      beginRecovery();
    }
  }

  private void beginRecovery() {
    if (!recovering) {
      recovering = true;
      recoveryEnd = unacked.end();
      congestion.onLoss();
    }
  }

  /** Repeats what is lost, as far as the window lets it, and one packet in any case. */
  private void repeatLost(long nowNs) {
    boolean first = true;
    for (long sequence = unacked.base(); lostCount > 0 && sequence != unacked.end(); sequence++) {
      StreamPacket packet = unacked.get(sequence);
      if (packet == null || !packet.lost) {
        continue;
      }
      if (!first && unacked.count() - lostCount >= congestion.packets()) {
        return;
      }
      first = false;
      packet.lost = false;
      lostCount--;
      repeat(packet, nowNs);
    }
  }

  private void repeat(StreamPacket packet, long nowNs) {
    packet.repeats++;
    packetsRepeated++;
    context.counters.add(Event.PACKETS_REPEATED);
    transmit(packet, nowNs);
  }

  private void transmit(StreamPacket packet, long nowNs) {
    packet.sentNs = nowNs;
    packet.sendOrder = ++lastOrder;
    context.output.transmit(packet);
  }

  /**
   * Repeats what is due.
   *
   * @return false if nothing was acknowledged for so long that the stream is to be given up
   */
  boolean onTimer(long nowNs) {
    if (nowNs >= reorderDeadlineNs) {
      settle(nowNs);
    }
    if (unacked.count() == 0 || nowNs < waitEndNs()) {
      return true;
    }
    waitStartNs = nowNs;
    if (isProbeNext()) {
      probe(nowNs);
      return true;
    }
    if (nowNs - progressNs >= GIVE_UP_NS) {
      return false;
    }
    onTimeout(nowNs);
    return true;
  }

  private boolean isProbeNext() {
    return timeouts == 0 && !probed && lostCount == 0 && context.rtt.isKnown();
  }

  /** The last packet again: if it or its acknowledgement was lost, the answer says what is not. */
  private void probe(long nowNs) {
    probed = true;
    for (long sequence = unacked.end() - 1; sequence - unacked.base() >= 0; sequence--) {
      StreamPacket packet = unacked.get(sequence);
      if (packet != null) {
        context.counters.add(Event.PROBES);
        repeat(packet, nowNs);
        return;
      }
    }
  }

  private void onTimeout(long nowNs) {
    context.counters.add(Event.TIMEOUTS);
    timeouts++;
    if (timeouts == 1) {
      congestion.onTimeout();
    }
    boolean hasRoomForFiller = unacked.span() < maxSpan + FILLERS_BEYOND;
    boolean isFillerEnough =
        hasRoomForFiller && timeouts > REPEAT_TIMEOUTS && timeouts % REPEAT_TIMEOUTS != 0;
    if (!isFillerEnough) {
      loseAll();
      repeatLost(nowNs);
    }
    if (timeouts >= FILLER_TIMEOUTS && hasRoomForFiller) {
      sendFiller(nowNs);
    }
  }

  private void loseAll() {
    for (long sequence = unacked.base(); sequence != unacked.end(); sequence++) {
      StreamPacket packet = unacked.get(sequence);
      if (packet != null && !packet.lost) {
        packet.lost = true;
        lostCount++;
      }
    }
  }

  /**
   * A packet without events: version 0.34 does not acknowledge again what it has received, but any
   * new sequence makes it say what it has.
   */
  private void sendFiller(long nowNs) {
    StreamPacket oldest = unacked.get(unacked.base());
    if (oldest != null) {
      StreamPacket filler = context.pool.take();
      filler.begin(oldest.streamId(), unacked.end(), StreamPacket.FLAG_RELIABLE);
      context.counters.add(Event.FILLERS);
      send(filler, nowNs);
    }
  }

  private long waitEndNs() {
    long timeoutNs = context.rtt.timeoutNs();
    if (isProbeNext()) {
      return waitStartNs + Math.min(2 * context.rtt.smoothedNs() + ACK_DELAY_NS, timeoutNs);
    }
    return waitStartNs + intervalNs(timeoutNs, timeouts);
  }

  /** The wait before the next repetition when so many have been in vain. */
  public static long intervalNs(long timeoutNs, int inVain) {
    long doubled = timeoutNs << Math.min(inVain, Byte.SIZE);
    return Math.max(timeoutNs, Math.min(doubled, MAX_INTERVAL_NS));
  }

  /** When {@link #onTimer} is wanted. */
  long deadlineNs() {
    return unacked.count() == 0 ? NONE : Math.min(reorderDeadlineNs, waitEndNs());
  }

  /** Forgets what is not acknowledged. */
  void clear() {
    while (unacked.count() > 0) {
      @Nullable StreamPacket packet = unacked.remove(unacked.base());
      if (packet != null) {
        context.pool.giveBack(packet);
      }
    }
    lostCount = 0;
    recovering = false;
    reorderDeadlineNs = NONE;
  }

  /** The lowest sequence that is not acknowledged. */
  public long base() {
    return unacked.base();
  }

  /** The sequence of the next packet. */
  long nextSequence() {
    return unacked.end();
  }

  /** How many packets are not acknowledged. */
  public int unackedCount() {
    return unacked.count();
  }

  long packetsRepeated() {
    return packetsRepeated;
  }

  int congestionWindow() {
    return congestion.packets();
  }
}
