// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.route;

/**
 * What a node's pingwaves say of itself.
 *
 * @param capabilityHash informational fold of its capabilities; 0 before anything was announced
 * @param capabilityVersion how often they changed, unsigned
 * @param loadLevel 0 to 255
 * @param profile see {@link io.lichen.core.net.wire.PingwaveProfile}
 */
public record OwnState(long capabilityHash, int capabilityVersion, int loadLevel, long profile) {
  /** Before anything was announced. */
  public static final OwnState NOTHING_SAID = new OwnState(0, 0, 0, 0);
}
