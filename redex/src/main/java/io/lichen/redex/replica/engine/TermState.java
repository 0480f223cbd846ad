// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.format.TermsFile;
import io.lichen.redex.log.ReplicaLog;
import io.lichen.redex.log.Soundness;
import io.lichen.redex.replica.wire.TermBeat;
import io.lichen.redex.replica.wire.TermStart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a member must not forget: its term, its vote, and where terms begin in its log. Each change
 * is on the disk before anybody learns of it.
 */
final class TermState {
  private static final long NOBODY = 0;

  private final ReplicaLog log;
  private long term;
  private long vote;
  private List<TermStart> starts = List.of();
  private boolean isForgetful;
  private boolean isIncomplete;

  /** Whether the machine started anew while the log was in use. */
  private boolean lostPower;

  /** Whether records may be others than they were: numbers have no checksum. */
  private boolean isSuspect;

  private TermState(ReplicaLog log) {
    this.log = log;
  }

  /** Whether a log is one of a set that keeps terms. */
  static boolean isKeptFor(ReplicaLog log) {
    return log.readTerms().flatMap(TermsFile::decode).filter(file -> file.term() != 0).isPresent();
  }

  /**
   * What was kept; the log is cut where it has a gap, for what follows cannot be relied on.
   *
   * @param acknowledgesForced whether nothing counts that was not forced
   * @throws RedexException {@link RedexError#DAMAGED} if there is a gap, and no terms were kept
   */
  static TermState open(ReplicaLog log, boolean acknowledgesForced) {
    TermState state = new TermState(log);
    Optional<TermsFile> found = log.readTerms().flatMap(TermsFile::decode);
    found.ifPresentOrElse(
        file -> state.take(file, acknowledgesForced), () -> state.isForgetful = true);
    state.mend(log.soundness(), acknowledgesForced);
    state.save(true);
    return state;
  }

  /** Cuts what follows a gap: no leader could tell what belongs there. */
  private void mend(Soundness sound, boolean acknowledgesForced) {
    if (sound.lacksRecords()) {
      if (isForgetful) {
        throw new RedexException(
            RedexError.DAMAGED,
            "log %s lacks record %s: compact it behind that before it is replicated"
                .formatted(log.name(), Long.toUnsignedString(sound.nextSeq())));
      }
      log.truncateFrom(sound.nextSeq());
      starts = TermLists.within(starts, log.nextSeq());
      isSuspect = true;
      isIncomplete |= !(lostPower && acknowledgesForced);
    }
    if (log.soundness().hasDamage()) {
      // Else what comes behind the damage would be cut the next time.
      log.rewrite();
    }
  }

  private void take(TermsFile file, boolean acknowledgesForced) {
    term = file.term();
    vote = file.vote();
    starts = file.starts().stream().map(start -> new TermStart(start[0], start[1])).toList();
    starts = TermLists.within(starts, log.nextSeq());
    isForgetful = file.isForgetful();
    lostPower = file.isInUse() && (file.boot() == 0 || file.boot() != log.boot());
    isIncomplete = file.isIncomplete() || (lostPower && !acknowledgesForced);
    isSuspect = lostPower;
  }

  private void save(boolean isInUse) {
    List<long[]> pairs = new ArrayList<>();
    starts.forEach(start -> pairs.add(new long[] {start.term(), start.seq()}));
    log.writeTerms(
        new TermsFile(term, vote, log.boot(), isInUse, isForgetful, isIncomplete, pairs).encode());
  }

  long term() {
    return term;
  }

  /** Enters a later term, without a vote. */
  void enter(long newTerm) {
    vote(newTerm, NOBODY);
  }

  /** Votes. */
  void vote(long newTerm, long node) {
    term = newTerm;
    vote = node;
    save(true);
  }

  boolean mayVoteFor(long node) {
    return vote == NOBODY || vote == node;
  }

  /** Where terms begin; those beyond the log's end count once it has grown so far. */
  List<TermStart> starts() {
    return starts;
  }

  /** Where terms begin from now on. */
  void starts(List<TermStart> value) {
    starts = List.copyOf(value);
    save(true);
  }

  /** The term begins here. */
  void begin(long seq) {
    List<TermStart> next = new ArrayList<>(TermLists.within(starts, seq));
    next.add(new TermStart(term, seq));
    long first = log.firstSeq().orElse(seq);
    while (next.size() > 1 && Long.compareUnsigned(next.get(1).seq(), first) <= 0) {
      next.removeFirst();
    }
    starts(next.subList(Math.max(0, next.size() - TermBeat.MAX_TERMS), next.size()));
  }

  /** The last term in the log. */
  long lastTerm() {
    return TermLists.last(starts, log.nextSeq());
  }

  /** Whether records are to be compared with the leader's, whatever the terms say. */
  boolean isSuspect() {
    return isSuspect;
  }

  /** The log is a beginning of a leader's. */
  void compared() {
    isSuspect = false;
  }

  boolean isForgetful() {
    return isForgetful;
  }

  boolean isVoter() {
    return !isForgetful && !isIncomplete;
  }

  /** The node has again what it may have lost. */
  void restored() {
    isForgetful = false;
    isIncomplete = false;
    save(true);
  }

  /** The log is forced and used no longer. */
  void close() {
    save(false);
  }
}
