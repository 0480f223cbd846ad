// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import io.lichen.redex.log.ReplicaLog;
import io.lichen.redex.replica.wire.TermAppend;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts what a leader sends behind a replica's log, and records together that came in parts. */
final class Assembly {
  private final ReplicaLog log;

  /** The whole records that go behind the log next. */
  private final List<byte[]> batch = new ArrayList<>();

  private byte @Nullable [] part;
  private int have;

  Assembly(ReplicaLog log) {
    this.log = log;
  }

  /** How much of the next record is there. */
  int offset() {
    return have;
  }

  /** The log changed: a part is of no use. */
  void forget() {
    part = null;
    have = 0;
  }

  /** Appends; returns whether something is missing in between. */
  boolean take(TermAppend append) {
    if (append.afterGap()
        && have == 0
        && Long.compareUnsigned(append.firstSeq(), log.nextSeq()) > 0) {
      log.leaveGap(append.firstSeq());
    }
    long seq = append.firstSeq();
    int offset = append.firstOffset();
    boolean hasGap = false;
    for (TermAppend.Piece piece : append.pieces()) {
      int order = Long.compareUnsigned(seq, log.nextSeq() + batch.size());
      hasGap = order > 0 || (order == 0 && !take(piece, offset));
      if (hasGap) {
        break;
      }
      seq++;
      offset = 0;
    }
    flush();
    return hasGap;
  }

  /** Takes a piece of the next record, unless one before it is missing. */
  private boolean take(TermAppend.Piece piece, int offset) {
    int end = offset + piece.content().length;
    if (offset == 0 && end == piece.length()) {
      forget();
      whole(piece.content(), piece.isInline());
      return true;
    }
    if (offset > have) {
      return false;
    }
    byte[] whole = part;
    if (whole == null || whole.length != piece.length()) {
      whole = new byte[piece.length()];
      part = whole;
      have = 0;
    }
    if (end > have) {
      System.arraycopy(piece.content(), 0, whole, offset, piece.content().length);
      have = end;
    }
    if (have == whole.length) {
      forget();
      whole(whole, piece.isInline());
    }
    return true;
  }

  private void whole(byte[] payload, boolean isInline) {
    if (isInline) {
      flush();
      log.appendInline(log.nextSeq(), payload);
    } else {
      batch.add(payload);
    }
  }

  private void flush() {
    if (!batch.isEmpty()) {
      List<byte[]> records = List.copyOf(batch);
      batch.clear();
      log.append(log.nextSeq(), records);
    }
  }
}
