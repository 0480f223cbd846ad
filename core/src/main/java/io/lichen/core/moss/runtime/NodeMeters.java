// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

/**
 * A registry's meters of one node: each name begins with that of the wire, each meter carries the
 * node's tag.
 */
record NodeMeters(MeterRegistry registry, String node) {
  private static final String PREFIX = "lichen.moss.";

  /**
   * What only grows.
   *
   * @param tags a key and its value in turn
   */
  void counter(String name, LongAdder adder, String... tags) {
    counter(name, adder, LongAdder::doubleValue, tags);
  }

  /** What only grows, read from {@code of}. */
  <T> void counter(String name, T of, ToDoubleFunction<T> value, String... tags) {
    FunctionCounter.builder(PREFIX + name, of, value)
        .tag("node", node)
        .tags(tags)
        .register(registry);
  }

  /** What grows and shrinks, read from {@code of}. */
  <T> void gauge(String name, T of, ToDoubleFunction<T> value, String... tags) {
    Gauge.builder(PREFIX + name, of, value).tag("node", node).tags(tags).register(registry);
  }
}
