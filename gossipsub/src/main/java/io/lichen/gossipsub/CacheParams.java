// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

/**
 * Bounds of what the engine remembers. When a table is full its oldest entry goes, and {@link
 * GossipSubStats} counts it. Immutable.
 *
 * @param ttlMs how long a seen id and a cached message are kept, milliseconds; 1000..3600000
 * @param maxSeenIds ids remembered for dropping copies, about 24 bytes each; 1024..16777216
 * @param maxCachedMessages messages kept for IWANT; 1..1048576
 * @param maxCachedBytes octets of envelopes kept for IWANT; 0..4294967296
 * @param maxTopics topics that may be subscribed at once; 1..1048576
 * @param maxClaimsPerPeer topics that one peer may say to be on; the one longest not repeated goes;
 *     1..1048576
 * @param maxDontWantPerPeer ids remembered for one peer's IDONTWANT; 1..1048576
 * @param maxPromises ids asked for by IWANT and not yet come; 1..1048576
 * @param maxRetainedScores scores kept of peers that are gone; 0..1048576
 * @param maxPendingVerdicts messages that wait for a validator's verdict; 1..1048576
 */
public record CacheParams(
    int ttlMs,
    int maxSeenIds,
    int maxCachedMessages,
    long maxCachedBytes,
    int maxTopics,
    int maxClaimsPerPeer,
    int maxDontWantPerPeer,
    int maxPromises,
    int maxRetainedScores,
    int maxPendingVerdicts) {
  private static final int MILLION = 1 << 20;
  private static final CacheParams DEFAULTS =
      new CacheParams(120_000, MILLION / 4, 4096, 2L << 20, 4096, 1024, 1024, 4096, 1024, 1024);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the field, the value and the range
   */
  public CacheParams {
    Checks.range("ttlMs", ttlMs, 1000, 3_600_000);
    Checks.range("maxSeenIds", maxSeenIds, 1024, 1 << 24);
    Checks.range("maxCachedMessages", maxCachedMessages, 1, MILLION);
    Checks.range("maxCachedBytes", maxCachedBytes, 0, 1L << 32);
    Checks.range("maxTopics", maxTopics, 1, MILLION);
    Checks.range("maxClaimsPerPeer", maxClaimsPerPeer, 1, MILLION);
    Checks.range("maxDontWantPerPeer", maxDontWantPerPeer, 1, MILLION);
    Checks.range("maxPromises", maxPromises, 1, MILLION);
    Checks.range("maxRetainedScores", maxRetainedScores, 0, MILLION);
    Checks.range("maxPendingVerdicts", maxPendingVerdicts, 1, MILLION);
  }

  /** 2 minutes, 262144 ids, 4096 messages or 2 MiB, and 1024 to 4096 of the small tables. */
  public static CacheParams defaults() {
    return DEFAULTS;
  }
}
