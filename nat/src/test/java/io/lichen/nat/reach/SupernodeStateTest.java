// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.reach;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.nat.profile.NatProfile;
import io.lichen.nat.profile.NatType;
import org.junit.jupiter.api.Test;

final class SupernodeStateTest {
  private static final long UPTIME_NS = 300;
  private static final NatProfile OPEN = new NatProfile(NatType.FULL_CONE, true, null, 0);
  private static final NatProfile SHUT = new NatProfile(NatType.FULL_CONE, false, null, 0);

  private final SupernodeState state = new SupernodeState(new SupernodeRule(UPTIME_NS, 8));

  private boolean update(NatProfile profile, int sessions, long nowNs) {
    return state.update(profile, UPTIME_NS, sessions, nowNs);
  }

  @Test
  void shouldBecomeOneOnceOldEnoughAndTellOfItOnce() {
    assertFalse(state.update(OPEN, UPTIME_NS - 1, 0, 0));
    assertTrue(update(OPEN, 0, 1));
    assertFalse(update(OPEN, 7, 2));
    assertTrue(state.isActive());
  }

  @Test
  void shouldCeaseAtOnceAndNotFlap() {
    update(OPEN, 0, 0);
    assertTrue(update(SHUT, 0, 1));
    assertFalse(update(OPEN, 0, SupernodeState.PAUSE_NS));
    assertFalse(state.isActive());
    assertTrue(update(OPEN, 0, 1 + SupernodeState.PAUSE_NS));
  }

  @Test
  void shouldWaitForRoomAfterItWasFull() {
    update(OPEN, 0, 0);
    assertTrue(update(OPEN, 8, 1));
    assertFalse(update(OPEN, 6, 1 + SupernodeState.PAUSE_NS));
    assertTrue(update(OPEN, 5, 2 + SupernodeState.PAUSE_NS));
  }
}
