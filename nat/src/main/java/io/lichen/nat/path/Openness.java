// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.path;

import io.lichen.nat.profile.NatType;

/** How one end of the Net wire is behind its NAT, as far as its tag tells. */
public enum Openness {
  /** No NAT, or one that lets everybody in. */
  OPEN,
  /** One mapping for all destinations. */
  CONE,
  /** A mapping for each destination. */
  SYMMETRIC,
  /** Not found out. */
  UNKNOWN;

  /** The four of the Net wire out of seven. */
  public static Openness of(NatType type) {
    return switch (type) {
      case PUBLIC -> OPEN;
      case FULL_CONE, RESTRICTED_CONE, PORT_RESTRICTED_CONE -> CONE;
      case SYMMETRIC_NAT, CGNAT -> SYMMETRIC;
      case UNKNOWN -> UNKNOWN;
    };
  }
}
