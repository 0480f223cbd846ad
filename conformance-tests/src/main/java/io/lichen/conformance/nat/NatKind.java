// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import io.lichen.testkit.nat.NatRules;

/** How a router's NAT behaves, for UDP; TCP comes in only as an answer. */
public enum NatKind {
  /** One mapping for all; everybody gets in. */
  FULL_CONE,
  /** One mapping for all; hosts that were sent to get in. */
  RESTRICTED_CONE,
  /** One mapping for all; hosts and ports that were sent to get in. */
  PORT_RESTRICTED_CONE,
  /** A random port for each destination. */
  SYMMETRIC,
  /** A port for each destination, one after the other: nftables have no such thing. */
  SEQUENTIAL_SYMMETRIC;

  /** The same behaviour as a model. */
  public NatRules rules() {
    return switch (this) {
      case FULL_CONE -> NatRules.fullCone();
      case RESTRICTED_CONE -> NatRules.restrictedCone();
      case PORT_RESTRICTED_CONE -> NatRules.portRestrictedCone();
      case SYMMETRIC -> NatRules.symmetric();
      case SEQUENTIAL_SYMMETRIC -> NatRules.sequentialSymmetric();
    };
  }
}
