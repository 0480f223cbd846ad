// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.net;

import io.lichen.conformance.child.Driver;
import java.util.stream.Stream;

/**
 * A column of the matrix: who dials whom.
 *
 * @param version the native at hand
 * @param dialer runtime of the side that dials
 * @param listener runtime of the side that is dialled
 */
record NetCell(NativeVersion version, Driver dialer, Driver listener) {
  /** Whether this run takes its time. */
  static final boolean IS_FULL = "full".equals(System.getProperty("lichen.suite"));

  /** Narrows a run by hand: only cells whose name contains this. */
  private static final String ONLY = System.getProperty("lichen.interop.only", "");

  /** Natives among themselves, in every release: what Lichen is held against. */
  static Stream<NetCell> all() {
    return Stream.of(NativeVersion.values())
        .map(version -> new NetCell(version, Driver.NATIVE, Driver.NATIVE))
        .filter(cell -> cell.toString().contains(ONLY));
  }

  @Override
  public String toString() {
    return version + " " + dialer + "→" + listener;
  }
}
