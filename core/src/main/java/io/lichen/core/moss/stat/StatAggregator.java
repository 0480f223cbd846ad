// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.stat;

import io.lichen.core.moss.NetworkStats;
import io.lichen.crypto.PeerId;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * One node's share in the network statistics: contributes its own numbers, takes those of others,
 * and keeps the last epochs and the digests of the ones before. Deterministic given the random
 * source and the times, which are Unix seconds. Not thread-safe.
 *
 * <p>Only contributions to the current epoch, the one before and the one after are taken: whoever
 * invents a distant epoch changes nothing (docs/wire/moss-stats.md, "Window").
 */
public final class StatAggregator {
  /** Digests kept: a day of epochs of five minutes. */
  public static final int MAX_CHAIN = 288;

  /** What became of a contribution. */
  public enum Outcome {
    /** It said something new: the others should hear it too. */
    NEW,
    /** It, or a later revision of it, was known. */
    KNOWN,
    /** Its epoch is too far from the current one. */
    OUT_OF_WINDOW
  }

  private final StatParams params;
  private final PeerId self;
  private final LaplaceNoise noise;
  private final TreeMap<Long, EpochSnapshot> open = new TreeMap<>();
  private final TreeMap<Long, byte[]> chain = new TreeMap<>();
  private long ownEpoch = -1;
  private long ownSequence;
  private long evicted;

  /**
   * Makes one that knows nothing yet.
   *
   * @param random for the noise; must not be predictable
   */
  public StatAggregator(StatParams params, PeerId self, RandomGenerator random) {
    this.params = params;
    this.self = self;
    this.noise = new LaplaceNoise(random, params.epsilon());
  }

  /**
   * Makes and takes this node's contribution to the current epoch.
   *
   * @param bandwidthIn bytes received since the epoch began
   * @param bandwidthOut bytes sent since then
   * @param degree number of peers
   * @param natType the name of this node's NAT type
   * @return what to tell the others
   */
  public StatDelta contribute(
      long unixSec, long bandwidthIn, long bandwidthOut, int degree, String natType) {
    long epoch = params.epochAt(unixSec);
    StatMetrics metrics =
        new StatMetrics(
            noise.apply(bandwidthIn, params.bandwidthCapBytes()),
            noise.apply(bandwidthOut, params.bandwidthCapBytes()),
            Math.min(degree, params.degreeCap()),
            natType,
            nextSequence(epoch, unixSec));
    StatDelta delta = new StatDelta(epoch, EpochId.derive(epoch, self), metrics);
    apply(delta, unixSec);
    return delta;
  }

  /** Takes a contribution. */
  public Outcome apply(StatDelta delta, long unixSec) {
    long now = params.epochAt(unixSec);
    long ahead = delta.epoch() - now;
    if (delta.epoch() < 0 || ahead < -1 || ahead > 1) {
      return Outcome.OUT_OF_WINDOW;
    }
    if (chain.containsKey(delta.epoch())) {
      return Outcome.OUT_OF_WINDOW;
    }
    EpochSnapshot snapshot = open.computeIfAbsent(delta.epoch(), EpochSnapshot::new);
    long evictedBefore = snapshot.evicted();
    boolean said = snapshot.contribute(delta.id(), delta.metrics());
    evicted += snapshot.evicted() - evictedBefore;
    roll(now);
    return said ? Outcome.NEW : Outcome.KNOWN;
  }

  /** What is known now; about the latest epoch that has begun and to which somebody contributed. */
  public NetworkStats report(long unixSec) {
    Map.Entry<Long, EpochSnapshot> latest = open.floorEntry(params.epochAt(unixSec));
    return latest == null
        ? NetworkStats.empty()
        : StatReport.of(latest.getValue(), chain, params.kAnon());
  }

  /** Contributions that had to go since this was last asked, because an epoch had too many. */
  public long takeEvicted() {
    long taken = evicted;
    evicted = 0;
    return taken;
  }

  /**
   * Revisions start anew with each epoch, for a counter that went on would link the epochs of a
   * node; and they follow the clock, so that a node that restarts goes on above what it said.
   */
  private long nextSequence(long epoch, long unixSec) {
    long last = epoch == ownEpoch ? ownSequence : 0;
    ownEpoch = epoch;
    ownSequence = Math.max(last, Math.max(0, unixSec) % params.epochSec()) + 1;
    return ownSequence;
  }

  /** An epoch is closed, and its digest kept, once there are two later ones that have begun. */
  private void roll(long now) {
    // Left by a clock that was ahead for a while.
    open.tailMap(now + 1, false).clear();
    chain.tailMap(now, false).clear();
    Long latest = open.floorKey(now);
    if (latest == null) {
      return;
    }
    Iterator<EpochSnapshot> leaving = open.headMap(latest - 1, false).values().iterator();
    while (leaving.hasNext()) {
      EpochSnapshot snapshot = leaving.next();
      leaving.remove();
      chain.put(snapshot.epoch(), snapshot.digest(StatReport.previous(chain, snapshot.epoch())));
    }
    while (chain.size() > MAX_CHAIN) {
      chain.pollFirstEntry();
    }
  }
}
