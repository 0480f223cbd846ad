// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import io.lichen.redex.replica.ReplicaRole;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What upstream's rules do when a heartbeat is due.
 *
 * @param heartbeatTo members to be told that this one lives, in this order
 * @param requestFrom the leader that has more
 * @param missesLeader whether to become candidate
 */
public record TickPlan(List<Long> heartbeatTo, OptionalLong requestFrom, boolean missesLeader) {
  /** Decides. */
  public static TickPlan of(
      ReplicaRole role,
      long self,
      List<Long> members,
      long tailSeq,
      Heartbeats heartbeats,
      long nowNs) {
    if (role == ReplicaRole.IDLE || role == ReplicaRole.CANDIDATE) {
      return new TickPlan(List.of(), OptionalLong.empty(), false);
    }
    List<Long> others = members.stream().distinct().filter(member -> member != self).toList();
    boolean isReplica = role == ReplicaRole.REPLICA;
    boolean missesLeader = isReplica && heartbeats.isLeaderSilent(nowNs);
    boolean asks = isReplica && !missesLeader && hasMore(self, tailSeq, heartbeats);
    return new TickPlan(others, asks ? heartbeats.leader() : OptionalLong.empty(), missesLeader);
  }

  private static boolean hasMore(long self, long tailSeq, Heartbeats heartbeats) {
    OptionalLong leader = heartbeats.leader();
    Optional<Heartbeats.Heard> last = heartbeats.ofLeader();
    return leader.isPresent()
        && leader.getAsLong() != self
        && last.isPresent()
        && Long.compareUnsigned(last.get().tailSeq(), tailSeq) > 0;
  }
}
