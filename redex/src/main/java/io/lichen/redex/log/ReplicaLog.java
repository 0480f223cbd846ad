// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

import io.lichen.redex.RecordVisitor;
import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.RedexRecord;
import io.lichen.redex.RedexTail;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * A log in the hands of its replica: appends that do not wait to be forced, and numbers that change
 * where another node decides about them. As the log itself it throws {@link RedexException}.
 */
public final class ReplicaLog {
  private final LogFile file;
  private final LogState state;
  private final Appender appender;
  private final Reader reader;
  private final Sweeper sweeper;
  private final Syncer syncer;

  ReplicaLog(
      LogFile file,
      LogState state,
      Appender appender,
      Reader reader,
      Sweeper sweeper,
      Syncer syncer) {
    this.file = file;
    this.state = state;
    this.appender = appender;
    this.reader = reader;
    this.sweeper = sweeper;
    this.syncer = syncer;
  }

  /** Its name. */
  public String name() {
    return state.name;
  }

  /** The number that the next record gets. */
  public long nextSeq() {
    return state.nextSeq();
  }

  /** What has nothing missing before it. */
  public Soundness soundness() {
    return reader.soundness();
  }

  /** Writes the log anew without what is damaged. */
  public void rewrite() {
    sweeper.compact(0);
  }

  /** Forces everything that was appended before. */
  public void sync() {
    syncer.sync();
  }

  /** The number of the oldest retained record. */
  public OptionalLong firstSeq() {
    return reader.firstSeq();
  }

  /** All records before this number were forced to the disk; in memory {@link #nextSeq}. */
  public long durableSeq() {
    return file.durableSeq();
  }

  /** Retained records from one number up to another that keep within a budget, one at least. */
  public List<RedexRecord> read(long from, long to, long budgetBytes, int overheadBytes) {
    return reader.range(from, to, budgetBytes, overheadBytes);
  }

  /** Appends records, at least one, if the first gets the expected number; forces nothing. */
  public void append(long expected, List<byte[]> payloads) {
    appender.appendBatchIfNext(expected, payloads);
  }

  /** Appends a record that lies in the index, if it gets the expected number; forces nothing. */
  public void appendInline(long expected, byte[] payload) {
    if (nextSeq() != expected) {
      throw new RedexException(
          RedexError.SEQ_MISMATCH, "log " + state.name + ": another number is next");
    }
    appender.appendInline(payload);
  }

  /** Appends records, at least one, as everybody does; gives back the first one's number. */
  public long append(List<byte[]> payloads) {
    return file.appendBatch(payloads).orElseThrow();
  }

  /** Shows retained records where they lie. */
  public void visit(long from, long to, RecordVisitor visitor) {
    reader.visit(from, to, visitor);
  }

  /** Leaves numbers out, up to one, behind what is retained. */
  public void leaveGap(long seq) {
    sweeper.skipAhead(seq);
  }

  /** Leaves numbers out, up to one: in memory what was retained goes, on disk it stays. */
  public void skipAhead(long seq) {
    if (file.isPersistent()) {
      sweeper.skipAhead(seq);
    } else {
      sweeper.skipTo(seq);
    }
  }

  /**
   * Takes records back, from a number on, which the next one gets. What is left is written into a
   * new generation, so that a crash leaves the log as it was or as it is to be. Nobody else appends
   * meanwhile.
   */
  public void truncateFrom(long seq) {
    sweeper.truncate(seq);
    syncer.cut(seq);
  }

  /** Takes all records back and goes on from a number, as {@link #truncateFrom}. */
  public void resetTo(long seq) {
    sweeper.reset(seq);
    syncer.cut(seq);
  }

  /** Evicts what is not to be kept. */
  public void sweepRetention() {
    sweeper.sweep();
  }

  /**
   * Follows the log as far as somebody says, who calls {@link #changed} when it may go on.
   *
   * @param endSeq the number before which records may be seen; what it says only grows
   */
  public RedexTail tail(long from, LongSupplier endSeq) {
    return new LogTail(state, reader, this::durableSeq, () -> earlier(endSeq.getAsLong()), from);
  }

  private long earlier(long seq) {
    long next = state.nextSeq();
    return Long.compareUnsigned(seq, next) < 0 ? seq : next;
  }

  /** What followers may see has grown. */
  public void changed() {
    state.signal.changed();
  }

  /** Leaves appends to the replica alone, or to everybody again. */
  public void govern(boolean value) {
    state.govern(value);
  }

  /** Whether it is on disk. */
  public boolean isPersistent() {
    return file.isPersistent();
  }

  /** Whether an append counts only when it is forced. */
  public boolean forcesAppends() {
    return syncer.forcesAppends();
  }

  /** What {@link #writeTerms} left; empty if nothing, or in memory. */
  public Optional<byte[]> readTerms() {
    try {
      return state.store.readTerms();
    } catch (IOException e) {
      throw state.failed("its terms cannot be read", e);
    }
  }

  /** Keeps what replicas have agreed upon beside the log, at once and for good. */
  public void writeTerms(byte[] terms) {
    try {
      state.store.writeTerms(terms);
    } catch (IOException e) {
      throw state.failed("its terms cannot be written", e);
    }
  }

  /** Tells one start of the machine from another; 0 if that is not known. */
  public long boot() {
    return state.store.boot();
  }
}
