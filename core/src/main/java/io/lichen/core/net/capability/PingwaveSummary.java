// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import io.lichen.core.net.route.OwnState;
import io.lichen.core.net.wire.PingwaveProfile;

/** What a node's pingwaves say of its capabilities (docs/wire/net-routing.md, "Pingwave"). */
public final class PingwaveSummary {
  private static final long HASH_START = 0xcbf29ce484222325L;
  private static final long HASH_FACTOR = 0x100000001b3L;

  private PingwaveSummary() {}

  /**
   * Sums up.
   *
   * @param changes how often they have changed
   */
  @SuppressWarnings("exports") // the engine is no part of the API
  public static OwnState of(CapabilitySet has, int changes) {
    Hardware hardware = has.hardware();
    boolean hasGpu = hardware.gpu() != null;
    int models = has.models().size();
    long[] values = {
      hardware.memoryGb(), hasGpu ? 1 : 0, 0, has.tools().size(), models, has.tags().tags().size()
    };
    long hash = HASH_START;
    for (long value : values) {
      hash = (hash ^ value) * HASH_FACTOR;
    }
    return new OwnState(
        hash, changes, 0, PingwaveProfile.of(hasGpu, models, (int) hardware.memoryGb()));
  }
}
