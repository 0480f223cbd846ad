// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.profile;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a node is behind; the constants are named as on the wire, in upper case
 * (docs/wire/moss-nat.md, "Types").
 */
public enum NatType {
  /** Not found out. */
  UNKNOWN,
  /** Behind nothing that keeps anybody out. */
  PUBLIC,
  /** One mapping for all destinations; everybody gets in. */
  FULL_CONE,
  /** One mapping for all destinations; hosts get in to which something was sent. */
  RESTRICTED_CONE,
  /** One mapping for all destinations; hosts and ports get in to which something was sent. */
  PORT_RESTRICTED_CONE,
  /** A mapping for each destination. */
  SYMMETRIC_NAT,
  /** A provider's NAT, perhaps behind one's own. */
  CGNAT;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** How messages, reports and {@code mesh info} call it. */
  public String wireName() {
    return wireName;
  }

  /** The type of this name, exactly as written; {@code null} for one that we do not know. */
  public static @Nullable NatType of(String wireName) {
    for (NatType type : values()) {
      if (type.wireName.equals(wireName)) {
        return type;
      }
    }
    return null;
  }

  /** Whether nobody can aim at its next mapping: two such ends do not meet by punching. */
  public boolean isUnpredictable() {
    return this == SYMMETRIC_NAT || this == CGNAT;
  }
}
