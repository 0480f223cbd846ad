// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.replica.AckPolicy;
import io.lichen.redex.replica.ReplicaRole;
import io.lichen.redex.replica.ReplicaRules;
import io.lichen.redex.replica.RoleSignal;
import io.lichen.redex.replica.wire.SyncFault;
import io.lichen.redex.replica.wire.SyncHeartbeat;
import io.lichen.redex.replica.wire.SyncNack;
import io.lichen.redex.replica.wire.SyncRequest;
import io.lichen.redex.replica.wire.SyncResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Upstream's rules, for sets with natives (docs/wire/redex-replication.md). */
final class NativeRules implements Rules {
  private final Member member;
  private final RoleState role;
  private final Heartbeats heartbeats;
  private final NativeLeader leading;
  private final NativeReplica following;
  private long dueNs;
  private long leaderlessNs;

  /** Begins as a replica; the first heartbeat is due after one interval. */
  NativeRules(Member member, RoleState role, long nowNs) {
    this.member = member;
    this.role = role;
    this.heartbeats = new Heartbeats(member.heartbeatNs());
    this.leading = new NativeLeader(member, role, nowNs);
    this.following = new NativeReplica(member, role, heartbeats);
    this.dueNs = nowNs + member.heartbeatNs();
    this.leaderlessNs = nowNs;
  }

  @Override
  public ReplicaRules kind() {
    return ReplicaRules.NATIVE;
  }

  @Override
  public void onMessage(long from, int type, ByteBuffer message, long nowNs) throws SyncFault {
    switch (type) {
      case SyncHeartbeat.TYPE -> onHeartbeat(from, SyncHeartbeat.decode(message), nowNs);
      case SyncRequest.TYPE -> leading.onRequest(from, SyncRequest.decode(message), nowNs);
      case SyncResponse.TYPE -> following.onResponse(from, SyncResponse.decode(message), nowNs);
      case SyncNack.TYPE -> following.onNack(from, SyncNack.decode(message), nowNs);
      default -> {
        // Of members that keep terms; upstream ignores it as well.
      }
    }
  }

  private void onHeartbeat(long from, SyncHeartbeat heartbeat, long nowNs) {
    heartbeats.heard(from, heartbeat.role(), heartbeat.tailSeq(), nowNs);
    if (heartbeat.role() == ReplicaRole.LEADER
        && role.is(ReplicaRole.LEADER)
        && yieldsTo(from, heartbeat.tailSeq())) {
      role.change(ReplicaRole.REPLICA, RoleSignal.PEER_LEADER_OBSERVED);
    }
  }

  /** Of two leaders the one with more records stays, or with the smaller id. */
  private boolean yieldsTo(long other, long tailSeq) {
    int order = Long.compareUnsigned(member.log().nextSeq(), tailSeq);
    return order < 0 || (order == 0 && Long.compareUnsigned(member.self(), other) > 0);
  }

  @Override
  public void onTimer(long nowNs) {
    if (nowNs - dueNs < 0) {
      return;
    }
    long missed = (nowNs - dueNs) / member.heartbeatNs();
    dueNs += (missed + 1) * member.heartbeatNs();
    tick(nowNs);
  }

  private void tick(long nowNs) {
    long tail = member.log().nextSeq();
    TickPlan plan =
        TickPlan.of(role.role(), member.self(), member.members(), tail, heartbeats, nowNs);
    byte[] heartbeat =
        new SyncHeartbeat(member.logId(), tail, role.role(), member.setup().unixMs().getAsLong())
            .encode();
    for (long other : plan.heartbeatTo()) {
      boolean unused = member.link().send(other, heartbeat.clone());
    }
    if (plan.missesLeader()) {
      role.change(ReplicaRole.CANDIDATE, RoleSignal.MISSED_HEARTBEATS);
      elect(nowNs);
    } else if (plan.requestFrom().isPresent()) {
      following.request(plan.requestFrom().getAsLong(), nowNs);
    }
    found(nowNs);
    observeLag(nowNs);
  }

  /** Upstream waits for ever for a first leader: here the healthy member with the least id is. */
  private void found(long nowNs) {
    if (!role.is(ReplicaRole.REPLICA) || heartbeats.leader().isPresent()) {
      leaderlessNs = nowNs;
    } else if (nowNs - leaderlessNs >= Heartbeats.MISSED * member.heartbeatNs()
        && isFirst(heartbeats.healthy(nowNs))) {
      role.change(ReplicaRole.CANDIDATE, RoleSignal.MISSED_HEARTBEATS);
      settle(OptionalLong.of(member.self()));
    }
  }

  private boolean isFirst(Set<Long> healthy) {
    Long pinned = member.config().leaderPinned();
    if (pinned != null && (pinned == member.self() || healthy.contains(pinned))) {
      return pinned == member.self();
    }
    return member.members().contains(member.self())
        && member.others().stream()
            .filter(healthy::contains)
            .noneMatch(other -> Long.compareUnsigned(other, member.self()) < 0);
  }

  private void elect(long nowNs) {
    Set<Long> healthy = heartbeats.healthy(nowNs);
    Long pinned = member.config().leaderPinned();
    settle(
        pinned != null && healthy.contains(pinned)
            ? OptionalLong.of(pinned)
            : Election.winner(member.self(), member.members(), healthy, member.link()::rttNs));
  }

  private void settle(OptionalLong winner) {
    if (winner.isPresent()) {
      boolean isSelf = winner.getAsLong() == member.self();
      forgetLeader();
      role.change(
          isSelf ? ReplicaRole.LEADER : ReplicaRole.REPLICA,
          isSelf ? RoleSignal.ELECTION_WON : RoleSignal.ELECTION_LOST);
    }
  }

  private void forgetLeader() {
    heartbeats.forgetLeader();
    following.forgetRequests();
  }

  private void observeLag(long nowNs) {
    if (role.is(ReplicaRole.LEADER)) {
      heartbeats.longestSilenceNs(nowNs).ifPresent(member.metrics()::leaderLag);
    } else if (role.is(ReplicaRole.REPLICA)) {
      heartbeats.ofLeader().ifPresent(last -> member.metrics().replicaLag(nowNs - last.atNs()));
    }
  }

  @Override
  public long nextDeadlineNs() {
    return dueNs;
  }

  @Override
  public void onForced(long nowNs) {
    // Nobody is told.
  }

  @Override
  public CompletableFuture<Long> append(List<byte[]> payloads, long nowNs) {
    if (member.config().ackPolicy() != AckPolicy.LEADER) {
      return refused(
          RedexError.CONFIG, "no majority can acknowledge: a member speaks upstream's rules only");
    }
    if (!role.is(ReplicaRole.LEADER)) {
      return refused(RedexError.NOT_LEADER, "this node does not lead");
    }
    try {
      return CompletableFuture.completedFuture(member.log().append(payloads));
    } catch (RedexException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<Long> refused(RedexError error, String why) {
    return CompletableFuture.failedFuture(
        new RedexException(error, "log " + member.log().name() + ": " + why));
  }

  @Override
  public void transition(ReplicaRole to, RoleSignal signal, long nowNs) {
    role.change(to, signal);
    if (signal == RoleSignal.ELECTION_WON || signal == RoleSignal.ELECTION_LOST) {
      forgetLeader();
    } else if (signal == RoleSignal.MISSED_HEARTBEATS) {
      elect(nowNs);
    }
  }

  @Override
  public void join(long nowNs) {
    forgetLeader();
    leaderlessNs = nowNs;
    dueNs = nowNs + member.heartbeatNs();
  }

  @Override
  public void leave(long nowNs) {
    role.leave();
  }

  @Override
  public void close() {
    // Everybody could append all the time.
  }

  @Override
  public boolean hasLease(long nowNs) {
    return false;
  }

  @Override
  public OptionalLong leader() {
    return role.is(ReplicaRole.LEADER) ? OptionalLong.of(member.self()) : heartbeats.leader();
  }

  @Override
  public long term() {
    return 0;
  }

  @Override
  public boolean isVoter() {
    return false;
  }

  @Override
  public long committedSeq() {
    return member.log().nextSeq();
  }
}
