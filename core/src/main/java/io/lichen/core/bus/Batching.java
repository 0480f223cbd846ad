// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus;

import java.time.Duration;

/**
 * When the events of a shard go to the adapter.
 *
 * @param minSize events at which an adaptive batch goes while little comes; 1 or more
 * @param maxSize the most events of a batch; {@code minSize} to 1 000 000
 * @param maxDelay how long the first event of a batch waits for others; above 0
 * @param adaptive whether the size follows the rate of the last {@code velocityWindow}, else it is
 *     {@code maxSize}
 * @param velocityWindow over what the rate is measured; above 0 if adaptive
 */
public record Batching(
    int minSize, int maxSize, Duration maxDelay, boolean adaptive, Duration velocityWindow) {
  /** 1 000 to 10 000 events, at most 10 ms late. */
  public static final Batching DEFAULT =
      new Batching(1000, 10_000, Duration.ofMillis(10), true, Duration.ofMillis(100));

  /** 5 000 to 50 000 events, at most 5 ms late. */
  public static final Batching HIGH_THROUGHPUT =
      new Batching(5000, 50_000, Duration.ofMillis(5), true, Duration.ofMillis(50));

  /** 100 to 1 000 events, at most 1 ms late. */
  public static final Batching LOW_LATENCY =
      new Batching(100, 1000, Duration.ofMillis(1), true, Duration.ofMillis(20));

  private static final int MOST = 1_000_000;

  /** Checks the bounds. */
  public Batching {
    require(minSize >= 1, "min_size: expected 1 or more, found " + minSize);
    require(
        maxSize >= minSize && maxSize <= MOST,
        "max_size: expected " + minSize + " to " + MOST + ", found " + maxSize);
    require(maxDelay.isPositive(), "max_delay: expected more than 0, found " + maxDelay);
    require(
        !adaptive || velocityWindow.isPositive(),
        "velocity_window: expected more than 0, found " + velocityWindow);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new EventBusException(EventBusError.INVALID_JSON, "batch: " + otherwise);
    }
  }
}
