// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.RedexRecord;
import io.lichen.redex.RedexTail;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A position in a log that moves on. */
final class LogTail implements RedexTail {
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private final LogState state;
  private final Reader reader;
  private final LongSupplier durableSeq;
  private final LongSupplier endSeq;
  private volatile long position;
  private volatile long missed;
  private volatile boolean isClosed;

  /**
   * Begins at a number.
   *
   * @param endSeq the number before which records may be seen; what it says only grows, and {@link
   *     TailSignal#changed} follows
   */
  LogTail(LogState state, Reader reader, LongSupplier durableSeq, LongSupplier endSeq, long from) {
    this.state = state;
    this.reader = reader;
    this.durableSeq = durableSeq;
    this.endSeq = endSeq;
    this.position = from;
  }

  @Override
  public @Nullable RedexRecord next(Duration timeout) throws InterruptedException {
    if (!isAhead() && !state.signal.await(this::isAheadOrOver, nanos(timeout))) {
      return null;
    }
    return isClosed || !isAhead() ? null : read();
  }

  private static long nanos(Duration timeout) {
    return timeout.compareTo(LONGEST) >= 0 ? Long.MAX_VALUE : timeout.toNanos();
  }

  private boolean isAhead() {
    return Long.compareUnsigned(position, endSeq.getAsLong()) < 0;
  }

  private boolean isAheadOrOver() {
    return isClosed || isAhead() || state.isClosed();
  }

  private @Nullable RedexRecord read() {
    long end = endSeq.getAsLong();
    long wanted = position;
    RedexRecord record = reader.firstFrom(wanted);
    if (record == null || record.seq() != wanted) {
      // Only now: what is retained at this moment was when the log was read.
      requireRetained(wanted, end);
    }
    if (record != null && Long.compareUnsigned(record.seq(), end) >= 0) {
      record = null;
    }
    // Numbers without a record belong to damaged ones, or to a log that was continued further on.
    position = record == null ? end : record.seq() + 1;
    return record;
  }

  private void requireRetained(long wanted, long end) {
    long oldest = reader.firstSeq().orElse(end);
    if (Long.compareUnsigned(wanted, oldest) < 0) {
      long gone = oldest - wanted;
      long missedBefore = missed;
      missed = missedBefore + gone;
      position = oldest;
      throw new RedexException(
          RedexError.LAGGED,
          "log %s: %s records were evicted unread; the oldest left is %s"
              .formatted(state.name, Long.toUnsignedString(gone), Long.toUnsignedString(oldest)));
    }
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public long lag() {
    return isAhead() ? endSeq.getAsLong() - position : 0;
  }

  @Override
  public long missed() {
    return missed;
  }

  @Override
  public boolean isDurable(long seq) {
    return Long.compareUnsigned(seq, durableSeq.getAsLong()) < 0;
  }

  @Override
  public boolean isAtEnd() {
    return isClosed || (state.isClosed() && !isAhead());
  }

  @Override
  public void close() {
    isClosed = true;
    state.signal.changed();
  }
}
