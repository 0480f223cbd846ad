// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import io.lichen.redex.replica.ReplicaRole;
import io.lichen.redex.replica.RoleSignal;

/** The role of a replica, and what goes with its changes. */
final class RoleState {
  private final Member member;
  private final Runnable changed;
  private ReplicaRole role = ReplicaRole.IDLE;

  /**
   * Begins idle.
   *
   * @param changed called after each change
   */
  RoleState(Member member, Runnable changed) {
    this.member = member;
    this.changed = changed;
  }

  ReplicaRole role() {
    return role;
  }

  boolean is(ReplicaRole other) {
    return role == other;
  }

  /**
   * Changes the role.
   *
   * @throws IllegalStateException if it does not change so
   */
  void change(ReplicaRole to, RoleSignal signal) {
    Transitions.Verdict verdict = Transitions.check(role, to, signal);
    if (verdict != Transitions.Verdict.OK) {
      throw new IllegalStateException(role + " to " + to + " by " + signal + ": " + verdict);
    }
    if (role == to) {
      return;
    }
    role = to;
    count(signal);
    announce(signal);
    changed.run();
  }

  private void count(RoleSignal signal) {
    if (signal == RoleSignal.ELECTION_WON) {
      member.metrics().leaderChanged();
    } else if (signal == RoleSignal.MISSED_HEARTBEATS) {
      member.metrics().electionThrash();
    }
  }

  private void announce(RoleSignal signal) {
    if (role == ReplicaRole.IDLE) {
      if (!member.listener().withdraw()) {
        member.metrics().announcementStayed();
      }
    } else if (signal == RoleSignal.CAPABILITY_SELECTED || signal == RoleSignal.ELECTION_WON) {
      boolean unused = member.listener().announce(member.log().nextSeq());
    }
  }

  /** Goes idle, because there is no room. */
  void withdraw() {
    if (role != ReplicaRole.IDLE) {
      change(ReplicaRole.IDLE, Transitions.diskPressure(role));
    }
  }

  /** Goes idle because it is told to. */
  void leave() {
    if (role == ReplicaRole.LEADER) {
      change(ReplicaRole.IDLE, RoleSignal.GRACEFUL_RELINQUISH);
    } else {
      close();
    }
  }

  /** Goes idle, whatever the role. */
  void close() {
    change(ReplicaRole.IDLE, RoleSignal.CHANNEL_CLOSE);
  }
}
