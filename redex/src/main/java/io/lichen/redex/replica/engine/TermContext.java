// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import io.lichen.redex.log.ReplicaLog;
import io.lichen.redex.replica.AckPolicy;
import io.lichen.redex.replica.ReplicaRole;
import io.lichen.redex.replica.RoleSignal;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What the parts of the rules of terms share. */
final class TermContext {
  final Member member;
  final RoleState role;
  final TermState state;

  /** Who leads the term, as far as it is known. */
  private @Nullable Long leader;

  /** When the leader was last heard; no vote is given for a while after that. */
  private long heardLeaderNs;

  private volatile long committedSeq;

  TermContext(Member member, RoleState role, TermState state, long nowNs) {
    this.member = member;
    this.role = role;
    this.state = state;
    this.heardLeaderNs = nowNs;
  }

  ReplicaLog log() {
    return member.log();
  }

  long nextSeq() {
    return member.log().nextSeq();
  }

  void send(long node, byte[] message) {
    boolean unused = member.link().send(node, message);
  }

  /** As long as nothing is heard for this time, nothing is. */
  long silenceNs() {
    return Heartbeats.MISSED * member.heartbeatNs();
  }

  int majority() {
    return member.members().size() / 2 + 1;
  }

  /** Whether only what was forced counts as there. */
  boolean countsForced() {
    AckPolicy policy = member.config().ackPolicy();
    return policy == AckPolicy.MAJORITY_DURABLE
        || (policy == AckPolicy.MAJORITY && log().forcesAppends());
  }

  OptionalLong leader() {
    return leader == null ? OptionalLong.empty() : OptionalLong.of(leader);
  }

  boolean isLeader(long node) {
    return leader != null && leader == node;
  }

  /** Follows a leader of this or a later term; so does a candidate or leader. */
  void follow(long newLeader, long term, long nowNs) {
    if (Long.compareUnsigned(term, state.term()) > 0) {
      enter(term);
    }
    stepDown();
    leader = newLeader;
    heardLeaderNs = nowNs;
  }

  /** Enters a later term, as a replica. */
  void enter(long term) {
    state.enter(term);
    leader = null;
    stepDown();
  }

  /** Becomes replica. */
  void stepDown() {
    if (role.is(ReplicaRole.LEADER)) {
      leader = null;
      role.change(ReplicaRole.REPLICA, RoleSignal.PEER_LEADER_OBSERVED);
    } else if (role.is(ReplicaRole.CANDIDATE)) {
      role.change(ReplicaRole.REPLICA, RoleSignal.ELECTION_LOST);
    }
  }

  /** This node leads. */
  void lead() {
    leader = member.self();
  }

  /** The leader gave up: nothing holds a vote back. */
  void forgetLeader(long nowNs) {
    leader = null;
    heardLeaderNs = nowNs - silenceNs();
  }

  long heardLeaderNs() {
    return heardLeaderNs;
  }

  /** Takes part again, and may have promised something before. */
  void join(long nowNs) {
    leader = null;
    heardLeaderNs = nowNs;
  }

  long committedSeq() {
    return committedSeq;
  }

  /** All records before a number stay. */
  void commit(long seq) {
    if (Long.compareUnsigned(seq, committedSeq) > 0) {
      committedSeq = seq;
      log().changed();
    }
  }
}
