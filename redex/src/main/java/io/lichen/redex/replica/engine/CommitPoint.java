// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import java.util.Arrays;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** What a majority has: how far it got, and when it was last heard. */
final class CommitPoint {
  private CommitPoint() {}

  /**
   * The number before which a majority has every record, and the beginning of the leader's own
   * term. Records of earlier terms alone are never counted: another leader may still replace them.
   *
   * @param ownSeq how far the leader's own log counts
   * @param countsForced whether only what was forced counts
   * @param termSeq where the leader's term begins
   * @return empty if no majority has the beginning of the term
   */
  static OptionalLong of(
      Collection<Progress> replicas,
      long ownSeq,
      boolean countsForced,
      long termSeq,
      int majority) {
    long[] ascending =
        LongStream.concat(
                LongStream.of(ownSeq),
                replicas.stream()
                    .filter(replica -> replica.isAligned)
                    .mapToLong(
                        replica ->
                            countsForced
                                ? TermLists.earlier(replica.durableSeq, replica.nextSeq)
                                : replica.nextSeq))
            .filter(seq -> Long.compareUnsigned(seq, termSeq) >= 0)
            .map(seq -> seq ^ Long.MIN_VALUE)
            .sorted()
            .toArray();
    return ascending.length < majority
        ? OptionalLong.empty()
        : OptionalLong.of(ascending[ascending.length - majority] ^ Long.MIN_VALUE);
  }

  /**
   * The latest time at which a majority was heard, the leader included.
   *
   * @return empty if no majority ever was
   */
  static OptionalLong heardNs(Collection<Progress> replicas, long nowNs, int majority) {
    long[] agesNs =
        replicas.stream()
            .filter(replica -> replica.wasHeard)
            .mapToLong(replica -> nowNs - replica.stampNs)
            .toArray();
    Arrays.sort(agesNs);
    int others = majority - 1;
    if (others == 0) {
      return OptionalLong.of(nowNs);
    }
    return agesNs.length < others
        ? OptionalLong.empty()
        : OptionalLong.of(nowNs - agesNs[others - 1]);
  }
}
