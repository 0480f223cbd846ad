// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.peer;

/**
 * How many envelopes of one kind a session may still make us look at, or bear to be sent: some at
 * once, and so many a second (docs/wire/moss-mesh.md, "Limits"). Not thread-safe.
 */
public final class SessionBudget {
  private final double capacity;
  private final double perNs;
  private double tokens;
  private long lastNs;

  private SessionBudget(double capacity, double perSecond, long nowNs) {
    this.capacity = capacity;
    this.perNs = perSecond / 1e9;
    this.tokens = capacity;
    this.lastNs = nowNs;
  }

  /** For announcements of peers: 60 at once, 20 a second, as the natives have it. */
  public static SessionBudget announcements(long nowNs) {
    return new SessionBudget(60, 20, nowNs);
  }

  /**
   * For announcements that we send: 20 at once, a third of what receivers take, so that what the
   * network bunches together still passes, and 20 a second.
   */
  static SessionBudget sentAnnouncements(long nowNs) {
    return new SessionBudget(20, 20, nowNs);
  }

  /**
   * For network statistics: 1024 at once, 256 a second. A thousand nodes that contribute as often
   * as they may come to 200.
   */
  public static SessionBudget statistics(long nowNs) {
    return new SessionBudget(1024, 256, nowNs);
  }

  /**
   * For the overlay: 1024 at once, 64 a second, which is room for a native's records on a thousand
   * topics.
   */
  public static SessionBudget overlay(long nowNs) {
    return new SessionBudget(1024, 64, nowNs);
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
