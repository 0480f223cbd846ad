// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a log is replicated: upstream's settings, and {@link AckPolicy}. Immutable; may hold what is
 * not allowed, which {@link #fault} names.
 *
 * @param factor members of a set that is not pinned, {@value #MIN_FACTOR} to {@value #MAX_FACTOR}
 * @param heartbeatMs {@value #MIN_HEARTBEAT_MS} to {@value #MAX_HEARTBEAT_MS}
 * @param placement who chooses the members
 * @param pinnedNodes the members if they are pinned
 * @param leaderPinned who is to lead while it can; of the pinned nodes if they are
 * @param onUnderCapacity what a replica does that cannot append
 * @param budgetFraction of the bandwidth for catching up, above 0 and at most 1
 * @param bandwidthClass how replicas ask
 * @param backgroundFraction of the budget for {@link BandwidthClass#BACKGROUND}, from 0 to below 1
 * @param ackPolicy when an append counts as done
 */
public record ReplicationConfig(
    int factor,
    long heartbeatMs,
    Placement placement,
    List<Long> pinnedNodes,
    @Nullable Long leaderPinned,
    UnderCapacity onUnderCapacity,
    float budgetFraction,
    BandwidthClass bandwidthClass,
    float backgroundFraction,
    AckPolicy ackPolicy) {
  public static final int MIN_FACTOR = 1;
  public static final int MAX_FACTOR = 16;
  public static final long MIN_HEARTBEAT_MS = 100;
  public static final long MAX_HEARTBEAT_MS = 300_000;

  /** Who chooses the members of a set. */
  public enum Placement {
    /** A {@link ReplicaPlacement}, by announced room. */
    STANDARD,
    /** The configuration. */
    PINNED,
    /** A {@link ReplicaPlacement} that keeps what belongs together on one node. */
    COLOCATION_STRICT
  }

  /** What a replica does that cannot append. */
  public enum UnderCapacity {
    /** It leaves the set. */
    WITHDRAW,
    /** It evicts what retention does not keep, and goes on. */
    EVICT_OLDEST
  }

  /** What is not allowed; {@link #fault} looks for it in this order. */
  public enum Fault {
    FACTOR_BELOW_MIN,
    FACTOR_ABOVE_MAX,
    HEARTBEAT_TOO_LOW,
    HEARTBEAT_TOO_HIGH,
    BUDGET_FRACTION_OUT_OF_RANGE,
    BACKGROUND_FRACTION_OUT_OF_RANGE,
    PINNED_SET_EMPTY,
    PINNED_SET_TOO_LARGE,
    PINNED_DUPLICATE,
    LEADER_PINNED_OUTSIDE_PINNED_SET
  }

  /** Copies the list. */
  public ReplicationConfig {
    pinnedNodes = List.copyOf(pinnedNodes);
  }

  /** Upstream's defaults. */
  public static ReplicationConfig defaults() {
    return new ReplicationConfig(
        3,
        500,
        Placement.STANDARD,
        List.of(),
        null,
        UnderCapacity.WITHDRAW,
        0.5f,
        BandwidthClass.FOREGROUND,
        0.3f,
        AckPolicy.LEADER);
  }

  /** Defaults, but for the members. */
  public static ReplicationConfig pinned(List<Long> nodes) {
    return defaults().withPinnedNodes(nodes);
  }

  /** The first thing that is not allowed. */
  public Optional<Fault> fault() {
    return Optional.ofNullable(firstFault());
  }

  private @Nullable Fault firstFault() {
    if (factor < MIN_FACTOR) {
      return Fault.FACTOR_BELOW_MIN;
    }
    if (factor > MAX_FACTOR) {
      return Fault.FACTOR_ABOVE_MAX;
    }
    if (heartbeatMs < MIN_HEARTBEAT_MS) {
      return Fault.HEARTBEAT_TOO_LOW;
    }
    if (heartbeatMs > MAX_HEARTBEAT_MS) {
      return Fault.HEARTBEAT_TOO_HIGH;
    }
    // Written so that NaN is refused.
    if (!(budgetFraction > 0 && budgetFraction <= 1)) {
      return Fault.BUDGET_FRACTION_OUT_OF_RANGE;
    }
    if (!(backgroundFraction >= 0 && backgroundFraction < 1)) {
      return Fault.BACKGROUND_FRACTION_OUT_OF_RANGE;
    }
    return placement == Placement.PINNED ? pinnedFault() : null;
  }

  private @Nullable Fault pinnedFault() {
    if (pinnedNodes.isEmpty()) {
      return Fault.PINNED_SET_EMPTY;
    }
    if (pinnedNodes.size() > MAX_FACTOR) {
      return Fault.PINNED_SET_TOO_LARGE;
    }
    if (new HashSet<>(pinnedNodes).size() < pinnedNodes.size()) {
      return Fault.PINNED_DUPLICATE;
    }
    return leaderPinned != null && !pinnedNodes.contains(leaderPinned)
        ? Fault.LEADER_PINNED_OUTSIDE_PINNED_SET
        : null;
  }

  /** How many members the set has. */
  public int effectiveFactor() {
    return placement == Placement.PINNED ? pinnedNodes.size() : factor;
  }

  /** The time between two heartbeats. */
  public Duration heartbeat() {
    return Duration.ofMillis(heartbeatMs);
  }

  /** With another number of members. */
  public ReplicationConfig withFactor(int value) {
    return copy(value, heartbeatMs, placement, pinnedNodes, leaderPinned, ackPolicy);
  }

  /** With another time between heartbeats. */
  public ReplicationConfig withHeartbeatMs(long value) {
    return copy(factor, value, placement, pinnedNodes, leaderPinned, ackPolicy);
  }

  /** With members chosen in another way. */
  public ReplicationConfig withPlacement(Placement value) {
    return copy(factor, heartbeatMs, value, pinnedNodes, leaderPinned, ackPolicy);
  }

  /** With these members, pinned. */
  public ReplicationConfig withPinnedNodes(List<Long> value) {
    return copy(factor, heartbeatMs, Placement.PINNED, value, leaderPinned, ackPolicy);
  }

  /** With a member that is to lead. */
  public ReplicationConfig withLeaderPinned(@Nullable Long value) {
    return copy(factor, heartbeatMs, placement, pinnedNodes, value, ackPolicy);
  }

  /** With another policy of acknowledgement. */
  public ReplicationConfig withAckPolicy(AckPolicy value) {
    return copy(factor, heartbeatMs, placement, pinnedNodes, leaderPinned, value);
  }

  private ReplicationConfig copy(
      int newFactor,
      long newHeartbeatMs,
      Placement newPlacement,
      List<Long> newPinnedNodes,
      @Nullable Long newLeaderPinned,
      AckPolicy newAckPolicy) {
    return new ReplicationConfig(
        newFactor,
        newHeartbeatMs,
        newPlacement,
        newPinnedNodes,
        newLeaderPinned,
        onUnderCapacity,
        budgetFraction,
        bandwidthClass,
        backgroundFraction,
        newAckPolicy);
  }

  /** With another answer to a full disk. */
  public ReplicationConfig withUnderCapacity(UnderCapacity value) {
    return new ReplicationConfig(
        factor,
        heartbeatMs,
        placement,
        pinnedNodes,
        leaderPinned,
        value,
        budgetFraction,
        bandwidthClass,
        backgroundFraction,
        ackPolicy);
  }

  /** With other shares of the bandwidth. */
  public ReplicationConfig withBudget(
      float newBudgetFraction, BandwidthClass newClass, float newBackgroundFraction) {
    return new ReplicationConfig(
        factor,
        heartbeatMs,
        placement,
        pinnedNodes,
        leaderPinned,
        onUnderCapacity,
        newBudgetFraction,
        newClass,
        newBackgroundFraction,
        ackPolicy);
  }
}
