// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/**
 * How version 0.34 receives a reliable stream: packets are delivered as they come, copies too, but
 * only new ones are confirmed; gaps are reported at once and every 25 ms.
 */
final class NativeReceiver extends ScriptedPeer {
  private static final long TICK_NS = 25 * 1_000_000L;

  /** The numbers of the events in the order of delivery. */
  final List<Long> delivered = new ArrayList<>();

  /** Whether nothing that it says arrives, since it says it where the sender was. */
  boolean speaksToNobody;

  private final SequenceTracker tracker = new SequenceTracker(65_536);
  private long streamId;
  private long totalBytes;
  private boolean granted;
  private long tickNs;

  NativeReceiver(SimLink link, int index) {
    super(link, index);
    tickNs = link.nowNs() + TICK_NS;
  }

  @Override
  public void onDatagram(SimDatagram datagram, long nowNs) {
    if (datagram.subprotocolId() != 0) {
      return;
    }
    streamId = datagram.streamId();
    if (datagram.eventCount() > 0) {
      delivered.add(Unpooled.wrappedBuffer(datagram.frames()).getLongLE(Integer.BYTES));
    }
    SequenceTracker.Outcome outcome = tracker.receive(datagram.sequence());
    if (outcome == SequenceTracker.Outcome.IN_ORDER || outcome == SequenceTracker.Outcome.AHEAD) {
      totalBytes += datagram.frames().length + StreamPacket.OVERHEAD_BYTES;
      granted = true;
    }
  }

  @Override
  public void onBatchEnd(long nowNs) {
    if (granted) {
      granted = false;
      if (!speaksToNobody) {
        window(streamId, totalBytes, tracker.nextExpected());
      }
      reportGap();
    }
  }

  private void reportGap() {
    if (tracker.hasGap() && !speaksToNobody) {
      missing(streamId, tracker.nextExpected(), tracker.missingBitmap());
    }
  }

  @Override
  public void onTimer(long nowNs) {
    reportGap();
    tickNs = nowNs + TICK_NS;
  }

  @Override
  public long nextDeadlineNs() {
    return tickNs;
  }
}
