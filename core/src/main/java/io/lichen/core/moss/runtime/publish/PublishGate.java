// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.publish;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.runtime.channel.ChannelRoute;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.runtime.peer.SlowPeers;
import io.lichen.core.moss.runtime.work.NodeCounters;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where publishes wait while a peer that they go to is congested, or while the node's loop is
 * behind. A peer that stays congested for longer than the limit is shed, and the publish goes on.
 *
 * <p>Who drains something calls {@link #signal}, which costs one volatile read when nobody waits.
 */
public final class PublishGate {
  /**
   * How often a waiting publish looks by itself: a slow peer drains by small steps for which nobody
   * signals.
   */
  private static final long LOOK_INTERVAL_NS = 20_000_000L;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final BooleanSupplier loopIsBehind;
  private final SlowPeers slowPeers;
  private final LongSupplier clockNs;
  private final NodeCounters counters;
  private final AtomicInteger waiters = new AtomicInteger();
  private volatile boolean closed;

  /**
   * Makes an open one.
   *
   * @param loopIsBehind whether the hand-over to the loop is full
   * @param slowPeers judges the peers that are waited for
   */
  public PublishGate(
      BooleanSupplier loopIsBehind,
      SlowPeers slowPeers,
      LongSupplier clockNs,
      NodeCounters counters) {
    this.loopIsBehind = loopIsBehind;
    this.slowPeers = slowPeers;
    this.clockNs = clockNs;
    this.counters = counters;
  }

  /** Whether a publish on this route would pass at once. */
  boolean isOpen(ChannelRoute route) {
    return !closed && !loopIsBehind.getAsBoolean() && congested(route) == null;
  }

  /**
   * Waits until nothing is in the way of a publish on this route.
   *
   * @throws MossException {@link MossError#NOT_STARTED} if the node stops meanwhile
   */
  void await(ChannelRoute route) {
    if (isOpen(route)) {
      return;
    }
    long startNs = clockNs.getAsLong();
    lock.lock();
    waiters.incrementAndGet();
    try {
      while (!isOpen(route) && !closed) {
        judgeTargets(route);
        awaitChange(LOOK_INTERVAL_NS);
      }
    } finally {
      waiters.decrementAndGet();
      lock.unlock();
      counters.publishWaits.increment();
      counters.publishWaitNs.add(clockNs.getAsLong() - startNs);
    }
    if (closed) {
      throw new MossException(MossError.NOT_STARTED, "the node was stopped");
    }
  }

  /**
   * Waits until somebody would get a publish on this route, or no new peer can be expected to say
   * that it is on it.
   */
  void awaitTargets(ChannelRoute route, FreshPeers freshPeers) {
    lock.lock();
    waiters.incrementAndGet();
    try {
      while (freshPeers.mayStillAnnounce(route) && !closed) {
        awaitChange(LOOK_INTERVAL_NS);
      }
    } finally {
      waiters.decrementAndGet();
      lock.unlock();
    }
  }

  /** Something that publishes may wait for has changed; any thread. */
  public void signal() {
    if (waiters.get() > 0) {
      lock.lock();
      try {
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Lets everyone go with an error, now and in future. */
  public void close() {
    closed = true;
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("WaitNotInLoop") // the callers loop
  private void awaitChange(long ns) {
    try {
      changed.awaitNanos(ns);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MossException(MossError.INTERNAL, "interrupted while waiting to publish", e);
    }
  }

  private void judgeTargets(ChannelRoute route) {
    long now = clockNs.getAsLong();
    PeerLink[] targets = route.targets();
    if (targets == null) {
      return;
    }
    for (PeerLink link : targets) {
      slowPeers.judge(link, now);
    }
  }

  private static @Nullable PeerLink congested(ChannelRoute route) {
    PeerLink[] targets = route.targets();
    if (targets == null) {
      return null;
    }
    for (PeerLink link : targets) {
      if (link.isCongested()) {
        return link;
      }
    }
    return null;
  }
}
