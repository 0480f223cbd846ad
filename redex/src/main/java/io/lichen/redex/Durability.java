// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex;

import java.time.Duration;

/**
 * When what was appended is forced to the disk. Whatever this says, an append that returned
 * survives the end of the process; only a failure of the machine can take what was not forced.
 */
public sealed interface Durability {
  /** Only {@link RedexFile#sync} and {@link RedexFile#close} force: upstream's default. */
  record Never() implements Durability {}

  /**
   * After so many records, in the background.
   *
   * @param records at least 1
   */
  record EveryN(long records) implements Durability {
    /** Checks. */
    public EveryN {
      require(records >= 1, "records are at least 1, not " + records);
    }
  }

  /**
   * So long after the last time, in the background.
   *
   * @param period more than 0
   */
  record Interval(Duration period) implements Durability {
    /** Checks. */
    public Interval {
      require(period.isPositive(), "the period is more than 0, not " + period);
    }
  }

  /**
   * So long after the last time, or once so much was written, in the background.
   *
   * @param period more than 0
   * @param bytes of payloads and records, at least 1
   */
  record IntervalOrBytes(Duration period, long bytes) implements Durability {
    /** Checks. */
    public IntervalOrBytes {
      require(period.isPositive(), "the period is more than 0, not " + period);
      require(bytes >= 1, "bytes are at least 1, not " + bytes);
    }
  }

  /**
   * Before an append returns or its future completes. Appends that wait at the same time are forced
   * together.
   */
  record BatchSync() implements Durability {}

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new RedexException(RedexError.CONFIG, message);
    }
  }
}
