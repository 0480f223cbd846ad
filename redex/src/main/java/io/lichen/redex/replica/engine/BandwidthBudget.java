// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import io.lichen.redex.replica.BandwidthClass;

/**
 * How many octets may be sent to replicas: a bucket that fills up with time, as upstream's
 * (docs/wire/redex-replication.md, "Budget").
 */
public final class BandwidthBudget {
  /** What upstream takes for the speed of every link, in octets per second. */
  public static final double ASSUMED_BYTES_PER_SECOND = 125_000_000;

  private static final double NS_PER_SECOND = 1e9;
  private static final long STARVED_NS = 60_000_000_000L;
  private static final double STARVED_SHARE = 0.1;
  private static final double REALTIME_SHARE = 0.5;

  private final double capacity;
  private final double backgroundFraction;
  private double tokens;
  private double debt;
  private long filledNs;
  private long backgroundNs;

  /**
   * Begins, full.
   *
   * @param bytesPerSecond and capacity
   */
  public BandwidthBudget(double bytesPerSecond, double backgroundFraction, long nowNs) {
    this.capacity = bytesPerSecond;
    this.backgroundFraction = backgroundFraction;
    this.tokens = bytesPerSecond;
    this.filledNs = nowNs;
    this.backgroundNs = nowNs;
  }

  /** Whether so many octets may be sent now; if so they are taken. */
  public boolean admit(BandwidthClass bandwidthClass, long bytes, long nowNs) {
    if (bytes == 0) {
      return true;
    }
    fill(nowNs);
    return switch (bandwidthClass) {
      case FOREGROUND -> foreground(bytes);
      case BACKGROUND -> background(bytes, nowNs);
      case REALTIME -> realtime(bytes);
    };
  }

  private void fill(long nowNs) {
    tokens = Math.min(capacity, tokens + (nowNs - filledNs) / NS_PER_SECOND * capacity);
    filledNs = nowNs;
  }

  private boolean foreground(long bytes) {
    boolean fits = tokens >= bytes || (bytes > capacity && tokens >= capacity);
    if (fits) {
      tokens = Math.max(0, tokens - bytes);
    }
    return fits;
  }

  private boolean background(long bytes, long nowNs) {
    boolean fits = tokens - bytes >= (1 - backgroundFraction) * capacity;
    boolean isStarved = nowNs - backgroundNs > STARVED_NS && bytes <= STARVED_SHARE * capacity;
    if (fits || isStarved) {
      tokens = Math.max(0, tokens - bytes);
      backgroundNs = nowNs;
    }
    return fits || isStarved;
  }

  private boolean realtime(long bytes) {
    boolean fits = bytes <= REALTIME_SHARE * capacity;
    if (fits) {
      tokens = Math.max(0, tokens - bytes);
      debt += bytes;
    }
    return fits;
  }

  /** Gives back what was not sent after all. */
  public void refund(long bytes, long nowNs) {
    fill(nowNs);
    double paid = Math.min(debt, (double) bytes);
    debt -= paid;
    tokens = Math.min(capacity, Math.floor(tokens) + bytes - paid);
  }

  /** Whole octets that could have been sent when it was last asked. */
  public long available() {
    return (long) tokens;
  }
}
