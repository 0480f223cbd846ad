// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.nat.profile.NatType;
import org.junit.jupiter.api.Test;

/** The rules about which nothing but their arguments counts. */
class PathRulesTest {
  private static final long MS = 1_000_000L;
  private static final long SECOND = 1000 * MS;

  @Test
  void shouldShareOutTheTimeThatIsLeft() {
    assertEquals(0, Budgets.refreshNs(-1));
    assertEquals(749 * MS, Budgets.refreshNs(749 * MS));
    assertEquals(250 * MS, Budgets.refreshNs(750 * MS));
    assertEquals(SECOND, Budgets.refreshNs(10 * SECOND));
    assertEquals(250 * MS, Budgets.firstDialNs(750 * MS, true));
    assertEquals(750 * MS, Budgets.firstDialNs(10 * SECOND, true));
    assertEquals(10 * SECOND, Budgets.firstDialNs(10 * SECOND, false));
    assertEquals(SECOND, Budgets.lastDialNs(2 * SECOND, true));
    assertEquals(0, Budgets.lastDialNs(-5, false));
  }

  @Test
  void shouldProbeShortlyWhatANatIsLikelyToHide() {
    assertTrue(ShortProbe.applies("203.0.113.5:1", false, false, NatType.UNKNOWN));
    assertTrue(ShortProbe.applies("host:1", false, false, NatType.SYMMETRIC_NAT));
    assertFalse(ShortProbe.applies("", false, false, NatType.UNKNOWN));
    assertFalse(ShortProbe.applies("192.168.0.1:1", false, false, NatType.UNKNOWN));
    assertFalse(ShortProbe.applies("127.0.0.1:1", false, false, NatType.UNKNOWN));
    assertFalse(ShortProbe.applies("203.0.113.5:1", true, false, NatType.UNKNOWN));
    assertFalse(ShortProbe.applies("203.0.113.5:1", false, true, NatType.UNKNOWN));
    assertFalse(ShortProbe.applies("203.0.113.5:1", false, false, NatType.PUBLIC));
  }

  @Test
  void shouldPreferARelayWhereNeitherEndCanAim() {
    for (NatType local : NatType.values()) {
      for (NatType remote : NatType.values()) {
        boolean hard = local.isUnpredictable() && remote.isUnpredictable();
        assertEquals(hard, PairTable.prefersRelay(local, remote), local + " " + remote);
      }
    }
  }

  @Test
  void shouldGoAboutPairsAsTheNetWireDoes() {
    assertEquals("DDPD DPPP PPRR DPRD", table());
    assertEquals(Openness.SYMMETRIC, Openness.of(NatType.CGNAT));
    assertEquals(Openness.CONE, Openness.of(NatType.PORT_RESTRICTED_CONE));
  }

  @Test
  void shouldPunchBetweenTwoSymmetricNatsWhosePortsCanBeTold() {
    assertEquals("DDPD DPPP PPPR DPRD", table(true));
  }

  /** The first letters of what is done, a word for each local end. */
  private static String table() {
    return table(false);
  }

  private static String table(boolean isPredictable) {
    StringBuilder table = new StringBuilder();
    for (Openness local : Openness.values()) {
      for (Openness remote : Openness.values()) {
        table.append(PairTable.action(local, remote, isPredictable).name().charAt(0));
      }
      table.append(' ');
    }
    return table.toString().strip();
  }

  @Test
  void shouldTryToUpgradeOneAtATimeAndFurtherAndFurtherApart() {
    UpgradePacing<String> pacing = new UpgradePacing<>(8);
    assertTrue(pacing.begin("a", 0));
    assertFalse(pacing.begin("a", 9 * SECOND), "one is under way");
    long nowNs = 0;
    for (long waitNs = SECOND; waitNs <= 256 * SECOND; waitNs *= 2) {
      pacing.ended("a", nowNs);
      assertFalse(pacing.begin("a", nowNs + waitNs - 1));
      nowNs += waitNs;
      assertTrue(pacing.begin("a", nowNs));
    }
    pacing.ended("a", nowNs);
    assertTrue(pacing.begin("a", nowNs + 300 * SECOND), "never further apart");
    pacing.ended("a", nowNs);
    pacing.forgetAll();
    assertTrue(pacing.begin("a", nowNs), "what failed before counts no more");
  }

  @Test
  void shouldRememberABoundedNumberOfEnds() {
    UpgradePacing<Integer> pacing = new UpgradePacing<>(2);
    assertTrue(pacing.begin(1, 0));
    assertTrue(pacing.begin(2, 0));
    assertTrue(pacing.begin(3, 0));
    assertFalse(pacing.begin(3, 0));
    assertTrue(pacing.begin(1, 0), "forgotten");
  }
}
