// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import static io.lichen.conformance.nat.NatKind.FULL_CONE;
import static io.lichen.conformance.nat.NatKind.PORT_RESTRICTED_CONE;
import static io.lichen.conformance.nat.NatKind.RESTRICTED_CONE;
import static io.lichen.conformance.nat.NatKind.SYMMETRIC;

import io.lichen.conformance.child.Driver;
import io.lichen.testkit.nat.Dependence;
import io.lichen.testkit.nat.NatRules;
import java.util.ArrayList;
import java.util.List;

/**
 * Who meets whom.
 *
 * @param left the NAT before the one that starts it
 * @param right the NAT before the other
 * @param starter what starts it
 * @param other what it meets
 * @param relay what is public
 */
record NatCell(NatKind left, NatKind right, Driver starter, Driver other, Driver relay) {
  private static final List<NatKind> KINDS =
      List.of(FULL_CONE, RESTRICTED_CONE, PORT_RESTRICTED_CONE, SYMMETRIC);

  /** All ordered pairs of the four usual kinds. */
  static List<NatCell> all(Driver starter, Driver other, Driver relay) {
    List<NatCell> cells = new ArrayList<>();
    for (NatKind left : KINDS) {
      for (NatKind right : KINDS) {
        cells.add(new NatCell(left, right, starter, other, relay));
      }
    }
    return cells;
  }

  boolean isOfNatives() {
    return starter == Driver.NATIVE && other == Driver.NATIVE;
  }

  boolean needsNative() {
    return starter == Driver.NATIVE || other == Driver.NATIVE || relay == Driver.NATIVE;
  }

  /** The same NATs, and only natives. */
  NatCell ofNatives() {
    return new NatCell(left, right, Driver.NATIVE, Driver.NATIVE, Driver.NATIVE);
  }

  /**
   * What two sockets can do that know what a third host sees of them: somebody gets in to the one
   * with the port that the other was told, unless both ports are unknown, or the one that is known
   * lets nobody in from an unknown port.
   */
  Reach expected() {
    boolean impossible =
        (isUnknown(left) && !letsInUnknownPorts(right))
            || (isUnknown(right) && !letsInUnknownPorts(left));
    return impossible ? Reach.RELAYED : Reach.DIRECT;
  }

  private static boolean isUnknown(NatKind kind) {
    return kind.rules().mapping() != Dependence.ENDPOINT_INDEPENDENT;
  }

  private static boolean letsInUnknownPorts(NatKind kind) {
    NatRules rules = kind.rules();
    return !isUnknown(kind) && rules.filtering() != Dependence.ADDRESS_AND_PORT_DEPENDENT;
  }

  String runtimes() {
    return starter + "→" + other + " (relay " + relay + ")";
  }

  @Override
  public String toString() {
    return left + "→" + right + ", " + runtimes();
  }
}
