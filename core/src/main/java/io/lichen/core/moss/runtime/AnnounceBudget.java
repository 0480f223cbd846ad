// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

/**
 * How many announcements one session may still make us look at: 60 at once, 20 a second
 * (docs/wire/moss-mesh.md, "Limits"). Not thread-safe.
 */
final class AnnounceBudget {
  private static final double CAPACITY = 60;
  private static final double PER_NS = 20 / 1e9;

  private double tokens = CAPACITY;
  private long lastNs;

  AnnounceBudget(long nowNs) {
    this.lastNs = nowNs;
  }

  /** Takes one token if there is one. */
  boolean take(long nowNs) {
    tokens = Math.min(CAPACITY, tokens + (nowNs - lastNs) * PER_NS);
    lastNs = nowNs;
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }
}
