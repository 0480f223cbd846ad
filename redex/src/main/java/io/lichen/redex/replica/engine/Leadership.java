// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.replica.AckPolicy;
import io.lichen.redex.replica.ReplicaRole;
import io.lichen.redex.replica.RoleSignal;
import io.lichen.redex.replica.wire.TermAck;
import io.lichen.redex.replica.wire.TermBeat;
import io.lichen.redex.replica.wire.TermDigest;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** What the leader of a term does. */
final class Leadership {
  /** Of the time that votes are held back, so that clocks may differ by a tenth. */
  private static final double LEASE_SHARE = 0.8;

  private record Waiting(long first, long end, CompletableFuture<Long> future) {}

  private final TermContext context;
  private final Shipping shipping;
  private final Map<Long, Progress> replicas = new TreeMap<>();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private long termSeq;
  private long electedNs;
  private long beatDueNs;

  Leadership(TermContext context, long nowNs) {
    this.context = context;
    this.shipping = new Shipping(context, nowNs);
  }

  /** This node was elected. */
  void begin(long nowNs) {
    termSeq = context.nextSeq();
    context.state.begin(termSeq);
    context.lead();
    electedNs = nowNs;
    replicas.clear();
    context.member.others().forEach(node -> replicas.put(node, new Progress(node, nowNs)));
    context.role.change(ReplicaRole.LEADER, RoleSignal.ELECTION_WON);
    force();
    beat(false, nowNs);
    commit();
  }

  /** It leads no longer, if it did: nobody knows what becomes of what waits. */
  void end() {
    while (!waiting.isEmpty()) {
      waiting.removeFirst().future.completeExceptionally(failure(RedexError.UNACKNOWLEDGED));
    }
    replicas.clear();
  }

  private RedexException failure(RedexError error) {
    String why =
        error == RedexError.NOT_LEADER
            ? "this node does not lead"
            : "leadership ended before enough members had the records";
    return new RedexException(error, "log " + context.log().name() + ": " + why);
  }

  private boolean leads() {
    return context.role.is(ReplicaRole.LEADER);
  }

  void onTimer(long nowNs) {
    if (!leads()) {
      return;
    }
    if (nowNs - lastMajorityNs(nowNs) >= context.silenceNs()) {
      context.stepDown();
    } else if (nowNs - beatDueNs >= 0) {
      beat(false, nowNs);
    }
  }

  private long lastMajorityNs(long nowNs) {
    OptionalLong heard = CommitPoint.heardNs(replicas.values(), nowNs, context.majority());
    return heard.isPresent() && heard.getAsLong() - electedNs > 0 ? heard.getAsLong() : electedNs;
  }

  boolean hasLease(long nowNs) {
    OptionalLong heard = CommitPoint.heardNs(replicas.values(), nowNs, context.majority());
    return leads()
        && heard.isPresent()
        && nowNs - heard.getAsLong() < LEASE_SHARE * context.silenceNs();
  }

  /** Tells everybody; what is under way without an answer for so long is sent anew. */
  private void beat(boolean resigns, long nowNs) {
    beatDueNs = nowNs + context.member.heartbeatNs();
    TermBeat beat =
        new TermBeat(
            context.state.term(),
            context.countsForced(),
            resigns,
            context.committedSeq(),
            context.nextSeq(),
            context.log().firstSeq().orElse(context.nextSeq()),
            nowNs,
            context.state.starts());
    long longestNs = 0;
    for (Progress replica : replicas.values()) {
      context.send(replica.node, beat.encode(context.member.logId()));
      if (nowNs - replica.movedNs >= context.member.heartbeatNs()) {
        replica.rewind(nowNs);
      }
      shipping.ship(replica, nowNs);
      longestNs = Math.max(longestNs, nowNs - (replica.wasHeard ? replica.stampNs : electedNs));
    }
    context.member.metrics().leaderLag(longestNs);
  }

  void onAck(long from, TermAck ack, long nowNs) {
    Progress replica = replicas.get(from);
    if (!leads() || replica == null || !isEcho(ack.stampNs(), nowNs)) {
      return;
    }
    replica.onAck(ack, nowNs);
    long pauseNs = context.member.link().rttNs(from).orElse(context.member.heartbeatNs() / 2);
    if (ack.hasGap() && nowNs - replica.movedNs > pauseNs) {
      replica.rewind(nowNs);
    }
    shipping.ship(replica, nowNs);
    commit();
  }

  /** Whether a clock is of a beat of this term: else the ack was for a leader of the past. */
  private boolean isEcho(long stampNs, long nowNs) {
    return stampNs - electedNs >= 0 && nowNs - stampNs >= 0;
  }

  void onDigest(long from, TermDigest asked) {
    if (leads()) {
      long digest = Digests.of(context.log(), asked.fromSeq(), asked.toSeq());
      TermDigest answer =
          new TermDigest(context.state.term(), true, asked.fromSeq(), asked.toSeq(), digest);
      context.send(from, answer.encode(context.member.logId()));
    }
  }

  CompletableFuture<Long> append(List<byte[]> payloads, long nowNs) {
    if (!leads() || !(hasLease(nowNs) || nowNs - electedNs < context.silenceNs())) {
      return CompletableFuture.failedFuture(failure(RedexError.NOT_LEADER));
    }
    long first = context.nextSeq();
    if (payloads.isEmpty()) {
      return CompletableFuture.completedFuture(first);
    }
    try {
      context.log().append(first, payloads);
    } catch (RedexException e) {
      return CompletableFuture.failedFuture(e);
    }
    Waiting appended = new Waiting(first, first + payloads.size(), new CompletableFuture<>());
    waiting.add(appended);
    force();
    replicas.values().forEach(replica -> shipping.ship(replica, nowNs));
    commit();
    return appended.future;
  }

  private void force() {
    if (context.countsForced() || context.log().forcesAppends()) {
      context.member.listener().force();
    }
  }

  /** The log was forced, or a replica got on. */
  void commit() {
    if (!leads()) {
      return;
    }
    long before = context.committedSeq();
    CommitPoint.of(
            replicas.values(),
            context.countsForced() ? context.log().durableSeq() : context.nextSeq(),
            context.countsForced(),
            termSeq,
            context.majority())
        .ifPresent(context::commit);
    acknowledge();
    if (context.committedSeq() != before) {
      replicas.values().forEach(shipping::tell);
    }
  }

  private void acknowledge() {
    long end = acknowledgedSeq();
    while (!waiting.isEmpty() && Long.compareUnsigned(waiting.getFirst().end, end) <= 0) {
      Waiting done = waiting.removeFirst();
      done.future.complete(done.first);
    }
  }

  private long acknowledgedSeq() {
    if (context.member.config().ackPolicy() != AckPolicy.LEADER) {
      return context.committedSeq();
    }
    return context.log().forcesAppends() ? context.log().durableSeq() : context.nextSeq();
  }

  /** Gives the lead up, so that others need not wait. */
  void resign(long nowNs) {
    if (leads()) {
      beat(true, nowNs);
    }
  }
}
