// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import java.util.Locale;

/** Why a coordinator does not introduce two nodes (docs/wire/net-nat.md, "Rendezvous"). */
public enum RejectReason {
  /** The requester, or the target, has had enough introductions for now. */
  RATE_LIMITED(1),
  /** Where the target may be reached is not known. */
  UNKNOWN_TARGET_REFLEX(2),
  /** The coordinator has no session with the target. */
  NO_SESSION_WITH_TARGET(3),
  /** The requester is not where it says. */
  REFLEX_MISMATCH(4),
  /** Another reason, of natives to come. */
  UNSPECIFIED(0xFF);

  private final int code;

  RejectReason(int code) {
    this.code = code;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  /** The reason with a number; {@link #UNSPECIFIED} for those that nobody knows. */
  public static RejectReason of(int code) {
    for (RejectReason reason : values()) {
      if (reason.code == code) {
        return reason;
      }
    }
    return UNSPECIFIED;
  }

  /** As natives write it: lower case with hyphens. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
