// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import io.lichen.redex.RedexRecord;
import io.lichen.redex.replica.wire.TermAck;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** How far one replica is, as its leader knows it, and what is on the way to it. */
final class Progress {
  private record Sent(long seq, int offset, long bytes) {}

  final long node;
  boolean isAligned;
  boolean wantsRecords;
  long nextSeq;
  int offset;
  long durableSeq;

  /** The latest clock of the leader that came back; means nothing before {@link #wasHeard}. */
  long stampNs;

  boolean wasHeard;

  /** What is sent next. */
  long sentSeq;

  int sentOffset;

  /** The record that is being sent in parts. */
  @Nullable RedexRecord partial;

  /** When it last got on, or was sent something anew. */
  long movedNs;

  private final ArrayDeque<Sent> underWay = new ArrayDeque<>();
  private long underWayBytes;

  Progress(long node, long nowNs) {
    this.node = node;
    this.movedNs = nowNs;
  }

  long underWayBytes() {
    return underWayBytes;
  }

  void sent(long seq, int newOffset, long bytes) {
    sentSeq = seq;
    sentOffset = newOffset;
    underWay.add(new Sent(seq, newOffset, bytes));
    underWayBytes += bytes;
  }

  void onAck(TermAck ack, long nowNs) {
    if (!wasHeard || ack.stampNs() - stampNs > 0) {
      stampNs = ack.stampNs();
    }
    wasHeard = true;
    isAligned = ack.isAligned();
    wantsRecords = ack.wantsRecords();
    durableSeq = ack.durableSeq();
    int order = order(ack.nextSeq(), ack.offset(), nextSeq, offset);
    nextSeq = ack.nextSeq();
    offset = ack.offset();
    if (order != 0) {
      movedNs = nowNs;
    }
    while (!underWay.isEmpty() && isBehind(underWay.getFirst())) {
      underWayBytes -= underWay.removeFirst().bytes;
    }
    if (order < 0 || order(sentSeq, sentOffset, nextSeq, offset) < 0) {
      rewind(nowNs);
    }
  }

  private boolean isBehind(Sent sent) {
    return order(sent.seq, sent.offset, nextSeq, offset) <= 0;
  }

  private static int order(long seq, int offset, long otherSeq, int otherOffset) {
    int order = Long.compareUnsigned(seq, otherSeq);
    return order == 0 ? Integer.compareUnsigned(offset, otherOffset) : order;
  }

  /** Sends everything anew that it does not have. */
  void rewind(long nowNs) {
    sentSeq = nextSeq;
    sentOffset = offset;
    partial = null;
    underWay.clear();
    underWayBytes = 0;
    movedNs = nowNs;
  }
}
