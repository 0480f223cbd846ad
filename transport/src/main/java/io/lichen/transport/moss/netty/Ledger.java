// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import java.net.SocketAddress;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what happens, by name, and logs refusals: at most one line a second for each name, so that
 * a flood of bad input is not also a flood of log lines. Thread-safe.
 */
final class Ledger {
  private static final Logger LOG = LoggerFactory.getLogger("io.lichen.transport.moss");
  private static final long QUIET_NS = 1_000_000_000L;

  private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> nextLineNs = new ConcurrentHashMap<>();

  void count(String name) {
    add(name, 1);
  }

  void add(String name, long amount) {
    counters.computeIfAbsent(name, key -> new LongAdder()).add(amount);
  }

  /** Counts a refusal and logs it if this name has been quiet for a second. */
  void refuse(String name, @Nullable SocketAddress from, @Nullable String detail) {
    count(name);
    if (!LOG.isInfoEnabled()) {
      return;
    }
    long now = System.nanoTime();
    AtomicLong next = nextLineNs.computeIfAbsent(name, key -> new AtomicLong(now));
    long due = next.get();
    if (now - due >= 0 && next.compareAndSet(due, now + QUIET_NS)) {
      LOG.info("refused: {} from {} ({} so far): {}", name, from, counters.get(name), detail);
    }
  }

  Map<String, Long> snapshot() {
    Map<String, Long> values = new TreeMap<>();
    counters.forEach((name, adder) -> values.put(name, adder.sum()));
    return values;
  }
}
