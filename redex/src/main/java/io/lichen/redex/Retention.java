// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep leaves: as much as the strictest of the limits that are set.
 *
 * @param maxRecords the newest so many; {@code null} for no limit
 * @param maxBytes the newest whose payloads and records of 20 octets are no more than this
 * @param maxAge those that are not older; an old one goes with all before it
 * @param sweepEvery sweeps in the background; {@code null}: only {@link RedexFile#sweepRetention},
 *     as upstream
 */
public record Retention(
    @Nullable Long maxRecords,
    @Nullable Long maxBytes,
    @Nullable Duration maxAge,
    @Nullable Duration sweepEvery) {
  /** Keeps everything. */
  public static final Retention ALL = new Retention(null, null, null, null);

  /** Checks that limits are more than 0. */
  public Retention {
    require("maxRecords", maxRecords == null || maxRecords >= 1, maxRecords);
    require("maxBytes", maxBytes == null || maxBytes >= 1, maxBytes);
    require("maxAge", maxAge == null || maxAge.isPositive(), maxAge);
    require("sweepEvery", sweepEvery == null || sweepEvery.isPositive(), sweepEvery);
  }

  private static void require(String name, boolean holds, @Nullable Object value) {
    if (!holds) {
      throw new RedexException(RedexError.CONFIG, name + " is more than 0, not " + value);
    }
  }

  /** With another limit of records. */
  public Retention withMaxRecords(long value) {
    return new Retention(value, maxBytes, maxAge, sweepEvery);
  }

  /** With another limit of octets. */
  public Retention withMaxBytes(long value) {
    return new Retention(maxRecords, value, maxAge, sweepEvery);
  }

  /** With another limit of age. */
  public Retention withMaxAge(Duration value) {
    return new Retention(maxRecords, maxBytes, value, sweepEvery);
  }

  /** With sweeps in the background. */
  public Retention withSweepEvery(Duration value) {
    return new Retention(maxRecords, maxBytes, maxAge, value);
  }
}
