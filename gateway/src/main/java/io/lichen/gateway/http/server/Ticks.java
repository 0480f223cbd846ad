// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.lichen.gateway.http.HttpLimits;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** How often the time limits of connections are looked at. */
final class Ticks {
  private static final Duration SHORTEST = Duration.ofMillis(20);
  private static final Duration LONGEST = Duration.ofMillis(500);

  private Ticks() {}

  /** A quarter of the shortest limit: no limit is exceeded by much more. */
  static Duration of(HttpLimits limits) {
    Duration shortest =
        Collections.min(
            List.of(
                limits.headerTimeout(),
                limits.bodyTimeout(),
                limits.idleTimeout(),
                limits.pingInterval(),
                limits.silenceTimeout()));
    Duration tick = shortest.dividedBy(4);
    return Collections.max(List.of(SHORTEST, Collections.min(List.of(LONGEST, tick))));
  }
}
