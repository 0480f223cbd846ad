// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import io.lichen.redex.RedexException;
import io.lichen.redex.replica.ReplicaRole;
import io.lichen.redex.replica.ReplicaRules;
import io.lichen.redex.replica.RoleSignal;
import io.lichen.redex.replica.wire.SyncFault;
import io.lichen.redex.replica.wire.TermAck;
import io.lichen.redex.replica.wire.TermAppend;
import io.lichen.redex.replica.wire.TermBeat;
import io.lichen.redex.replica.wire.TermDigest;
import io.lichen.redex.replica.wire.TermHello;
import io.lichen.redex.replica.wire.TermVote;
import io.lichen.redex.replica.wire.TermVoted;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** Lichen's rules (docs/wire/lichen-extensions.md, "Replicated logs"): who does what. */
final class TermRules implements Rules {
  private static final int TICKS_PER_HEARTBEAT = 4;

  private final TermContext context;
  private final Leadership leading;
  private final Following following;
  private final Elections elections;
  private final Standing standing;
  private long dueNs;

  TermRules(Member member, RoleState role, long nowNs) {
    member.log().govern(true);
    this.context =
        new TermContext(
            member, role, TermState.open(member.log(), acknowledgesForced(member)), nowNs);
    this.leading = new Leadership(context, nowNs);
    this.following = new Following(context);
    this.elections = new Elections(context, leading::hasLease, nowNs);
    this.standing = new Standing(context, following);
    this.dueNs = nowNs;
  }

  private static boolean acknowledgesForced(Member member) {
    return switch (member.config().ackPolicy()) {
      case LEADER -> false;
      case MAJORITY -> member.log().forcesAppends();
      case MAJORITY_DURABLE -> true;
    };
  }

  @Override
  public ReplicaRules kind() {
    return ReplicaRules.TERMS;
  }

  @Override
  public void onMessage(long from, int type, ByteBuffer message, long nowNs) throws SyncFault {
    switch (type) {
      case TermBeat.TYPE -> onBeat(from, TermBeat.decode(message), nowNs);
      case TermAppend.TYPE -> onAppend(from, TermAppend.decode(message));
      case TermAck.TYPE -> onAck(from, TermAck.decode(message), nowNs);
      case TermVote.TYPE -> elections.onVote(from, TermVote.decode(message), nowNs);
      case TermVoted.TYPE -> elections.onVoted(from, TermVoted.decode(message), nowNs);
      case TermHello.TYPE -> standing.onHello(from, TermHello.decode(message));
      case TermDigest.TYPE -> onDigest(from, TermDigest.decode(message));
      default -> {
        // Of a native, or of a later version.
      }
    }
    settle(nowNs);
  }

  private boolean isStale(long term) {
    return Long.compareUnsigned(term, context.state.term()) < 0;
  }

  private void onBeat(long from, TermBeat beat, long nowNs) {
    if (isStale(beat.term())) {
      tellTerm(from);
      return;
    }
    context.follow(from, beat.term(), nowNs);
    if (beat.resigns()) {
      context.forgetLeader(nowNs);
      elections.hurry(nowNs);
      return;
    }
    elections.postpone(nowNs);
    following.onBeat(beat, nowNs);
    standing.review();
  }

  /** Tells a leader of the past that its term is over. */
  private void tellTerm(long to) {
    TermAck ack = new TermAck(context.state.term(), false, false, false, 0, 0, 0, 0);
    context.send(to, ack.encode(context.member.logId()));
  }

  private void onAppend(long from, TermAppend append) {
    if (isStale(append.term())) {
      tellTerm(from);
    } else if (append.term() == context.state.term() && context.isLeader(from)) {
      following.onAppend(append);
      standing.review();
    }
  }

  private void onAck(long from, TermAck ack, long nowNs) {
    if (Long.compareUnsigned(ack.term(), context.state.term()) > 0) {
      context.enter(ack.term());
    } else if (ack.term() == context.state.term()) {
      leading.onAck(from, ack, nowNs);
    }
  }

  private void onDigest(long from, TermDigest digest) {
    if (digest.term() != context.state.term()) {
      return;
    }
    if (!digest.isAnswer()) {
      leading.onDigest(from, digest);
    } else if (context.isLeader(from)) {
      following.onDigest(digest);
    }
  }

  /** What follows from whatever happened. */
  private void settle(long nowNs) {
    if (elections.takeVictory()) {
      following.reset();
      leading.begin(nowNs);
    }
    if (!context.role.is(ReplicaRole.LEADER)) {
      leading.end();
    }
  }

  @Override
  public void onTimer(long nowNs) {
    if (nowNs - dueNs < 0) {
      return;
    }
    dueNs = nowNs + context.member.heartbeatNs() / TICKS_PER_HEARTBEAT;
    if (context.role.is(ReplicaRole.LEADER)) {
      leading.onTimer(nowNs);
    } else {
      standing.onTimer();
      elections.onTimer(nowNs);
      context.member.metrics().replicaLag(nowNs - context.heardLeaderNs());
    }
    settle(nowNs);
  }

  @Override
  public long nextDeadlineNs() {
    return dueNs;
  }

  @Override
  public void onForced(long nowNs) {
    if (context.role.is(ReplicaRole.LEADER)) {
      leading.commit();
    } else {
      following.ack(false);
    }
    settle(nowNs);
  }

  @Override
  public CompletableFuture<Long> append(List<byte[]> payloads, long nowNs) {
    CompletableFuture<Long> appended = leading.append(payloads, nowNs);
    settle(nowNs);
    return appended;
  }

  @Override
  public void transition(ReplicaRole to, RoleSignal signal, long nowNs) {
    throw new IllegalStateException("the set elects its leader by itself");
  }

  @Override
  public void join(long nowNs) {
    context.join(nowNs);
    following.reset();
    elections.postpone(nowNs);
    dueNs = nowNs;
  }

  @Override
  public void leave(long nowNs) {
    leading.resign(nowNs);
    context.role.leave();
    settle(nowNs);
  }

  /** Forces the log, after which nothing can be lost with the machine. */
  @Override
  public void close() {
    try {
      context.log().sync();
      context.state.close();
    } catch (RedexException e) {
      // The next start finds the log in use, and is careful.
    }
    context.log().govern(false);
  }

  @Override
  public boolean hasLease(long nowNs) {
    return leading.hasLease(nowNs);
  }

  @Override
  public OptionalLong leader() {
    return context.leader();
  }

  @Override
  public long term() {
    return context.state.term();
  }

  @Override
  public boolean isVoter() {
    return context.state.isVoter();
  }

  @Override
  public long committedSeq() {
    return context.committedSeq();
  }
}
