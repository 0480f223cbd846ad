// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.core.moss.runtime.work.PunchCounters;

/** Shows what is counted of direct paths and hole punching. */
final class PunchMetrics {
  private PunchMetrics() {}

  static void bind(PunchCounters counters, NodeMeters meters) {
    meters.counter("paths", counters.pathsDirect, "result", "direct");
    meters.counter("paths", counters.pathsMissed, "result", "missed");
    meters.counter("paths", counters.pathsRefused, "result", "refused");
    meters.counter("punch.offers", counters.offersSent, "result", "sent");
    meters.counter("punch.offers", counters.offersTaken, "result", "taken");
    meters.counter("punch.offers", counters.offersRefused, "result", "refused");
    meters.counter("punch.replies", counters.repliesTaken, "result", "taken");
    meters.counter("punch.replies", counters.repliesRefused, "result", "refused");
    meters.counter("punch.forwards", counters.forwarded, "result", "passed");
    meters.counter("punch.forwards", counters.answeredAtOnce, "result", "answered");
    meters.counter("punch.forwards", counters.forwardsRefused, "result", "refused");
    meters.counter("punch.races", counters.racesMet, "result", "met");
    meters.counter("punch.races", counters.racesMissed, "result", "missed");
    meters.counter("punch.races", counters.racesRefused, "result", "refused");
    meters.counter("punch.streams", counters.streamsMet, "result", "met");
    meters.counter("punch.streams", counters.streamsMissed, "result", "missed");
    meters.counter("punch.streams", counters.streamsRefused, "result", "refused");
    meters.counter("punch.malformed", counters.malformed);
  }
}
