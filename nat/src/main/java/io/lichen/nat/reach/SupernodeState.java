// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.reach;

import io.lichen.nat.profile.NatProfile;

/**
 * Whether a node is one that relays for others. It ceases to be one at once, and becomes one again
 * only after a while, and with room to spare: whoever flaps is of no use. Not thread-safe; knows no
 * clock.
 */
public final class SupernodeState {
  /** For how long it is none after it has ceased to be one. */
  public static final long PAUSE_NS = 30_000_000_000L;

  private final SupernodeRule rule;
  private boolean active;
  private boolean paused;
  private long ceasedNs;

  public SupernodeState(SupernodeRule rule) {
    this.rule = rule;
  }

  /** Whether it is one. */
  public boolean isActive() {
    return active;
  }

  /**
   * Looks again.
   *
   * @param uptimeNs for how long the node has been running
   * @param sessions how many it carries for others
   * @return whether that has changed anything
   */
  public boolean update(NatProfile profile, long uptimeNs, int sessions, long nowNs) {
    boolean before = active;
    if (active) {
      active = rule.admits(profile, uptimeNs, sessions);
      paused = !active;
      ceasedNs = nowNs;
    } else if (!paused || nowNs - ceasedNs >= PAUSE_NS) {
      int withRoom = paused ? sessions + rule.maxSessions() / 4 : sessions;
      active = rule.admits(profile, uptimeNs, withRoom);
    }
    return active != before;
  }
}
