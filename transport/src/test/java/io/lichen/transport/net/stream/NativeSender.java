// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import io.lichen.transport.net.Faults;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How version 0.34 sends a reliable stream: each packet is repeated when 50 ms have gone by without
 * its acknowledgement, three times, and then the stream is reset; a report of what is missing is
 * answered once for each expected sequence.
 */
final class NativeSender extends ScriptedPeer {
  private static final long TICK_NS = 25 * 1_000_000L;
  private static final long RTO_NS = 50 * 1_000_000L;
  private static final int RETRIES = 3;
  private static final int WINDOW = 32;

  private static final class Pending {
    long sentNs;
    int retries;
  }

  boolean gaveUp;

  private final long streamId;
  private final int count;
  private final Map<Long, Pending> pending = new LinkedHashMap<>();
  private long next;
  private long recovered = -1;
  private long tickNs;

  NativeSender(SimLink link, int index, long streamId, int count) {
    super(link, index);
    this.streamId = streamId;
    this.count = count;
    tickNs = link.nowNs();
  }

  boolean isDone() {
    return gaveUp || (next == count && pending.isEmpty());
  }

  private void pump(long nowNs) {
    while (!gaveUp && next < count && pending.size() < WINDOW) {
      Pending each = new Pending();
      each.sentNs = nowNs;
      pending.put(next, each);
      say(streamId, next, StreamPacket.FLAG_RELIABLE, next++);
    }
  }

  @Override
  public void onDatagram(SimDatagram datagram, long nowNs) {
    ByteBuf message = Unpooled.wrappedBuffer(datagram.frames()).skipBytes(Integer.BYTES);
    if (datagram.subprotocolId() == StreamControl.WINDOW) {
      long ack = StreamControl.ackSequence(message, StreamControl.WINDOW);
      pending.keySet().removeIf(sequence -> sequence < ack);
    } else if (datagram.subprotocolId() == StreamControl.NACK) {
      onMissing(message, nowNs);
    }
  }

  private void onMissing(ByteBuf message, long nowNs) {
    long expected = StreamControl.ackSequence(message, StreamControl.NACK);
    if (expected <= recovered) {
      return;
    }
    recovered = expected;
    repeat(expected, nowNs);
    long bitmap = StreamControl.missingBitmap(message);
    for (int i = 0; i < Long.SIZE; i++) {
      if ((bitmap >>> i & 1) != 0) {
        repeat(expected + 1 + i, nowNs);
      }
    }
  }

  private void repeat(long sequence, long nowNs) {
    Pending each = pending.get(sequence);
    if (each != null && each.retries < RETRIES) {
      each.retries++;
      each.sentNs = nowNs;
      say(streamId, sequence, StreamPacket.FLAG_RELIABLE, sequence);
    }
  }

  @Override
  public void onBatchEnd(long nowNs) {
    pump(nowNs);
  }

  @Override
  public void onTimer(long nowNs) {
    pump(nowNs);
    for (Iterator<Map.Entry<Long, Pending>> all = pending.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Long, Pending> each = all.next();
      if (nowNs - each.getValue().sentNs > RTO_NS) {
        if (each.getValue().retries == RETRIES) {
          all.remove();
          gaveUp = true;
        } else {
          repeat(each.getKey(), nowNs);
        }
      }
    }
    if (gaveUp) {
      pending.clear();
      // Nothing depends on whether this one message is lost.
      link.faults(Faults.none(20));
      reset(streamId);
    }
    tickNs = gaveUp ? SessionStreams.NO_DEADLINE : nowNs + TICK_NS;
  }

  @Override
  public long nextDeadlineNs() {
    return tickNs;
  }
}
