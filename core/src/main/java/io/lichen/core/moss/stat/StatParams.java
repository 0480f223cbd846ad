// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.stat;

import io.lichen.core.moss.MossConfig;

/**
 * How network statistics are made; every node of a network should have the same.
 *
 * @param epochSec length of an epoch in seconds, above 0
 * @param epsilon the privacy parameter: the noise has the scale {@code bandwidthCapBytes /
 *     epsilon}; 0 or less for no noise
 * @param bandwidthCapBytes the most bytes that one node contributes, unsigned
 * @param degreeCap the most peers that one node contributes
 * @param kAnon contributors below which sums and histograms are withheld
 */
public record StatParams(
    long epochSec, double epsilon, long bandwidthCapBytes, int degreeCap, long kAnon) {
  private static final long DEFAULT_EPOCH_SEC = 300;
  private static final double DEFAULT_EPSILON = 1;
  private static final long DEFAULT_BANDWIDTH_CAP_BYTES = 1L << 30;
  private static final int DEFAULT_DEGREE_CAP = 256;
  private static final long DEFAULT_K_ANON = 5;

  /** Five minutes, a privacy parameter of 1, 1 GiB, 256 peers, 5 contributors. */
  public static StatParams defaults() {
    return new StatParams(
        DEFAULT_EPOCH_SEC,
        DEFAULT_EPSILON,
        DEFAULT_BANDWIDTH_CAP_BYTES,
        DEFAULT_DEGREE_CAP,
        DEFAULT_K_ANON);
  }

  /** Those of a configuration, in which zero stands for the default (docs/config.md). */
  public static StatParams of(MossConfig.Telemetry config) {
    return new StatParams(
        config.epochSec() <= 0 ? DEFAULT_EPOCH_SEC : config.epochSec(),
        config.dpEpsilon() == 0 ? DEFAULT_EPSILON : config.dpEpsilon(),
        config.bandwidthCapBytes() == 0 ? DEFAULT_BANDWIDTH_CAP_BYTES : config.bandwidthCapBytes(),
        config.degreeCap() == 0
            ? DEFAULT_DEGREE_CAP
            : (int) Math.min(config.degreeCap(), Integer.MAX_VALUE),
        config.kAnon() == 0 ? DEFAULT_K_ANON : config.kAnon());
  }

  /** The epoch of a moment in Unix seconds; 0 before 1970. */
  public long epochAt(long unixSec) {
    return unixSec < 0 ? 0 : unixSec / epochSec;
  }
}
