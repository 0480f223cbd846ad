// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.core.moss.runtime.work.PunchCounters;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.atomic.LongAdder;

/** Shows what is counted of direct paths and hole punching. */
final class PunchMetrics implements MeterBinder {
  private final PunchCounters counters;
  private final String node;

  PunchMetrics(PunchCounters counters, String node) {
    this.counters = counters;
    this.node = node;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    counter(registry, "paths", counters.pathsDirect, "result", "direct");
    counter(registry, "paths", counters.pathsMissed, "result", "missed");
    counter(registry, "paths", counters.pathsRefused, "result", "refused");
    counter(registry, "punch.offers", counters.offersSent, "result", "sent");
    counter(registry, "punch.offers", counters.offersTaken, "result", "taken");
    counter(registry, "punch.offers", counters.offersRefused, "result", "refused");
    counter(registry, "punch.replies", counters.repliesTaken, "result", "taken");
    counter(registry, "punch.replies", counters.repliesRefused, "result", "refused");
    counter(registry, "punch.forwards", counters.forwarded, "result", "passed");
    counter(registry, "punch.forwards", counters.answeredAtOnce, "result", "answered");
    counter(registry, "punch.forwards", counters.forwardsRefused, "result", "refused");
    counter(registry, "punch.races", counters.racesMet, "result", "met");
    counter(registry, "punch.races", counters.racesMissed, "result", "missed");
    counter(registry, "punch.races", counters.racesRefused, "result", "refused");
    counter(registry, "punch.malformed", counters.malformed);
  }

  private void counter(MeterRegistry registry, String name, LongAdder adder, String... tags) {
    FunctionCounter.builder(NodeMetrics.PREFIX + name, adder, LongAdder::doubleValue)
        .tag("node", node)
        .tags(tags)
        .register(registry);
  }
}
