// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.net.DropReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts what was dropped, by reason. Thread-safe. */
final class DropCounters {
  // Filled by the constructor and not changed afterwards.
  private final Map<DropReason, LongAdder> counts = new EnumMap<>(DropReason.class);

  DropCounters() {
    for (DropReason reason : DropReason.values()) {
      counts.put(reason, new LongAdder());
    }
  }

  void drop(DropReason reason) {
    adder(reason).increment();
  }

  long count(DropReason reason) {
    return adder(reason).sum();
  }

  private LongAdder adder(DropReason reason) {
    return Objects.requireNonNull(counts.get(reason));
  }

  Map<DropReason, Long> snapshot() {
    Map<DropReason, Long> all = new EnumMap<>(DropReason.class);
    counts.forEach((reason, adder) -> all.put(reason, adder.sum()));
    return all;
  }
}
