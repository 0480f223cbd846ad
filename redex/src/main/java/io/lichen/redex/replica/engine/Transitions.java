// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import static io.lichen.redex.replica.ReplicaRole.CANDIDATE;
import static io.lichen.redex.replica.ReplicaRole.IDLE;
import static io.lichen.redex.replica.ReplicaRole.LEADER;
import static io.lichen.redex.replica.ReplicaRole.REPLICA;

import io.lichen.redex.replica.ReplicaRole;
import io.lichen.redex.replica.RoleSignal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** Which signal leads from which role to which (docs/wire/redex-replication.md, "Roles"). */
public final class Transitions {
  private record Pair(ReplicaRole from, ReplicaRole to) {}

  /** Whether a role may change so. */
  public enum Verdict {
    OK,
    /** No signal leads from the one to the other. */
    INVALID_PAIR,
    /** Another signal does. */
    SIGNAL_MISMATCH
  }

  private static final Map<Pair, RoleSignal> SIGNALS =
      Map.of(
          new Pair(IDLE, REPLICA), RoleSignal.CAPABILITY_SELECTED,
          new Pair(REPLICA, CANDIDATE), RoleSignal.MISSED_HEARTBEATS,
          new Pair(CANDIDATE, LEADER), RoleSignal.ELECTION_WON,
          new Pair(CANDIDATE, REPLICA), RoleSignal.ELECTION_LOST,
          new Pair(LEADER, REPLICA), RoleSignal.PEER_LEADER_OBSERVED);

  private static final Map<ReplicaRole, Set<RoleSignal>> TO_IDLE =
      new EnumMap<>(
          Map.of(
              LEADER,
                  Set.of(RoleSignal.GRACEFUL_RELINQUISH, RoleSignal.LEADER_DISK_PRESSURE_WITHDRAW),
              REPLICA, Set.of(RoleSignal.DISK_PRESSURE_WITHDRAW),
              CANDIDATE, Set.of(RoleSignal.CANDIDATE_DISK_PRESSURE_WITHDRAW),
              IDLE, Set.of()));

  private Transitions() {}

  /** Whether a role may change so. */
  public static Verdict check(ReplicaRole from, ReplicaRole to, RoleSignal signal) {
    if (to == IDLE) {
      boolean leads =
          signal == RoleSignal.CHANNEL_CLOSE
              || TO_IDLE.getOrDefault(from, Set.of()).contains(signal);
      return leads ? Verdict.OK : Verdict.SIGNAL_MISMATCH;
    }
    RoleSignal wanted = SIGNALS.get(new Pair(from, to));
    if (wanted == null) {
      return Verdict.INVALID_PAIR;
    }
    return wanted == signal ? Verdict.OK : Verdict.SIGNAL_MISMATCH;
  }

  /** The signal with which a role goes idle because it has no room. */
  static RoleSignal diskPressure(ReplicaRole role) {
    return switch (role) {
      case LEADER -> RoleSignal.LEADER_DISK_PRESSURE_WITHDRAW;
      case CANDIDATE -> RoleSignal.CANDIDATE_DISK_PRESSURE_WITHDRAW;
      case REPLICA, IDLE -> RoleSignal.DISK_PRESSURE_WITHDRAW;
    };
  }
}
