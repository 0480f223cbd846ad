// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.tail;

import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.RedexGap;
import io.lichen.redex.RedexItem;
import io.lichen.redex.RedexProgress;
import io.lichen.redex.RedexRecord;
import io.lichen.redex.RedexTail;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** What a tail brings, one item looked at ahead of its taking, so that the end is known in time. */
final class TailItems implements RedexProgress {
  private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

  private final RedexTail tail;
  private volatile @Nullable RedexItem held;
  private volatile boolean isClosed;

  TailItems(RedexTail tail) {
    this.tail = tail;
  }

  /**
   * The item that {@link #taken} takes; waits for it.
   *
   * @return {@code null} at the end
   * @throws RedexException if reading fails
   * @throws CancellationException if the thread is interrupted
   */
  @Nullable RedexItem peek() {
    RedexItem item = held;
    if (item == null) {
      item = read();
      held = item;
    }
    return isClosed ? null : item;
  }

  private @Nullable RedexItem read() {
    // A tail may return without a record before the end: where the last ones are damaged.
    while (!tail.isAtEnd()) {
      long before = tail.position();
      try {
        RedexRecord record = tail.next(FOREVER);
        if (record != null) {
          return record;
        }
      } catch (RedexException e) {
        if (e.error() != RedexError.LAGGED) {
          throw e;
        }
        return new RedexGap(before, tail.position());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while waiting for the log");
      }
    }
    return null;
  }

  /** The item was handed out. */
  void taken() {
    held = null;
  }

  @Override
  public long position() {
    return switch (held) {
      case RedexRecord record -> record.seq();
      case RedexGap gap -> gap.to();
      case null -> tail.position();
    };
  }

  @Override
  public long lag() {
    return tail.lag() + (held instanceof RedexRecord ? 1 : 0);
  }

  @Override
  public long missed() {
    return tail.missed();
  }

  @Override
  public boolean isDurable(long seq) {
    return tail.isDurable(seq);
  }

  /** Ends it, whatever is held; whoever waits in {@link #peek} returns. */
  void close() {
    isClosed = true;
    tail.close();
  }
}
