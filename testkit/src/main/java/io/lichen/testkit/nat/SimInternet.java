// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.nat;

import io.lichen.testkit.VirtualTime;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Datagrams between hosts on public addresses and behind NATs, in virtual time. Whatever is random
 * here comes from the seed. Not thread-safe.
 */
public final class SimInternet {
  /** 11.0.0.0: the documentation ranges are too small for thousands of NATs. */
  private static final int PUBLIC = 0x0b00_0000;

  private static final int PRIVATE = 0x0a00_0000;
  private static final long LATENCY_NS = 10_000_000;

  final VirtualTime time;
  final SplittableRandom random;
  private final SimSegment outside;
  private long minLatencyNs = LATENCY_NS;
  private long maxLatencyNs = LATENCY_NS;
  private double loss;
  private int networks;

  /**
   * An empty one, with 10 ms between any two hosts.
   *
   * @param seed of loss, latency and ports
   */
  public SimInternet(VirtualTime time, long seed) {
    this.time = Objects.requireNonNull(time);
    this.random = new SplittableRandom(seed);
    this.outside = new SimSegment(this, null, PUBLIC);
  }

  /** The clock that it runs by. */
  public VirtualTime time() {
    return time;
  }

  /**
   * How long datagrams take from now on, each its own time.
   *
   * @param minNs nanoseconds, at least 0
   * @param maxNs nanoseconds, at least {@code minNs}
   */
  public void latency(long minNs, long maxNs) {
    if (minNs < 0 || maxNs < minNs) {
      throw new IllegalArgumentException(minNs + ".." + maxNs + " ns, must be 0 <= min <= max");
    }
    minLatencyNs = minNs;
    maxLatencyNs = maxNs;
  }

  /** The share of datagrams, 0..1, that get lost from now on. */
  public void loss(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("loss is " + share + ", must be in 0..1");
    }
    loss = share;
  }

  /** Adds a host on a public address. */
  public SimUdpHost host() {
    return outside.host();
  }

  /** Adds a NAT on a public address. */
  public SimNat nat(NatRules rules) {
    return outside.nat(rules);
  }

  /** A private network that no other has: 10.x.y.0/24. */
  int nextNetwork() {
    return PRIVATE + (++networks << 8);
  }

  /** Brings something about after the time on the way, or never. */
  void carry(Runnable arrival) {
    if (loss > 0 && random.nextDouble() < loss) {
      return;
    }
    long spreadNs = maxLatencyNs - minLatencyNs;
    time.schedule(minLatencyNs + (spreadNs == 0 ? 0 : random.nextLong(spreadNs + 1)), arrival);
  }
}
