// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.wire;

/**
 * What a pingwave tells about its origin in eight octets (docs/wire/net-routing.md, "Pingwave").
 * The natives leave tools and flags 0.
 */
public final class PingwaveProfile {
  private static final int[] TIER_LIMITS_GB = {1, 4, 8, 16, 32, 64, 128};
  private static final int MODEL_SLOTS_SHIFT = 8;
  private static final int MEMORY_TIER_SHIFT = 16;

  private PingwaveProfile() {}

  /**
   * The eight octets as they are read little-endian.
   *
   * @param hasGpu whether there is one
   * @param modelCount models served; more than 255 count as 255
   * @param memoryGb memory in GiB, unsigned
   */
  public static long of(boolean hasGpu, int modelCount, int memoryGb) {
    return (hasGpu ? 1 : 0)
        | (long) Math.min(modelCount, 0xFF) << MODEL_SLOTS_SHIFT
        | (long) memoryTier(memoryGb) << MEMORY_TIER_SHIFT;
  }

  /** 0 for up to 1 GiB, 1 for up to 4, 2 for up to 8 and so on doubling; 7 above 128. */
  static int memoryTier(int memoryGb) {
    int tier = 0;
    while (tier < TIER_LIMITS_GB.length
        && Integer.compareUnsigned(memoryGb, TIER_LIMITS_GB[tier]) > 0) {
      tier++;
    }
    return tier;
  }
}
