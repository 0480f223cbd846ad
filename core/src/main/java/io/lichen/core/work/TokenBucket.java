// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.work;

/** So many at once, so many a second. Not thread-safe. */
public final class TokenBucket {
  private final double capacity;
  private final double perNs;
  private double tokens;
  private long lastNs;

  /** A full one. */
  public TokenBucket(int capacity, int perSecond, long nowNs) {
    this.capacity = capacity;
    this.perNs = perSecond / 1e9;
    this.tokens = capacity;
    this.lastNs = nowNs;
  }

  /** Takes one token if there is one. */
  public boolean take(long nowNs) {
    tokens = Math.min(capacity, tokens + (nowNs - lastNs) * perNs);
    lastNs = nowNs;
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }
}
