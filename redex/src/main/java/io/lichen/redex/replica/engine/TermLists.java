// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import io.lichen.redex.replica.wire.TermStart;
import java.util.List;

/** Compares where terms begin in two logs. */
final class TermLists {
  /**
   * How far two logs agree.
   *
   * @param seq records before this number are equal
   * @param isShared whether that follows from a term that both have; else it must be checked
   */
  record Common(long seq, boolean isShared) {}

  private TermLists() {}

  /** Those that begin within a log. */
  static List<TermStart> within(List<TermStart> starts, long nextSeq) {
    return starts.stream()
        .filter(start -> Long.compareUnsigned(start.seq(), nextSeq) <= 0)
        .toList();
  }

  /** The last term that begins within a log; 0 if none does. */
  static long last(List<TermStart> starts, long nextSeq) {
    List<TermStart> within = within(starts, nextSeq);
    return within.isEmpty() ? 0 : within.getLast().term();
  }

  /**
   * How far a log agrees with a leader's: to the end of the last term that both have, where the
   * first of them ends it.
   */
  static Common common(List<TermStart> starts, long nextSeq, List<TermStart> leaders) {
    List<TermStart> mine = within(starts, nextSeq);
    for (int i = mine.size() - 1; i >= 0; i--) {
      int same = leaders.indexOf(mine.get(i));
      if (same >= 0) {
        long myEnd = i + 1 < mine.size() ? mine.get(i + 1).seq() : nextSeq;
        long end = same + 1 < leaders.size() ? leaders.get(same + 1).seq() : nextSeq;
        return new Common(earlier(myEnd, end), true);
      }
    }
    return new Common(earlier(nextSeq, leaders.getFirst().seq()), false);
  }

  static long earlier(long one, long other) {
    return Long.compareUnsigned(one, other) < 0 ? one : other;
  }

  static long later(long one, long other) {
    return Long.compareUnsigned(one, other) > 0 ? one : other;
  }
}
