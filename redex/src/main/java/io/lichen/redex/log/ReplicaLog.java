// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

import io.lichen.redex.RedexException;
import io.lichen.redex.RedexRecord;
import io.lichen.redex.RedexTail;
import java.util.List;
import java.util.OptionalLong;

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

  ReplicaLog(LogFile file, LogState state, Appender appender, Reader reader, Sweeper sweeper) {
    this.file = file;
    this.state = state;
    this.appender = appender;
    this.reader = reader;
    this.sweeper = sweeper;
  }

  /** Its name. */
  public String name() {
    return state.name;
  }

  /** The number that the next record gets. */
  public long nextSeq() {
    return state.nextSeq();
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

  /** Appends records, at least one, as everybody does; gives back the first one's number. */
  public long append(List<byte[]> payloads) {
    return file.appendBatch(payloads).orElseThrow();
  }

  /** Leaves numbers out, up to one: in memory what was retained goes, on disk it stays. */
  public void skipAhead(long seq) {
    if (file.isPersistent()) {
      sweeper.skipAhead(seq);
    } else {
      sweeper.skipTo(seq);
    }
  }

  /** Evicts what is not to be kept. */
  public void sweepRetention() {
    sweeper.sweep();
  }

  /** Follows the log to its end. */
  public RedexTail tail(long from) {
    return file.tail(from);
  }
}
