// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

/**
 * How many control messages of each kind one peer may send between two heartbeats, or in a second
 * if heartbeats are rarer; more are dropped, and each further time the limit is used up counts as a
 * breach (docs/wire/moss-gossip.md, "Limits per peer"). Natives repeat every GRAFT each second and
 * announce every message by an IHAVE of its own, so the limits are wide. Immutable.
 *
 * @param grafts GRAFTs; 1..1048576
 * @param prunes PRUNEs; 1..1048576
 * @param iHaves IHAVEs; 1..1048576
 * @param iWants IWANTs; 1..1048576
 * @param dontWants IDONTWANTs; 1..1048576
 * @param graftsPerTopic GRAFTs on one topic, so many of which are a breach; 1..1048576
 * @param refusedTopics different topics beyond {@link CacheParams#maxClaimsPerPeer}, so many of
 *     which are a breach; at any time; 1..1048576
 */
public record RateParams(
    int grafts,
    int prunes,
    int iHaves,
    int iWants,
    int dontWants,
    int graftsPerTopic,
    int refusedTopics) {
  private static final int MILLION = 1 << 20;
  private static final RateParams DEFAULTS = new RateParams(4096, 4096, 5120, 5120, 5120, 16, 256);
  private static final RateParams UNLIMITED =
      new RateParams(MILLION, MILLION, MILLION, MILLION, MILLION, MILLION, MILLION);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the field, the value and the range
   */
  public RateParams {
    Checks.range("grafts", grafts, 1, MILLION);
    Checks.range("prunes", prunes, 1, MILLION);
    Checks.range("iHaves", iHaves, 1, MILLION);
    Checks.range("iWants", iWants, 1, MILLION);
    Checks.range("dontWants", dontWants, 1, MILLION);
    Checks.range("graftsPerTopic", graftsPerTopic, 1, MILLION);
    Checks.range("refusedTopics", refusedTopics, 1, MILLION);
  }

  /** 4096 GRAFTs and PRUNEs, 5120 of the others, 16 GRAFTs on a topic, 256 topics too many. */
  public static RateParams defaults() {
    return DEFAULTS;
  }

  /** The highest limits: natives have none. */
  static RateParams unlimited() {
    return UNLIMITED;
  }
}
