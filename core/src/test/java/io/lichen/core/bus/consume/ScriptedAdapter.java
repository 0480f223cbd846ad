// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.consume;

import io.lichen.core.bus.AdapterException;
import io.lichen.core.bus.AdapterException.Kind;
import io.lichen.core.bus.EventBatch;
import io.lichen.core.bus.EventBusAdapter;
import io.lichen.core.bus.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Gives back what a test put in; positions are numbers from 1. */
final class ScriptedAdapter implements EventBusAdapter {
  private final Map<Integer, List<StoredEvent>> events = new ConcurrentHashMap<>();

  /** A shard that cannot be read, and one that claims to have more. */
  int failing = -1;

  int stalled = -1;
  volatile int lastLimit;

  void add(int shard, long insertionTs, String json) {
    List<StoredEvent> list = events.computeIfAbsent(shard, s -> new ArrayList<>());
    String id = Integer.toString(list.size() + 1);
    byte[] raw = json.getBytes(StandardCharsets.UTF_8);
    list.add(new StoredEvent(id, raw, insertionTs, shard, null));
  }

  @Override
  public void onBatch(EventBatch batch) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ShardPage poll(int shard, @Nullable String from, int limit) throws AdapterException {
    lastLimit = limit;
    if (shard == failing) {
      throw new AdapterException(Kind.CONNECTION, "as the test wants");
    }
    if (shard == stalled) {
      return new ShardPage(List.of(), null, true, 0);
    }
    List<StoredEvent> all = events.getOrDefault(shard, List.of());
    int begin = from == null || from.contains("-") ? 0 : Integer.parseInt(from);
    int end = Math.min(all.size(), begin + limit);
    List<StoredEvent> page = all.subList(begin, end);
    String next = page.isEmpty() ? null : page.getLast().id();
    return new ShardPage(page, next, end < all.size(), 0);
  }
}
