// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.consume;

import io.lichen.core.bus.EventBusAdapter;
import io.lichen.core.bus.EventBusAdapter.ShardPage;
import io.lichen.core.bus.PollRequest;
import io.lichen.core.bus.PollRequest.Ordering;
import io.lichen.core.bus.PollResult;
import io.lichen.core.bus.StoredEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One poll: reads a page of each shard and makes one page and one cursor of them
 * (docs/wire/net-event-bus.md, "Polling"). An object for each poll.
 */
public final class PollMerger {
  /** So many events are asked of one shard at most. */
  private static final int SHARD_CAP = 10_000;

  private static final Comparator<Found> BY_INSERTION =
      Comparator.<Found>comparingLong(found -> found.ts).thenComparingInt(found -> found.shard);

  /**
   * An event, the shard that was polled for it, and where it stands among those of other shards: at
   * its own time, but never before an earlier event of its shard, else a cut would lose that one.
   */
  private record Found(int shard, StoredEvent event, long ts) {}

  private final EventBusAdapter adapter;
  private final PollRequest request;
  private final SortedSet<Integer> shards;
  private final Cursor before;
  private final Cursor after;

  private final SortedSet<Integer> failed = new TreeSet<>();

  /** Shards whose positions have another format than before: their events are withheld. */
  private final SortedSet<Integer> refused = new TreeSet<>();

  /** With a filter: shards of which the limit cut events. */
  private final SortedSet<Integer> rolledBack = new TreeSet<>();

  private final List<Integer> withMore = new ArrayList<>();
  private List<Found> found = new ArrayList<>();
  private long missed;

  private PollMerger(EventBusAdapter adapter, PollRequest request, SortedSet<Integer> shards) {
    this.adapter = adapter;
    this.request = request;
    this.shards = shards;
    String cursor = request.cursor();
    this.before = cursor == null ? Cursor.start() : Cursor.decode(cursor);
    this.after = before.copy();
  }

  /**
   * Polls.
   *
   * @param ownShards the shards that are polled if the request names none
   */
  public static PollResult poll(
      EventBusAdapter adapter, PollRequest request, List<Integer> ownShards) {
    if (request.limit() == 0) {
      return PollResult.EMPTY;
    }
    List<Integer> named = request.shards();
    SortedSet<Integer> shards = new TreeSet<>(named == null ? ownShards : named);
    PollMerger merger = new PollMerger(adapter, request, shards);
    return shards.isEmpty() ? PollResult.EMPTY : merger.poll();
  }

  private PollResult poll() {
    long wanted = wantedOfEach();
    read((int) Math.min(wanted, SHARD_CAP));
    filter();
    if (request.ordering() == Ordering.INSERTION_TS) {
      found.sort(BY_INSERTION);
    }
    boolean cut = truncate();
    moveToLastReturned();
    found.removeIf(one -> refused.contains(one.shard));
    return result(cut, wanted > SHARD_CAP);
  }

  /** More than needed of each, since they do not fill evenly, and a filter leaves some out. */
  private long wantedOfEach() {
    long share = Math.max(1, Math.ceilDiv(request.limit(), shards.size()));
    int factor = request.filter() == null ? 2 : 3;
    return share > Long.MAX_VALUE / factor ? Long.MAX_VALUE : share * factor;
  }

  private void read(int limit) {
    for (ShardReads.Read read : ShardReads.all(adapter, List.copyOf(shards), before, limit)) {
      ShardPage page = read.page();
      if (page == null) {
        failed.add(read.shard());
      } else if (request.filter() == null || moved(read.shard(), page.next())) {
        take(read.shard(), page);
      }
    }
  }

  private void take(int shard, ShardPage page) {
    if (page.hasMore()) {
      withMore.add(shard);
    }
    missed += page.missed();
    long ts = 0;
    for (StoredEvent event : page.events()) {
      ts = Math.max(ts, event.insertionTs());
      found.add(new Found(shard, event, ts));
    }
  }

  private boolean moved(int shard, @Nullable String position) {
    if (position == null || after.move(shard, position)) {
      return true;
    }
    refused.add(shard);
    failed.add(shard);
    return false;
  }

  private void filter() {
    if (request.filter() != null) {
      CompiledFilter filter = CompiledFilter.of(request.filter());
      found.removeIf(one -> !filter.matches(one.event.raw()));
    }
  }

  /**
   * Cuts what is beyond the limit; with a filter, the shards concerned go back to where they were.
   */
  private boolean truncate() {
    if (found.size() <= request.limit()) {
      return false;
    }
    List<Found> cut = found.subList((int) request.limit(), found.size());
    if (request.filter() != null) {
      cut.forEach(
          one -> {
            rolledBack.add(one.shard);
            after.restore(one.shard, before);
          });
    }
    found = new ArrayList<>(found.subList(0, (int) request.limit()));
    return true;
  }

  /**
   * Moves each shard to the last event that is returned. With a filter, a shard of which nothing
   * was cut stays where its page ended, which is further.
   */
  private void moveToLastReturned() {
    SortedSet<Integer> seen = new TreeSet<>();
    for (Found one : found.reversed()) {
      boolean wholePage = request.filter() != null && !rolledBack.contains(one.shard);
      if (seen.add(one.shard) && !wholePage) {
        moved(one.shard, one.event.id());
      }
    }
  }

  private PollResult result(boolean cut, boolean capped) {
    boolean moved = !after.samePositions(before);
    boolean progress = moved || !found.isEmpty();
    boolean noneMatched = request.filter() != null && found.isEmpty() && moved;
    boolean more = !withMore.isEmpty() || cut || noneMatched;
    return new PollResult(
        found.stream().map(Found::event).toList(),
        progress ? after.encode() : request.cursor(),
        more && progress,
        capped,
        List.copyOf(failed),
        progress ? List.of() : withMore,
        missed);
  }
}
