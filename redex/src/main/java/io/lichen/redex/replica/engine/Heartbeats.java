// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import io.lichen.redex.replica.ReplicaRole;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whom a node heard, and whom it takes for the leader, by upstream's rules. */
public final class Heartbeats {
  /** So many heartbeats without a word are silence. */
  static final int MISSED = 3;

  /**
   * What was last heard of a member.
   *
   * @param atNs when
   * @param role what it was
   * @param tailSeq the number its next record would get
   */
  public record Heard(long atNs, ReplicaRole role, long tailSeq) {}

  private final long silenceNs;
  private final Map<Long, Heard> heard = new LinkedHashMap<>();
  private @Nullable Long leader;

  /** Begins, having heard nobody. */
  public Heartbeats(long heartbeatNs) {
    this.silenceNs = MISSED * heartbeatNs;
  }

  /** A member's heartbeat came. */
  public void heard(long from, ReplicaRole role, long tailSeq, long nowNs) {
    if (role == ReplicaRole.LEADER && isBetter(from, tailSeq)) {
      leader = from;
    }
    heard.put(from, new Heard(nowNs, role, tailSeq));
  }

  private boolean isBetter(long from, long tailSeq) {
    Long believed = leader;
    if (believed == null || believed == from) {
      return true;
    }
    Heard last = heard.get(believed);
    int order = last == null ? 1 : Long.compareUnsigned(tailSeq, last.tailSeq);
    return order > 0 || (order == 0 && Long.compareUnsigned(from, believed) < 0);
  }

  /** Whom this node takes for the leader. */
  public OptionalLong leader() {
    return leader == null ? OptionalLong.empty() : OptionalLong.of(leader);
  }

  /** Takes nobody for the leader. */
  public void forgetLeader() {
    leader = null;
  }

  /** What was last heard of a member. */
  public Optional<Heard> of(long member) {
    return Optional.ofNullable(heard.get(member));
  }

  /** What was last heard of the leader. */
  public Optional<Heard> ofLeader() {
    return Optional.ofNullable(leader).map(heard::get);
  }

  /** Whether there is a leader, and not a word of it. */
  public boolean isLeaderSilent(long nowNs) {
    return ofLeader().filter(last -> nowNs - last.atNs >= silenceNs).isPresent();
  }

  /** Members heard of lately. */
  public Set<Long> healthy(long nowNs) {
    return heard.entrySet().stream()
        .filter(one -> nowNs - one.getValue().atNs < silenceNs)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** How long the most silent member has been silent; empty if none was ever heard. */
  OptionalLong longestSilenceNs(long nowNs) {
    return heard.values().stream().mapToLong(one -> nowNs - one.atNs).max();
  }

  /** The highest tail that any member reported. */
  OptionalLong highestTail() {
    return heard.values().stream()
        .map(Heard::tailSeq)
        .max(Long::compareUnsigned)
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }
}
