// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/** Upstream's election: the nearest healthy member, the smaller id if two are as near. */
public final class Election {
  private Election() {}

  /**
   * Who wins, as seen from one node, which is nearest to itself.
   *
   * @param rttNs what was measured; without it a member is farthest
   * @return empty if nobody can
   */
  public static OptionalLong winner(
      long self, List<Long> members, Collection<Long> healthy, LongFunction<OptionalLong> rttNs) {
    return members.stream()
        .filter(member -> member == self || healthy.contains(member))
        .min(
            Comparator.<Long>comparingLong(
                    member -> member == self ? 0 : rttNs.apply(member).orElse(Long.MAX_VALUE))
                .thenComparing(Long::compareUnsigned))
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }
}
