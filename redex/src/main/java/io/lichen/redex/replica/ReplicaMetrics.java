// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** What is counted for one replicated log. Thread-safe. */
public final class ReplicaMetrics {
  private static final long NEVER = -1;

  private final AtomicLong leaderLagNs = new AtomicLong(NEVER);
  private final AtomicLong replicaLagNs = new AtomicLong(NEVER);
  private final AtomicLong syncBytes = new AtomicLong();
  private final AtomicLong leaderChanges = new AtomicLong();
  private final AtomicLong underCapacity = new AtomicLong();
  private final AtomicLong skipAhead = new AtomicLong();
  private final AtomicLong electionThrash = new AtomicLong();
  private final AtomicLong witnessWithdrawals = new AtomicLong();
  private final AtomicLong announceDivergence = new AtomicLong();

  ReplicaMetrics() {}

  /** How long the most silent replica has been silent, as the leader sees it. */
  public void leaderLag(long ns) {
    leaderLagNs.set(ns);
  }

  /** How long the leader has been silent, as a replica sees it. */
  public void replicaLag(long ns) {
    replicaLagNs.set(ns);
  }

  /** So many octets were offered for sending. */
  public void syncBytes(long bytes) {
    syncBytes.addAndGet(bytes);
  }

  /** This node became leader. */
  public void leaderChanged() {
    leaderChanges.incrementAndGet();
  }

  /** A replica could not append. */
  public void underCapacity() {
    underCapacity.incrementAndGet();
  }

  /** A replica left numbers out that its leader had no more. */
  public void skippedAhead() {
    skipAhead.incrementAndGet();
  }

  /** A leader was missed. */
  public void electionThrash() {
    electionThrash.incrementAndGet();
  }

  /** A witness withdrew; nothing does yet, as upstream. */
  public void witnessWithdrew() {
    witnessWithdrawals.incrementAndGet();
  }

  /** An announcement could not be taken back. */
  public void announcementStayed() {
    announceDivergence.incrementAndGet();
  }

  /** In nanoseconds; empty before the first {@link #leaderLag}. */
  public OptionalLong leaderLagNs() {
    return known(leaderLagNs);
  }

  /** In nanoseconds; empty before the first {@link #replicaLag}. */
  public OptionalLong replicaLagNs() {
    return known(replicaLagNs);
  }

  private static OptionalLong known(AtomicLong lag) {
    long ns = lag.get();
    return ns == NEVER ? OptionalLong.empty() : OptionalLong.of(ns);
  }

  public long syncBytes() {
    return syncBytes.get();
  }

  public long leaderChanges() {
    return leaderChanges.get();
  }

  /** Appends of replicas that failed. */
  public long underCapacities() {
    return underCapacity.get();
  }

  public long skipsAhead() {
    return skipAhead.get();
  }

  public long electionThrashes() {
    return electionThrash.get();
  }

  public long witnessWithdrawals() {
    return witnessWithdrawals.get();
  }

  public long announceDivergences() {
    return announceDivergence.get();
  }
}
