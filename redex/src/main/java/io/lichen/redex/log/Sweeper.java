// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

import io.lichen.redex.Retention;
import io.lichen.redex.format.IndexRecords;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evicts a log's oldest records, by writing those that stay into a new generation while appends go
 * on; they wait only for the exchange.
 */
final class Sweeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

  /** So few records may be copied while appends wait. */
  private static final int LAST_STEP = 64;

  private static final int MOST_STEPS = 16;

  private final LogState state;
  private final Retention retention;
  private final LongSupplier unixNs;
  private final @Nullable Background background;

  Sweeper(LogState state, Retention retention, LongSupplier unixNs) {
    this.state = state;
    this.retention = retention;
    this.unixNs = unixNs;
    Duration every = retention.sweepEvery();
    this.background =
        every == null
            ? null
            : new Background("lichen-redex-sweep-" + state.name, every, this::sweep);
  }

  /** Evicts what is not to be kept. */
  void sweep() {
    state.files.lock();
    try {
      Generation live = state.live();
      long evicted = evicted(live, live.size());
      if (evicted > 0 && !state.isClosed()) {
        state.requireWritable();
        rewrite(live, evicted);
      }
    } catch (IOException e) {
      throw state.failed("old records could not be evicted", e);
    } finally {
      state.files.unlock();
    }
  }

  /** Writes what counts from a number on anew. */
  void compact(long from) {
    state.files.lock();
    try {
      state.requireWritable();
      Generation live = state.live();
      rewrite(live, live.before(from, live.size()));
    } catch (IOException e) {
      throw state.failed("it could not be written anew", e);
    } finally {
      state.files.unlock();
    }
  }

  /** Lets the numbers go on from a later one, with nothing retained. */
  void skipTo(long seq) {
    state.files.lock();
    state.appends.lock();
    try {
      state.requireWritable();
      if (Long.compareUnsigned(seq, state.nextSeq()) > 0) {
        Generation old = state.live();
        state.live(state.store.begin(old));
        state.nextSeq(seq);
        old.release();
      }
    } catch (IOException e) {
      throw state.failed("numbers could not be skipped", e);
    } finally {
      state.appends.unlock();
      state.files.unlock();
    }
  }

  /** Lets the numbers go on from a later one, behind what is retained. */
  void skipAhead(long seq) {
    state.appends.lock();
    try {
      state.requireWritable();
      if (Long.compareUnsigned(seq, state.nextSeq()) > 0) {
        state.nextSeq(seq);
      }
    } finally {
      state.appends.unlock();
    }
  }

  /** Leaves no record with this number or a later one: it is the next one's. */
  void truncate(long seq) {
    state.files.lock();
    state.appends.lock();
    try {
      state.requireWritable();
      if (Long.compareUnsigned(seq, state.nextSeq()) < 0) {
        Generation live = state.live();
        keep(live, live.before(seq, live.size()), seq);
      }
    } catch (IOException e) {
      throw state.failed("its last records could not be taken back", e);
    } finally {
      state.appends.unlock();
      state.files.unlock();
    }
  }

  /** Leaves no record at all: the next one's number is this. */
  void reset(long seq) {
    state.files.lock();
    state.appends.lock();
    try {
      state.requireWritable();
      keep(state.live(), 0, seq);
    } catch (IOException e) {
      throw state.failed("it could not begin anew", e);
    } finally {
      state.appends.unlock();
      state.files.unlock();
    }
  }

  /**
   * Goes on from a number behind the first so many records; with both locks. The number is durable
   * first: as long as the old generation is live, its last record says a later one.
   */
  private void keep(Generation live, long records, long nextSeq) throws IOException {
    try {
      state.store.forceNextSeq(nextSeq);
      if (records < live.size()) {
        exchangeFor(live, records);
      }
      state.nextSeq(nextSeq);
    } finally {
      state.store.noteNextSeq(state.nextSeq());
      state.signal.changed();
    }
  }

  private void exchangeFor(Generation live, long records) throws IOException {
    Generation next = state.store.begin(live);
    try {
      next.take(live, 0, records);
      next.force();
      state.store.commit(next);
      state.live(next);
    } finally {
      drop(state.live() == next ? live : next);
    }
  }

  /**
   * Writes a new generation with what follows the first so many records; with the lock of files.
   */
  private void rewrite(Generation live, long evicted) throws IOException {
    Generation next = state.store.begin(live);
    try {
      long copied = copy(live, next, evicted);
      next.force();
      exchange(live, next, copied);
    } finally {
      drop(state.live() == next ? live : next);
    }
  }

  private void drop(Generation old) {
    try {
      old.end();
    } catch (IOException e) {
      LOG.warn("log {}: files of an old generation: {}", state.name, e.toString());
    }
    old.release();
    state.store.sweep(state.live());
  }

  private static long copy(Generation live, Generation next, long evicted) throws IOException {
    long copied = evicted;
    for (int step = 0; step < MOST_STEPS; step++) {
      long size = live.size();
      next.take(live, copied, size);
      copied = size;
      if (live.size() - copied <= LAST_STEP) {
        break;
      }
    }
    return copied;
  }

  private void exchange(Generation live, Generation next, long copied) throws IOException {
    state.appends.lock();
    try {
      long size = live.size();
      if (size > copied) {
        // It may have been forced where it was, and somebody relies on that.
        next.take(live, copied, size);
        next.force();
      }
      state.store.commit(next);
      state.live(next);
    } finally {
      state.appends.unlock();
    }
  }

  /** How many of the oldest records go. */
  private long evicted(Generation live, long size) {
    long evicted = 0;
    if (retention.maxRecords() != null) {
      evicted = Math.max(evicted, size - retention.maxRecords());
    }
    if (retention.maxBytes() != null) {
      evicted = Math.max(evicted, beyond(live, size, retention.maxBytes()));
    }
    if (retention.maxAge() != null) {
      Duration now = Duration.ofNanos(unixNs.getAsLong());
      Duration age = retention.maxAge();
      long cutoffNs = age.compareTo(now) >= 0 ? 0 : now.minus(age).toNanos();
      evicted = Math.max(evicted, olderThan(live, size, cutoffNs));
    }
    return evicted;
  }

  private static long beyond(Generation live, long size, long maxBytes) {
    long bytes = 0;
    for (long number = size - 1; number >= 0; number--) {
      long position = live.positions().of(number);
      bytes += IndexRecords.BYTES;
      if (!IndexRecords.isInline(live.index(), position)) {
        bytes += IndexRecords.rawLength(live.index(), position);
      }
      if (bytes > maxBytes) {
        return number + 1;
      }
    }
    return 0;
  }

  private static long olderThan(Generation live, long size, long cutoffNs) {
    for (long number = size - 1; number >= 0; number--) {
      long position = live.positions().of(number);
      if (IndexRecords.timestamp(live.times(), position) < cutoffNs) {
        return number + 1;
      }
    }
    return 0;
  }

  @Override
  public void close() {
    if (background != null) {
      background.close();
    }
  }
}
