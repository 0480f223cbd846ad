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
  private volatile long position;
  private volatile long missed;
  private volatile boolean isClosed;

  LogTail(LogState state, Reader reader, LongSupplier durableSeq, long from) {
    this.state = state;
    this.reader = reader;
    this.durableSeq = durableSeq;
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
    return Long.compareUnsigned(position, state.nextSeq()) < 0;
  }

  private boolean isAheadOrOver() {
    return isClosed || isAhead() || state.isClosed();
  }

  private @Nullable RedexRecord read() {
    long end = state.nextSeq();
    long wanted = position;
    RedexRecord record = reader.firstFrom(wanted);
    if (record == null || record.seq() != wanted) {
      // Only now: what is retained at this moment was when the log was read.
      requireRetained(wanted, end);
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
    return isAhead() ? state.nextSeq() - position : 0;
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
