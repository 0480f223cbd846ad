// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import io.lichen.redex.RedexRecord;
import io.lichen.redex.replica.ReplicationConfig;
import io.lichen.redex.replica.ReplicationLink;
import io.lichen.redex.replica.wire.TermAppend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends a leader's records to replicas, as many at a time as may be under way. */
final class Shipping {
  private static final long WINDOW_BYTES = 512 << 10;
  private static final int ROOM_BYTES = ReplicationLink.MAX_MESSAGE_BYTES - TermAppend.BASE_BYTES;
  private static final long END = -1;

  private final TermContext context;
  private final BandwidthBudget budget;

  Shipping(TermContext context, long nowNs) {
    this.context = context;
    ReplicationConfig config = context.member.config();
    this.budget =
        new BandwidthBudget(
            config.budgetFraction() * BandwidthBudget.ASSUMED_BYTES_PER_SECOND,
            config.backgroundFraction(),
            nowNs);
  }

  /** Sends what a replica lacks. */
  void ship(Progress to, long nowNs) {
    while (to.wantsRecords
        && to.underWayBytes() < WINDOW_BYTES
        && Long.compareUnsigned(to.sentSeq, context.nextSeq()) < 0) {
      TermAppend append = next(to);
      if (append == null || !send(to, append, nowNs)) {
        return;
      }
    }
  }

  /** Tells a replica that lacks nothing what is committed. */
  void tell(Progress to) {
    if (to.isAligned && to.sentSeq == context.nextSeq()) {
      context.send(to.node, append(false, to.sentSeq, 0, List.of()).encode(logId()));
    }
  }

  private byte[] logId() {
    return context.member.logId();
  }

  private TermAppend append(boolean afterGap, long seq, int offset, List<TermAppend.Piece> pieces) {
    return new TermAppend(
        context.state.term(), context.committedSeq(), afterGap, seq, offset, pieces);
  }

  private boolean send(Progress to, TermAppend append, long nowNs) {
    byte[] message = append.encode(logId());
    boolean isCatchingUp = !to.isAligned;
    if (isCatchingUp
        && !budget.admit(context.member.config().bandwidthClass(), message.length, nowNs)) {
      return false;
    }
    context.member.metrics().syncBytes(message.length);
    int bytes = message.length;
    if (!context.member.link().send(to.node, message)) {
      if (isCatchingUp) {
        budget.refund(bytes, nowNs);
      }
      return false;
    }
    TermAppend.Piece last = append.pieces().getLast();
    int end = last.content().length + (append.pieces().size() == 1 ? append.firstOffset() : 0);
    boolean isWhole = end == last.length();
    long lastSeq = append.firstSeq() + append.pieces().size() - 1;
    if (isWhole) {
      to.partial = null;
    }
    to.sent(isWhole ? lastSeq + 1 : lastSeq, isWhole ? 0 : end, bytes);
    return true;
  }

  private @Nullable TermAppend next(Progress to) {
    RedexRecord partial = to.partial;
    if (partial != null && partial.seq() == to.sentSeq) {
      return append(false, to.sentSeq, to.sentOffset, List.of(piece(partial, to.sentOffset)));
    }
    long first = context.log().firstSeq().orElse(context.nextSeq());
    if (Long.compareUnsigned(to.sentSeq, first) < 0) {
      // The next beat says where it has to begin anew.
      return null;
    }
    List<RedexRecord> records =
        context.log().read(to.sentSeq, END, ROOM_BYTES, TermAppend.PIECE_BYTES);
    return records.isEmpty() ? null : append(to, records);
  }

  private TermAppend append(Progress to, List<RedexRecord> records) {
    RedexRecord first = records.getFirst();
    boolean afterGap = first.seq() != to.sentSeq;
    int offset = afterGap ? 0 : to.sentOffset;
    if (offset != 0 || first.payload().length > ROOM_BYTES - TermAppend.PIECE_BYTES) {
      to.partial = first;
      return append(afterGap, first.seq(), offset, List.of(piece(first, offset)));
    }
    List<TermAppend.Piece> pieces = new ArrayList<>();
    for (RedexRecord record : records) {
      if (record.seq() != first.seq() + pieces.size()) {
        break;
      }
      pieces.add(new TermAppend.Piece(record.payload().length, record.inline(), record.payload()));
    }
    return append(afterGap, first.seq(), 0, pieces);
  }

  private static TermAppend.Piece piece(RedexRecord record, int offset) {
    int length = record.payload().length;
    int end = Math.min(length, offset + ROOM_BYTES - TermAppend.PIECE_BYTES);
    byte[] content = Arrays.copyOfRange(record.payload(), Math.min(offset, end), end);
    return new TermAppend.Piece(length, record.inline(), content);
  }
}
