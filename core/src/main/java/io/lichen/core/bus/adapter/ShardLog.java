// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.adapter;

import io.lichen.core.bus.AdapterException;
import io.lichen.core.bus.AdapterException.Kind;
import io.lichen.core.bus.EventBatch;
import io.lichen.core.bus.EventBusAdapter.ShardPage;
import io.lichen.core.bus.Retention;
import io.lichen.core.bus.StoredEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The events of one shard, batch by batch, oldest first. A position is the time at which the log
 * was opened and the number of the event in it, so that an older log's positions come before all of
 * these. Thread-safe.
 */
final class ShardLog {
  /** What one shard may keep. */
  record Limits(long events, long bytes, long ageNs) {
    /** An equal part of what all may keep, but at least one. */
    static Limits share(Retention retention, int shards) {
      Duration age = retention.maxAge();
      return new Limits(
          share(retention.maxEvents(), shards),
          share(retention.maxBytes(), shards),
          age == null ? Long.MAX_VALUE : TimeUnit.NANOSECONDS.convert(age));
    }

    private static long share(@Nullable Long all, int shards) {
      return all == null ? Long.MAX_VALUE : Math.max(1, all / shards);
    }
  }

  private record Stored(EventBatch batch, long atNs) {
    long end() {
      return batch.sequenceStart() + batch.size();
    }
  }

  private final int shard;
  private final Limits limits;
  private final long openedMs;
  private final LongSupplier nanoTime;
  private final ArrayDeque<Stored> batches = new ArrayDeque<>();

  /** Numbers of the oldest event that is there, and of the one that comes next. */
  private long begin;

  private long end;

  /** How many are there: fewer than the numbers between, if batches were lost on their way here. */
  private long count;

  private long bytes;
  private long expired;

  ShardLog(int shard, Limits limits, long openedMs, LongSupplier nanoTime) {
    this.shard = shard;
    this.limits = limits;
    this.openedMs = openedMs;
    this.nanoTime = nanoTime;
  }

  /** Adds a batch, unless it is there already: then this is another try. */
  synchronized void append(EventBatch batch) {
    if (batch.sequenceStart() < end) {
      return;
    }
    if (batches.isEmpty()) {
      begin = batch.sequenceStart();
    }
    end = batch.sequenceStart() + batch.size();
    count += batch.size();
    batches.addLast(new Stored(batch, nanoTime.getAsLong()));
    for (int i = 0; i < batch.size(); i++) {
      bytes += batch.raw(i).length;
    }
    expire();
  }

  private void expire() {
    long now = nanoTime.getAsLong();
    while (!batches.isEmpty()) {
      Stored oldest = batches.getFirst();
      boolean over = count > limits.events || bytes > limits.bytes;
      if (!over && now - oldest.atNs <= limits.ageNs) {
        return;
      }
      bytes -= oldest.batch.raw((int) (begin - oldest.batch.sequenceStart())).length;
      count--;
      expired++;
      if (++begin == oldest.end()) {
        batches.removeFirst();
        begin = batches.isEmpty() ? end : batches.getFirst().batch.sequenceStart();
      }
    }
  }

  /** The events behind a position. */
  synchronized ShardPage read(@Nullable String from, int limit) throws AdapterException {
    expire();
    long wanted = from == null ? begin : behind(from);
    long first = Math.max(wanted, begin);
    List<StoredEvent> events = new ArrayList<>((int) Math.min(limit, count));
    long last = first - 1;
    for (Stored stored : batches) {
      EventBatch batch = stored.batch;
      int skipped = Math.clamp(first - batch.sequenceStart(), 0, batch.size());
      for (int i = skipped; i < batch.size() && events.size() < limit; i++) {
        last = batch.sequenceStart() + i;
        events.add(
            new StoredEvent(position(last), batch.raw(i), batch.insertionTs(i), shard, null));
      }
    }
    String next = events.isEmpty() ? null : position(last);
    return new ShardPage(events, next, last < end - 1, first - wanted);
  }

  private String position(long number) {
    return openedMs + "-" + number;
  }

  private long behind(String position) throws AdapterException {
    int hyphen = position.indexOf('-');
    try {
      long opened = Long.parseLong(position.substring(0, Math.max(0, hyphen)));
      long number = Long.parseLong(position.substring(hyphen + 1));
      if (opened < openedMs && number >= 0) {
        return begin;
      }
      if (opened == openedMs && number >= 0 && number < end) {
        return number + 1;
      }
    } catch (NumberFormatException e) {
      // Some other adapter's: refused below.
    }
    throw new AdapterException(
        Kind.FATAL,
        "expected a position before "
            + position(end)
            + " in shard "
            + shard
            + ", found "
            + position);
  }

  synchronized long expired() {
    return expired;
  }

  synchronized long size() {
    return count;
  }
}
