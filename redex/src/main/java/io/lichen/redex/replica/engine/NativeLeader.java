// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import io.lichen.redex.replica.ReplicaRole;
import io.lichen.redex.replica.ReplicationConfig;
import io.lichen.redex.replica.wire.SyncNack;
import io.lichen.redex.replica.wire.SyncRequest;
import io.lichen.redex.replica.wire.SyncResponse;

/** Answers requests by upstream's rules. */
final class NativeLeader {
  private static final int BASE_COST = 47;

  private final Member member;
  private final RoleState role;
  private final CatchUpAnswers answers;
  private final BandwidthBudget budget;

  NativeLeader(Member member, RoleState role, long nowNs) {
    this.member = member;
    this.role = role;
    this.answers = new CatchUpAnswers(member.log(), member.logId());
    ReplicationConfig config = member.config();
    this.budget =
        new BandwidthBudget(
            config.budgetFraction() * BandwidthBudget.ASSUMED_BYTES_PER_SECOND,
            config.backgroundFraction(),
            nowNs);
  }

  void onRequest(long from, SyncRequest request, long nowNs) {
    try {
      send(from, answer(request, nowNs), nowNs);
    } catch (Refusal e) {
      SyncNack nack =
          new SyncNack(
              member.logId(),
              request.sinceSeq(),
              e.code(),
              e.leaderFirstSeq(),
              request.requestId(),
              String.valueOf(e.getMessage()));
      boolean unused = member.link().send(from, nack.encode());
    }
  }

  private SyncResponse answer(SyncRequest request, long nowNs) throws Refusal {
    if (!role.is(ReplicaRole.LEADER)) {
      throw new Refusal(SyncNack.Code.NOT_LEADER, 0, "");
    }
    SyncResponse response = answers.answer(request);
    if (!budget.admit(request.bandwidthClass(), cost(response), nowNs)) {
      throw new Refusal(SyncNack.Code.BACKPRESSURE, 0, "");
    }
    return response;
  }

  private void send(long to, SyncResponse response, long nowNs) {
    long cost = cost(response);
    member.metrics().syncBytes(cost);
    if (!member.link().send(to, response.encode())) {
      budget.refund(cost, nowNs);
    }
  }

  /** What upstream takes for the length of a response: less than it is. */
  private static long cost(SyncResponse response) {
    return BASE_COST + CatchUpAnswers.bytes(response);
  }
}
