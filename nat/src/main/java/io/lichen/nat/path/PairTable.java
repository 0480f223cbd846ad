// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.path;

import io.lichen.nat.profile.NatType;

/** What two ends can hope for, by what each is behind (docs/wire/moss-nat.md, "Pairs"). */
public final class PairTable {
  private PairTable() {}

  /**
   * Whether a relay is better than a punch with somebody waiting: both ends have another port for
   * every destination, so that neither can aim.
   */
  public static boolean prefersRelay(NatType local, NatType remote) {
    return local.isUnpredictable() && remote.isUnpredictable();
  }

  /** How the Net wire goes about a pair. */
  public enum Action {
    /** A plain handshake with the address that is known. */
    DIRECT,
    /** One coordinated punch. */
    PUNCH,
    /** Neither: there is a relay. */
    RELAY
  }

  /**
   * What the Net wire does for a pair whose ports nobody can tell beforehand (docs/wire/net-nat.md,
   * "Direct connects").
   */
  public static Action action(Openness local, Openness remote) {
    return action(local, remote, false);
  }

  /**
   * What the Net wire does for a pair.
   *
   * @param isPredictable whether both ends know in which order their NATs give out ports
   */
  public static Action action(Openness local, Openness remote, boolean isPredictable) {
    if (isPredictable && local == Openness.SYMMETRIC && remote == Openness.SYMMETRIC) {
      return Action.PUNCH;
    }
    if (isUnaimable(local) && isUnaimable(remote)) {
      return local == remote && local == Openness.UNKNOWN ? Action.DIRECT : Action.RELAY;
    }
    boolean symmetric = local == Openness.SYMMETRIC || remote == Openness.SYMMETRIC;
    boolean open = local == Openness.OPEN || remote == Openness.OPEN;
    return open && !symmetric ? Action.DIRECT : Action.PUNCH;
  }

  private static boolean isUnaimable(Openness end) {
    return end == Openness.SYMMETRIC || end == Openness.UNKNOWN;
  }
}
