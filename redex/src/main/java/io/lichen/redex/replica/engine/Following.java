// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.replica.ReplicationConfig.UnderCapacity;
import io.lichen.redex.replica.wire.TermAck;
import io.lichen.redex.replica.wire.TermAppend;
import io.lichen.redex.replica.wire.TermBeat;
import io.lichen.redex.replica.wire.TermDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a replica does with what the leader of its term says. */
final class Following {
  private static final Logger LOG = LoggerFactory.getLogger(Following.class);

  private final TermContext context;
  private final Assembly assembly;
  private @Nullable TermBeat beat;
  private @Nullable RangeCheck check;

  /** The term whose leader's list of terms this log has taken over; 0 for none. */
  private long takenTerm;

  Following(TermContext context) {
    this.context = context;
    this.assembly = new Assembly(context.log());
  }

  void onBeat(TermBeat newBeat, long nowNs) {
    TermBeat before = beat;
    if (before == null || before.term() != newBeat.term()) {
      check = null;
    } else if (newBeat.stampNs() - before.stampNs() < 0) {
      return;
    }
    beat = newBeat;
    context.member.metrics().replicaLag(0);
    try {
      agree(newBeat);
    } catch (RedexException e) {
      fail(e);
      return;
    }
    advance(newBeat.committedSeq());
    force(newBeat);
    ack(false);
  }

  /** What is there from before a restart may not be forced, either. */
  private void force(TermBeat leaders) {
    if (leaders.wantsForced() && context.log().durableSeq() != context.nextSeq()) {
      context.member.listener().force();
    }
  }

  /** Makes this log a beginning of the leader's. */
  private void agree(TermBeat leaders) {
    if (Long.compareUnsigned(context.nextSeq(), leaders.firstSeq()) < 0) {
      beginAnew(leaders);
    } else if (check != null) {
      ask(check);
    } else if (takenTerm != leaders.term()) {
      align(leaders);
    }
  }

  private void align(TermBeat leaders) {
    if (context.state.lastTerm() == leaders.term() && !context.state.isSuspect()) {
      takenTerm = leaders.term();
      return;
    }
    TermLists.Common common =
        TermLists.common(context.state.starts(), context.nextSeq(), leaders.terms());
    long from =
        TermLists.later(context.log().firstSeq().orElse(context.nextSeq()), leaders.firstSeq());
    if ((common.isShared() && !context.state.isSuspect())
        || Long.compareUnsigned(from, common.seq()) >= 0) {
      cut(common.seq(), leaders);
    } else {
      check = new RangeCheck(from, common.seq());
      ask(check);
    }
  }

  private void ask(RangeCheck range) {
    TermDigest ask = new TermDigest(context.state.term(), false, range.from(), range.to(), 0);
    context.leader().ifPresent(leader -> context.send(leader, ask.encode(logId())));
  }

  void onDigest(TermDigest answer) {
    RangeCheck range = check;
    TermBeat leaders = beat;
    if (range == null
        || leaders == null
        || answer.fromSeq() != range.from()
        || answer.toSeq() != range.to()) {
      return;
    }
    long own = Digests.of(context.log(), answer.fromSeq(), answer.toSeq());
    if (!range.compared(answer.toSeq(), own == answer.digest())) {
      ask(range);
      return;
    }
    check = null;
    try {
      checked(range, leaders);
    } catch (RedexException e) {
      fail(e);
      return;
    }
    ack(false);
  }

  private void checked(RangeCheck range, TermBeat leaders) {
    boolean hasOlder =
        Long.compareUnsigned(context.log().firstSeq().orElse(range.start()), range.start()) < 0;
    if (range.result() == range.start() && hasOlder) {
      // Nothing that can be compared is equal: what cannot be is not to be trusted either.
      beginAnew(leaders);
    } else {
      cut(range.result(), leaders);
    }
  }

  /** Takes back what the leader does not have, and takes its list of terms over. */
  private void cut(long seq, TermBeat leaders) {
    if (Long.compareUnsigned(seq, leaders.firstSeq()) < 0) {
      beginAnew(leaders);
      return;
    }
    if (Long.compareUnsigned(seq, context.committedSeq()) < 0) {
      throw new RedexException(
          RedexError.DAMAGED,
          "the leader lacks what is committed, from %s on".formatted(Long.toUnsignedString(seq)));
    }
    assembly.forget();
    context.log().truncateFrom(seq);
    take(leaders);
  }

  /** Begins with the first record that the leader has. The list goes first: it speaks of others. */
  private void beginAnew(TermBeat leaders) {
    check = null;
    assembly.forget();
    context.member.metrics().skippedAhead();
    context.state.starts(List.of());
    context.log().resetTo(leaders.firstSeq());
    take(leaders);
  }

  private void take(TermBeat leaders) {
    context.state.starts(leaders.terms());
    context.state.compared();
    takenTerm = leaders.term();
  }

  void onAppend(TermAppend append) {
    if (takenTerm != append.term() || check != null) {
      return;
    }
    boolean hasGap;
    try {
      hasGap = assembly.take(append);
    } catch (RedexException e) {
      fail(e);
      return;
    }
    advance(append.committedSeq());
    if (!append.pieces().isEmpty()) {
      TermBeat leaders = beat;
      if (leaders != null) {
        force(leaders);
      }
      ack(hasGap);
    }
  }

  /** Whether this log is the leader's as far as it goes, and reaches into the leader's term. */
  boolean isAligned() {
    return takenTerm == context.state.term() && context.state.lastTerm() == takenTerm;
  }

  /** Whether this log has all that the leader had committed when it was last heard. */
  boolean isComplete() {
    TermBeat leaders = beat;
    return leaders != null
        && leaders.term() == context.state.term()
        && isAligned()
        && Long.compareUnsigned(context.nextSeq(), leaders.committedSeq()) >= 0;
  }

  private void advance(long committedSeq) {
    if (isAligned()) {
      context.commit(TermLists.earlier(committedSeq, context.nextSeq()));
    }
  }

  /** Says how far this log is. */
  void ack(boolean hasGap) {
    TermBeat leaders = beat;
    if (leaders == null || context.leader().isEmpty() || leaders.term() != context.state.term()) {
      return;
    }
    TermAck ack =
        new TermAck(
            context.state.term(),
            isAligned(),
            takenTerm == context.state.term() && check == null,
            hasGap,
            context.nextSeq(),
            assembly.offset(),
            context.log().durableSeq(),
            leaders.stampNs());
    context.send(context.leader().getAsLong(), ack.encode(logId()));
  }

  private byte[] logId() {
    return context.member.logId();
  }

  /** Forgets what it knew of the leader. */
  void reset() {
    beat = null;
    check = null;
    takenTerm = 0;
    assembly.forget();
  }

  private void fail(RedexException failure) {
    LOG.warn("log {}: {}", context.log().name(), failure.getMessage());
    context.member.metrics().underCapacity();
    assembly.forget();
    if (failure.error() == RedexError.DAMAGED
        || context.member.config().onUnderCapacity() == UnderCapacity.WITHDRAW) {
      context.role.withdraw();
      return;
    }
    try {
      context.log().sweepRetention();
    } catch (RedexException e) {
      LOG.warn("log {}: {}", context.log().name(), e.getMessage());
    }
  }
}
