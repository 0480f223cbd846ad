// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.lichen.redex.RecordVisitor;
import io.lichen.redex.RedexRecord;
import io.lichen.redex.format.IndexRecords;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads a log's records where they lie, without a lock. */
final class Reader {
  /** Takes a record that is intact. */
  @FunctionalInterface
  private interface Sink {
    /** Whether to go on. */
    boolean take(Generation from, long position, MemorySegment payload);
  }

  private final LogState state;

  Reader(LogState state) {
    this.state = state;
  }

  /** The retained records with these numbers whose payloads, each with some more, fit a budget. */
  List<RedexRecord> range(long from, long to, long budgetBytes, int overheadBytes) {
    List<RedexRecord> found = new ArrayList<>();
    long[] left = {budgetBytes};
    each(
        from,
        to,
        (generation, position, payload) -> {
          left[0] -= payload.byteSize() + overheadBytes;
          boolean fits = left[0] >= 0 || found.isEmpty();
          if (fits) {
            found.add(record(generation, position, payload));
          }
          return fits;
        });
    return found;
  }

  /** Shows the retained records with these numbers. */
  void visit(long from, long to, RecordVisitor visitor) {
    each(
        from,
        to,
        (generation, position, payload) ->
            visitor.onRecord(IndexRecords.seq(generation.index(), position), payload.asReadOnly()));
  }

  /** The first retained record with this number or a later one. */
  @Nullable RedexRecord firstFrom(long from) {
    RedexRecord[] found = new RedexRecord[1];
    each(
        from,
        -1,
        (generation, position, payload) -> {
          found[0] = record(generation, position, payload);
          return false;
        });
    return found[0];
  }

  private void each(long from, long to, Sink sink) {
    Generation generation = state.leased();
    try {
      long size = generation.size();
      long end = generation.before(to, size);
      for (long number = generation.before(from, size); number < end; number++) {
        long position = generation.positions().of(number);
        MemorySegment index = generation.index();
        MemorySegment data = generation.data();
        if (IndexRecords.isIntact(index, position, data, generation.dataBytes())
            && !sink.take(generation, position, IndexRecords.payload(index, position, data))) {
          return;
        }
      }
    } finally {
      generation.release();
    }
  }

  private static RedexRecord record(Generation from, long position, MemorySegment payload) {
    MemorySegment index = from.index();
    return new RedexRecord(
        IndexRecords.seq(index, position),
        payload.toArray(JAVA_BYTE),
        IndexRecords.isInline(index, position),
        IndexRecords.checksum(index, position),
        IndexRecords.timestamp(from.times(), position));
  }

  /** What of the log has nothing missing before it. */
  Soundness soundness() {
    Generation generation = state.leased();
    try {
      Positions positions = generation.positions();
      long size = generation.size();
      long end = Math.min(size, positions.beforeFirstDamage());
      long sound = Math.min(1, end);
      while (sound < end && generation.seq(sound) == generation.seq(sound - 1) + 1) {
        sound++;
      }
      long nextSeq = sound == 0 ? 0 : generation.seq(sound - 1) + 1;
      boolean isEmpty = size == 0 && positions.damaged() == 0;
      return new Soundness(
          isEmpty ? state.nextSeq() : nextSeq,
          positions.damaged() > 0,
          !isEmpty && (sound < size || nextSeq != state.nextSeq()));
    } finally {
      generation.release();
    }
  }

  long size() {
    // A record is published before its number is: for a moment there is one more than that says.
    long nextSeq = state.nextSeq();
    Generation generation = state.leased();
    try {
      return generation.before(nextSeq, generation.size());
    } finally {
      generation.release();
    }
  }

  OptionalLong firstSeq() {
    Generation generation = state.leased();
    try {
      return generation.size() == 0 ? OptionalLong.empty() : OptionalLong.of(generation.seq(0));
    } finally {
      generation.release();
    }
  }
}
