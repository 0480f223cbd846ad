// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import io.lichen.transport.net.StreamEnd;
import io.lichen.transport.net.StreamStats;
import io.lichen.transport.net.stream.StreamCounters.Event;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a stream (docs/wire/net-streams.md, "Sending"): numbers, credit, and from the
 * first reliable packet on recovery. Everything after that packet is reliable, too.
 */
final class StreamSender {
  static final long NONE = Long.MAX_VALUE;

  /** Packets from the lowest unacknowledged to the next: what every receiver's horizon allows. */
  private static final int MAX_SPAN = 128;

  /** A reset is not acknowledged: it is sent so often, before anything else is. */
  private static final int RESETS = 3;

  private final long streamId;
  private final StreamContext context;
  private final CreditLedger credit;
  private final int maxSpan;

  // Of fire-and-forget packets: recovery counts reliable ones.
  private long nextSequence;
  private @Nullable LossRecovery recovery;
  private boolean boundaryDue;

  // The last pieces of the events of several packets that are not acknowledged.
  private final ArrayDeque<Long> groupEnds = new ArrayDeque<>(0);

  private int resetsLeft;
  private long nextResetNs = NONE;

  // After a reset one packet goes out alone, so that the receiver takes up its number.
  private boolean alone;

  // The largest offer that was refused since it was last said that there is room.
  private int wantedBytes;
  private int wantedPackets;

  private long packetsSent;

  StreamSender(long streamId, StreamContext context, int windowBytes) {
    this.streamId = streamId;
    this.context = context;
    credit = new CreditLedger(windowBytes);
    maxSpan = Math.min(MAX_SPAN, SequenceTracker.maxPending(windowBytes));
  }

  /** Offers one packet; taken over if it is taken. */
  OfferVerdict offer(StreamPacket packet, long nowNs) {
    int costBytes = packet.costBytes();
    if (!credit.fitsWindow(costBytes)) {
      return OfferVerdict.WINDOW_TOO_SMALL;
    }
    becomeReliable(packet);
    if (!hasRoom(costBytes, 1)) {
      return refuse(costBytes, 1);
    }
    send(packet, nowNs);
    return OfferVerdict.TAKEN;
  }

  /** Offers one event of several packets: all of them are sent, or none. */
  OfferVerdict offerLarge(StreamPacket whole, long nowNs) {
    int costBytes = Fragmenter.costBytes(whole);
    int pieces = Fragmenter.pieceCount(whole);
    if (!credit.fitsWindow(costBytes)) {
      return OfferVerdict.WINDOW_TOO_SMALL;
    }
    becomeReliable(whole);
    if (!hasRoom(costBytes, pieces)) {
      return refuse(costBytes, pieces);
    }
    if (recovery != null && !context.tryOpenGroup(this)) {
      return refuse(costBytes, pieces);
    }
    List<StreamPacket> group = Fragmenter.split(whole, context.nextFragmentId(), context.pool);
    group.forEach(piece -> send(piece, nowNs));
    if (recovery != null) {
      groupEnds.add(recovery.nextSequence() - 1);
    }
    return OfferVerdict.TAKEN;
  }

  private OfferVerdict refuse(int costBytes, int packets) {
    wantedBytes = Math.max(wantedBytes, costBytes);
    wantedPackets = Math.max(wantedPackets, packets);
    context.counters.add(Event.BACK_PRESSURE);
    return OfferVerdict.FULL;
  }

  private void becomeReliable(StreamPacket packet) {
    if (recovery == null && packet.isReliable()) {
      recovery = new LossRecovery(context, nextSequence, maxSpan);
      boundaryDue = true;
    }
  }

  private boolean hasRoom(int costBytes, int packets) {
    if (resetsLeft > 0 || !credit.canSpend(costBytes)) {
      return false;
    }
    LossRecovery repair = recovery;
    if (repair == null) {
      return true;
    }
    return repair.hasRoom(packets) && !(alone && repair.unackedCount() > 0);
  }

  private void send(StreamPacket packet, long nowNs) {
    LossRecovery repair = recovery;
    packet.number(repair == null ? nextSequence++ : repair.nextSequence());
    packetsSent++;
    context.counters.add(Event.PACKETS_SENT);
    credit.spend(packet.costBytes(), nowNs);
    if (repair == null) {
      packet.flags(0);
      context.output.transmit(packet);
      context.pool.giveBack(packet);
      return;
    }
    packet.flags(StreamPacket.FLAG_RELIABLE | (boundaryDue ? StreamPacket.FLAG_MODE_BOUNDARY : 0));
    boundaryDue = false;
    repair.send(packet, nowNs);
  }

  /** The receiver may have forgotten the stream, since it was idle for so long. */
  void onDoubt() {
    if (!isBusy()) {
      credit.restart();
      boundaryDue = recovery != null;
    }
  }

  void onWindow(long totalBytes, long ackSequence, long nowNs) {
    credit.confirm(totalBytes);
    if (recovery != null) {
      recovery.onAck(ackSequence, nowNs);
    }
  }

  void onMissing(long nextExpected, long missingBitmap, long nowNs) {
    if (recovery != null) {
      recovery.onMissing(nextExpected, missingBitmap, nowNs);
    }
  }

  void onAck(long ackSequence, long nowNs) {
    if (recovery != null) {
      recovery.onAck(ackSequence, nowNs);
    }
  }

  void onRange(long start, long end, long nowNs) {
    if (recovery != null) {
      recovery.onRange(start, end, nowNs);
    }
  }

  /** Acts on what the messages of a batch have said. */
  void settle(long nowNs) {
    LossRecovery repair = recovery;
    if (repair != null) {
      repair.settle(nowNs);
      closeGroups(repair);
      if (repair.unackedCount() == 0) {
        // Not before the packet with the boundary has been sent.
        alone &= boundaryDue;
      }
    }
    announceRoom();
  }

  private void closeGroups(LossRecovery repair) {
    while (!groupEnds.isEmpty() && groupEnds.getFirst() - repair.base() < 0) {
      groupEnds.removeFirst();
      context.closeGroup();
    }
  }

  /** Says that there is room if somebody waits for it, and there is. */
  void announceRoom() {
    if (wantedPackets > 0 && hasRoom(wantedBytes, wantedPackets)) {
      wantedBytes = 0;
      wantedPackets = 0;
      context.output.onWritable(streamId);
    }
  }

  void onTimer(long nowNs) {
    if (!isAwaitingAcks()) {
      context.counters.add(Event.BYTES_WRITTEN_OFF, credit.writeOff(writeOffAfterNs(), nowNs));
    }
    if (nowNs >= nextResetNs) {
      sendReset(nowNs);
    }
    if (recovery != null && !recovery.onTimer(nowNs)) {
      giveUp(recovery, nowNs);
    }
    announceRoom();
  }

  /** Starts anew with the next number, which the receiver learns from the mode boundary. */
  private void giveUp(LossRecovery repair, long nowNs) {
    repair.clear();
    closeGroups(repair);
    // A receiver that forgets the stream counts from 0 again.
    credit.restart();
    boundaryDue = true;
    alone = true;
    resetsLeft = RESETS;
    sendReset(nowNs);
    context.counters.add(Event.GAVE_UP);
    context.output.onStreamEnd(streamId, StreamEnd.GAVE_UP);
  }

  private void sendReset(long nowNs) {
    if (resetsLeft == 0) {
      nextResetNs = NONE;
      return;
    }
    context.control.reset(streamId);
    resetsLeft--;
    nextResetNs = nowNs + context.rtt.timeoutNs();
  }

  /** When {@link #onTimer} is wanted. */
  long deadlineNs() {
    long repairNs = recovery == null ? NONE : recovery.deadlineNs();
    long writeOffNs = isAwaitingAcks() ? NONE : credit.writeOffNs(writeOffAfterNs());
    return Math.min(Math.min(repairNs, writeOffNs), nextResetNs);
  }

  private boolean isAwaitingAcks() {
    return recovery != null && recovery.unackedCount() > 0;
  }

  private long writeOffAfterNs() {
    return recovery == null ? CreditLedger.WRITE_OFF_NS : CreditLedger.RELIABLE_WRITE_OFF_NS;
  }

  /** Whether forgetting the sender would lose something. */
  boolean isBusy() {
    return resetsLeft > 0 || isAwaitingAcks();
  }

  /** Releases what is not acknowledged. */
  void close() {
    if (recovery != null) {
      recovery.clear();
      closeGroups(recovery);
    }
  }

  StreamStats stats(long queuedBytes) {
    LossRecovery repair = recovery;
    return new StreamStats(
        packetsSent,
        repair == null ? 0 : repair.packetsRepeated(),
        queuedBytes,
        credit.outstandingBytes(),
        repair == null ? 0 : repair.congestionWindow(),
        context.rtt.smoothedNs());
  }
}
