// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.log.ReplicaLog;
import io.lichen.redex.replica.wire.SyncResponse;
import java.util.List;

/** Appends what a leader answered to a replica's log, by upstream's rules. */
public final class CatchUpApply {
  /** What became of it. */
  public enum Verdict {
    OK,
    STALE_CHUNK,
    FIRST_SEQ_MISMATCH,
    NON_MONOTONIC,
    GAP_BEFORE_CHUNK,
    APPEND_FAILED
  }

  /**
   * What became of an answer.
   *
   * @param verdict in a word
   * @param index of the first record that does not follow its predecessor; else 0
   */
  public record Outcome(Verdict verdict, int index) {}

  private final ReplicaLog log;

  /** Appends to a log. */
  public CatchUpApply(ReplicaLog log) {
    this.log = log;
  }

  /** Appends if the answer continues the log. */
  public Outcome apply(SyncResponse response) {
    List<SyncResponse.Event> events = response.events();
    long first = response.firstSeq();
    int order = Long.compareUnsigned(first, log.nextSeq());
    if (events.isEmpty()) {
      return new Outcome(order < 0 ? Verdict.STALE_CHUNK : Verdict.OK, 0);
    }
    if (events.getFirst().seq() != first) {
      return new Outcome(Verdict.FIRST_SEQ_MISMATCH, 0);
    }
    for (int i = 1; i < events.size(); i++) {
      if (events.get(i).seq() != first + i) {
        return new Outcome(Verdict.NON_MONOTONIC, i);
      }
    }
    if (order != 0) {
      return new Outcome(order < 0 ? Verdict.STALE_CHUNK : Verdict.GAP_BEFORE_CHUNK, 0);
    }
    return append(first, events);
  }

  private Outcome append(long first, List<SyncResponse.Event> events) {
    try {
      log.append(first, events.stream().map(SyncResponse.Event::payload).toList());
      return new Outcome(Verdict.OK, 0);
    } catch (RedexException e) {
      // Somebody else appended meanwhile: the next request asks for what follows.
      boolean isStale = e.error() == RedexError.SEQ_MISMATCH;
      return new Outcome(isStale ? Verdict.STALE_CHUNK : Verdict.APPEND_FAILED, 0);
    }
  }

  /** Whether the gap before an answer is none that retention explains. */
  public boolean isDivergenceSuspected(SyncResponse response) {
    long next = log.nextSeq();
    return next != 0
        && Long.compareUnsigned(next, response.leaderFirstSeq()) > 0
        && Long.compareUnsigned(response.leaderFirstSeq(), response.firstSeq()) < 0;
  }

  /** Leaves numbers out, up to one. */
  public void skipTo(long seq) {
    log.skipAhead(seq);
  }
}
