// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much of what was ingested the adapter in memory keeps. The figures are for the whole bus;
 * each shard gets an equal part of them. What is beyond any of them goes, oldest first, and is
 * counted.
 *
 * @param maxEvents how many events, or null for any number; 1 or more
 * @param maxBytes how many bytes of events, without what Java adds, or null; 1 or more
 * @param maxAge how long since an event came to the adapter, or null; above 0
 */
public record Retention(
    @Nullable Long maxEvents, @Nullable Long maxBytes, @Nullable Duration maxAge) {
  /** A million events, 256 MiB, of any age. */
  public static final Retention DEFAULT = new Retention(1_000_000L, 256L << 20, null);

  /** Checks the bounds: zero would mean to keep nothing, which is never meant. */
  public Retention {
    require(maxEvents == null || maxEvents >= 1, "retention_max_events", maxEvents);
    require(maxBytes == null || maxBytes >= 1, "retention_max_bytes", maxBytes);
    require(maxAge == null || maxAge.isPositive(), "retention_max_age_ms", maxAge);
  }

  private static void require(boolean holds, String key, @Nullable Object found) {
    if (!holds) {
      throw new EventBusException(
          EventBusError.INVALID_JSON,
          key + ": expected more than 0 or none for no limit, found " + found);
    }
  }
}
