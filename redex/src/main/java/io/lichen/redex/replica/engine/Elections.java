// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import io.lichen.redex.replica.ReplicaRole;
import io.lichen.redex.replica.RoleSignal;
import io.lichen.redex.replica.wire.TermVote;
import io.lichen.redex.replica.wire.TermVoted;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Elects the leader of a term: first on trial, so that nobody who would not win disturbs the
 * others, then for good.
 */
final class Elections {
  private static final int SHORT_WAITS = 8;

  private final TermContext context;
  private final LongPredicate holdsLease;
  private final Set<Long> votes = new HashSet<>();
  private boolean isOnTrial;
  private long askedTerm;

  /** How often this node asked since a leader was heard. */
  private int attempts;

  private long dueNs;
  private boolean isWon;

  /**
   * Begins, with nobody elected.
   *
   * @param holdsLease whether this node leads at a time, beyond doubt
   */
  Elections(TermContext context, LongPredicate holdsLease, long nowNs) {
    this.context = context;
    this.holdsLease = holdsLease;
    postpone(nowNs);
  }

  /** Waits for the leader's next word. */
  void postpone(long nowNs) {
    attempts = 0;
    dueNs = nowNs + context.silenceNs() + delayNs();
  }

  /** Waits no longer than others may need. */
  void hurry(long nowNs) {
    long soonNs = nowNs + delayNs();
    if (soonNs - dueNs < 0) {
      dueNs = soonNs;
    }
  }

  /**
   * The nearest to the leader is first, then the smaller id, and chance where that is equal; more
   * chance when that was not enough.
   */
  private long delayNs() {
    long heartbeatNs = context.member.heartbeatNs();
    Long pinned = context.member.config().leaderPinned();
    long self = context.member.self();
    if (pinned != null && pinned == self) {
      return 0;
    }
    List<Long> sorted = context.member.members().stream().sorted(Long::compareUnsigned).toList();
    long rttNs =
        context.leader().isPresent() && !context.isLeader(self)
            ? context.member.link().rttNs(context.leader().getAsLong()).orElse(heartbeatNs)
            : 0;
    return Math.min(rttNs, heartbeatNs / 2)
        + sorted.indexOf(self) * (heartbeatNs / SHORT_WAITS / sorted.size())
        + context.member.setup().random().nextLong(heartbeatNs / (attempts == 0 ? SHORT_WAITS : 2));
  }

  void onTimer(long nowNs) {
    if (nowNs - dueNs < 0 || !context.state.isVoter() || isHeld(nowNs)) {
      return;
    }
    context.stepDown();
    attempts++;
    // A trial costs nobody anything: who still heard the leader when it came is asked again soon.
    dueNs = nowNs + context.member.heartbeatNs() / 2 + delayNs();
    ask(true, context.state.term() + 1, nowNs);
  }

  private void ask(boolean onTrial, long term, long nowNs) {
    isOnTrial = onTrial;
    askedTerm = term;
    votes.clear();
    TermVote vote = new TermVote(term, onTrial, context.state.lastTerm(), context.nextSeq());
    context.member.others().forEach(node -> context.send(node, vote.encode(logId())));
    granted(context.member.self(), nowNs);
  }

  private byte[] logId() {
    return context.member.logId();
  }

  private void granted(long node, long nowNs) {
    votes.add(node);
    if (votes.size() < context.majority()) {
      return;
    }
    votes.clear();
    if (isOnTrial && isHeld(nowNs)) {
      // A leader was heard since this node asked: it has this node's promise.
      return;
    }
    if (isOnTrial) {
      context.state.vote(askedTerm, context.member.self());
      context.role.change(ReplicaRole.CANDIDATE, RoleSignal.MISSED_HEARTBEATS);
      letVote(nowNs);
      ask(false, askedTerm, nowNs);
    } else {
      isWon = true;
    }
  }

  /** Whether this node was elected, which it says once. */
  boolean takeVictory() {
    boolean was = isWon && context.role.is(ReplicaRole.CANDIDATE);
    isWon = false;
    return was;
  }

  /** Whether a leader relies on this node's vote not being given to others. */
  private boolean isHeld(long nowNs) {
    return nowNs - context.heardLeaderNs() < context.silenceNs() || holdsLease.test(nowNs);
  }

  void onVote(long from, TermVote vote, long nowNs) {
    boolean isHeld = isHeld(nowNs);
    boolean isLater = Long.compareUnsigned(vote.term(), context.state.term()) > 0;
    if (vote.isTrial()) {
      answer(
          from, vote, isLater && !isHeld && context.state.isVoter() && mayTry(from, vote, nowNs));
    } else if (!isHeld) {
      if (isLater) {
        context.enter(vote.term());
      }
      answer(from, vote, give(from, vote, nowNs));
    }
  }

  /** Whether a candidate could win; of two that could, one gives up. */
  private boolean mayTry(long from, TermVote vote, long nowNs) {
    if (!isUpToDate(vote)) {
      // The other lacks what this node has.
      hurry(nowNs);
      return false;
    }
    boolean triesItself = isOnTrial && !votes.isEmpty() && askedTerm == vote.term();
    if (triesItself && !isBefore(from, vote)) {
      return false;
    }
    if (triesItself) {
      votes.clear();
    }
    letVote(nowNs);
    return true;
  }

  /** Whether of two that try at once the other is the better one. */
  private boolean isBefore(long from, TermVote vote) {
    boolean isEqual =
        vote.lastTerm() == context.state.lastTerm() && vote.nextSeq() == context.nextSeq();
    return !isEqual || Long.compareUnsigned(from, context.member.self()) < 0;
  }

  private boolean give(long from, TermVote vote, long nowNs) {
    boolean gives =
        context.state.isVoter()
            && vote.term() == context.state.term()
            && context.state.mayVoteFor(from)
            && isUpToDate(vote);
    if (gives) {
      context.state.vote(vote.term(), from);
      letVote(nowNs);
    }
    return gives;
  }

  /** One is about to be elected: two candidates at once would split the votes. */
  private void letVote(long nowNs) {
    dueNs = nowNs + context.member.heartbeatNs() + delayNs();
  }

  /** Whether a candidate's log is no older than this one's. */
  private boolean isUpToDate(TermVote vote) {
    int order = Long.compareUnsigned(vote.lastTerm(), context.state.lastTerm());
    return order > 0
        || (order == 0 && Long.compareUnsigned(vote.nextSeq(), context.nextSeq()) >= 0);
  }

  private void answer(long to, TermVote vote, boolean isGranted) {
    TermVoted voted = new TermVoted(context.state.term(), vote.isTrial(), isGranted, vote.term());
    context.send(to, voted.encode(logId()));
  }

  void onVoted(long from, TermVoted voted, long nowNs) {
    if (Long.compareUnsigned(voted.term(), context.state.term()) > 0) {
      context.enter(voted.term());
      return;
    }
    boolean isAsked =
        voted.isTrial() == isOnTrial
            && voted.askedTerm() == askedTerm
            && (isOnTrial
                ? context.role.is(ReplicaRole.REPLICA) && askedTerm == context.state.term() + 1
                : context.role.is(ReplicaRole.CANDIDATE) && askedTerm == context.state.term());
    if (isAsked && voted.isGranted() && !votes.isEmpty()) {
      granted(from, nowNs);
    }
  }
}
