// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

import io.lichen.crypto.ChannelName;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Holds channels to their publishes per second: one second's worth may come at once. Bounded by the
 * channels that are registered; what was idle for two seconds is forgotten at each sweep.
 */
final class PublishRates {
  private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

  private final Map<ChannelName, Bucket> buckets = new HashMap<>();

  private static final class Bucket {
    // The moment at which the publishes so far would be used up at an even pace.
    private long paidUntilNs;

    private Bucket(long nowNs) {
      paidUntilNs = nowNs;
    }
  }

  /** Whether one more publish fits; it counts then. */
  boolean take(ChannelName channel, int perSecond, long nowNs) {
    if (perSecond == 0) {
      return true;
    }
    Bucket bucket = buckets.computeIfAbsent(channel, name -> new Bucket(nowNs));
    if (bucket.paidUntilNs - nowNs < 0) {
      bucket.paidUntilNs = nowNs;
    }
    long costNs = SECOND_NS / perSecond;
    if (bucket.paidUntilNs + costNs - nowNs > SECOND_NS) {
      return false;
    }
    bucket.paidUntilNs += costNs;
    return true;
  }

  void removeIdle(long nowNs) {
    buckets.values().removeIf(bucket -> nowNs - bucket.paidUntilNs > SECOND_NS);
  }

  int size() {
    return buckets.size();
  }
}
