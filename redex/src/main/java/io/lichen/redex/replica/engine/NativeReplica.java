// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import io.lichen.redex.RedexException;
import io.lichen.redex.replica.ReplicaRole;
import io.lichen.redex.replica.ReplicationConfig.UnderCapacity;
import io.lichen.redex.replica.wire.SyncNack;
import io.lichen.redex.replica.wire.SyncRequest;
import io.lichen.redex.replica.wire.SyncResponse;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows a leader by upstream's rules, and catches up as fast as it answers. */
final class NativeReplica {
  private static final Logger LOG = LoggerFactory.getLogger(NativeReplica.class);

  private final Member member;
  private final RoleState role;
  private final Heartbeats heartbeats;
  private final CatchUpApply chunks;
  private final RequestIds requests;
  private final CatchUpPause pause = new CatchUpPause();

  NativeReplica(Member member, RoleState role, Heartbeats heartbeats) {
    this.member = member;
    this.role = role;
    this.heartbeats = heartbeats;
    this.chunks = new CatchUpApply(member.log());
    this.requests = new RequestIds(member.setup().random());
  }

  /** Asks a leader for what this log lacks, as much as a packet carries. */
  void request(long leader, long nowNs) {
    if (pause.allows(nowNs)) {
      SyncRequest request =
          new SyncRequest(
              member.logId(),
              member.log().nextSeq(),
              CatchUpAnswers.CHUNK_BYTES,
              requests.next(nowNs),
              member.config().bandwidthClass());
      boolean unused = member.link().send(leader, request.encode());
    }
  }

  void forgetRequests() {
    requests.clear();
  }

  void onResponse(long from, SyncResponse response, long nowNs) {
    if (!requests.consume(response.requestId(), nowNs)
        || !isLeader(from)
        || !role.is(ReplicaRole.REPLICA)) {
      return;
    }
    long before = member.log().nextSeq();
    CatchUpApply.Outcome outcome = chunks.apply(response);
    if (outcome.verdict() == CatchUpApply.Verdict.GAP_BEFORE_CHUNK && skip(response.firstSeq())) {
      outcome = chunks.apply(response);
    }
    settle(from, outcome, before, nowNs);
  }

  private void settle(long from, CatchUpApply.Outcome outcome, long before, long nowNs) {
    switch (outcome.verdict()) {
      case OK -> member.listener().force();
      case APPEND_FAILED -> underCapacity();
      default -> LOG.debug("log {}: {} of {}", member.log().name(), outcome, from);
    }
    boolean isBehind =
        heartbeats
            .ofLeader()
            .filter(last -> Long.compareUnsigned(last.tailSeq(), member.log().nextSeq()) > 0)
            .isPresent();
    if (member.log().nextSeq() != before) {
      pause.progress();
      if (isBehind && role.is(ReplicaRole.REPLICA)) {
        request(from, nowNs);
      }
    } else if (isBehind && !heartbeats.isLeaderSilent(nowNs)) {
      pause.strike(nowNs);
    }
  }

  private boolean skip(long seq) {
    try {
      member.metrics().skippedAhead();
      chunks.skipTo(seq);
      return true;
    } catch (RedexException e) {
      LOG.warn("log {}: {}", member.log().name(), e.getMessage());
      return false;
    }
  }

  private void underCapacity() {
    member.metrics().underCapacity();
    if (member.config().onUnderCapacity() == UnderCapacity.WITHDRAW) {
      role.withdraw();
      return;
    }
    try {
      member.log().sweepRetention();
    } catch (RedexException e) {
      LOG.warn("log {}: {}", member.log().name(), e.getMessage());
    }
  }

  void onNack(long from, SyncNack nack, long nowNs) {
    if (!isLeader(from) || !requests.consume(nack.requestId(), nowNs)) {
      return;
    }
    switch (nack.code()) {
      case NOT_LEADER -> heartbeats.forgetLeader();
      case BAD_RANGE -> {
        long first = nack.leaderFirstSeq() == 0 ? nack.sinceSeq() + 1 : nack.leaderFirstSeq();
        boolean unused = skip(first);
      }
      case BACKPRESSURE -> LOG.debug("log {}: the leader is busy", member.log().name());
      case CHANNEL_CLOSED -> role.close();
    }
  }

  private boolean isLeader(long node) {
    OptionalLong leader = heartbeats.leader();
    return leader.isPresent() && leader.getAsLong() == node;
  }
}
