// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.dial;

import io.lichen.crypto.PeerId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides when which address is dialled again: the static peers, and every address that once led to
 * a session. The natives never redial a static peer, so whoever wants the link has to.
 *
 * <p>One per node, on the node's loop; without a clock.
 */
public final class Redialer {
  /**
   * How the waits grow.
   *
   * @param firstNs the wait after the first failure or loss; doubles with each further failure
   * @param eagerNs the longest wait while the link has been missing for less than {@code
   *     eagerWindowNs}: a process that restarts comes back within seconds
   * @param eagerWindowNs how long that is
   * @param maxNs the longest wait at all
   */
  public record Params(long firstNs, long eagerNs, long eagerWindowNs, long maxNs) {
    /** 250 ms, doubling, at most 2 s in the first minute and 5 min afterwards. */
    public static Params defaults() {
      return new Params(250_000_000L, 2_000_000_000L, 60_000_000_000L, 300_000_000_000L);
    }
  }

  /** Addresses remembered; static peers are not counted. */
  static final int MAX_LEARNED = 256;

  /** A session that lived for less than this counts as a failed dial. */
  private static final long SHORT_LIVED_NS = 2_000_000_000L;

  private static final class Target {
    final PeerAddress address;
    final boolean isStatic;
    @Nullable PeerId peer;
    boolean dialing;
    int failures;
    long missingSinceNs;
    long nextNs;

    Target(PeerAddress address, boolean isStatic, long nowNs) {
      this.address = address;
      this.isStatic = isStatic;
      this.missingSinceNs = nowNs;
      this.nextNs = nowNs;
    }
  }

  private final Params params;
  private final RandomGenerator random;
  private final Map<PeerAddress, Target> targets = new LinkedHashMap<>();
  private int learned;

  public Redialer(Params params, RandomGenerator random) {
    this.params = params;
    this.random = random;
  }

  /** Adds an address that shall always be connected; due at once. */
  public void addStatic(PeerAddress address, long nowNs) {
    targets.putIfAbsent(address, new Target(address, true, nowNs));
  }

  /** Addresses to dial now; they count as being dialled until the outcome is reported. */
  List<PeerAddress> takeDue(long nowNs, Predicate<PeerId> connected) {
    List<PeerAddress> due = new ArrayList<>();
    for (Target target : targets.values()) {
      PeerId peer = target.peer;
      boolean missing = peer == null || !connected.test(peer);
      if (missing && !target.dialing && nowNs - target.nextNs >= 0) {
        target.dialing = true;
        due.add(target.address);
      }
    }
    return due;
  }

  /** The peer that was last found at this address. */
  public @Nullable PeerId peerAt(PeerAddress address) {
    Target target = targets.get(address);
    return target == null ? null : target.peer;
  }

  /** Whether the configuration names this address. */
  boolean isStatic(PeerAddress address) {
    Target target = targets.get(address);
    return target != null && target.isStatic;
  }

  /** An address has led to this peer, whether or not its session was needed. */
  void reached(PeerAddress address, PeerId peer, long nowNs) {
    Target target = targets.get(address);
    if (target == null) {
      target = learn(address, nowNs);
    }
    target.peer = peer;
    target.dialing = false;
    target.missingSinceNs = nowNs;
    // In force if the session turns out to be lost without having been registered.
    target.nextNs = nowNs + waitNs(target, nowNs);
  }

  /** A dial has failed. */
  void failed(PeerAddress address, long nowNs) {
    Target target = targets.get(address);
    if (target != null) {
      target.dialing = false;
      target.nextNs = nowNs + waitNs(target, nowNs);
      target.failures++;
    }
  }

  /**
   * The session with a peer has ended.
   *
   * @param livedNs for how long it had been registered
   * @param holdOffNs at least how long to leave it alone
   */
  public void lost(PeerId peer, long livedNs, long holdOffNs, long nowNs) {
    for (Target target : targets.values()) {
      if (peer.equals(target.peer)) {
        target.failures = livedNs >= SHORT_LIVED_NS ? 0 : target.failures + 1;
        target.missingSinceNs = nowNs;
        target.nextNs = nowNs + Math.max(holdOffNs, waitNs(target, nowNs));
      }
    }
  }

  /**
   * The network has changed: everything that is missing is due now, and waits grow from the
   * beginning.
   */
  public void startOver(long nowNs) {
    for (Target target : targets.values()) {
      target.failures = 0;
      target.missingSinceNs = nowNs;
      target.nextNs = nowNs;
    }
  }

  /** Number of addresses known. */
  int size() {
    return targets.size();
  }

  private Target learn(PeerAddress address, long nowNs) {
    if (learned >= MAX_LEARNED) {
      forgetOldestLearned();
    }
    learned++;
    Target target = new Target(address, false, nowNs);
    targets.put(address, target);
    return target;
  }

  private void forgetOldestLearned() {
    for (Iterator<Target> all = targets.values().iterator(); all.hasNext(); ) {
      if (!all.next().isStatic) {
        all.remove();
        learned--;
        return;
      }
    }
  }

  private long waitNs(Target target, long nowNs) {
    boolean eager = nowNs - target.missingSinceNs < params.eagerWindowNs();
    long most = eager ? params.eagerNs() : params.maxNs();
    long doubled = params.firstNs() << Math.min(target.failures, 20);
    long wait = Math.min(doubled, most);
    // Up to a quarter less, so that many nodes do not come back at the same moment.
    return wait - random.nextLong(wait / 4 + 1);
  }
}
