// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.peer;

import io.lichen.core.work.TokenBucket;

/**
 * How many envelopes of one kind a session may still make us look at, or bear to be sent: some at
 * once, and so many a second (docs/wire/moss-mesh.md, "Limits").
 */
public final class SessionBudgets {
  private SessionBudgets() {}

  /** For announcements of peers: 60 at once, 20 a second, as the natives have it. */
  public static TokenBucket announcements(long nowNs) {
    return new TokenBucket(60, 20, nowNs);
  }

  /**
   * For announcements that we send: 20 at once, a third of what receivers take, so that what the
   * network bunches together still passes, and 20 a second.
   */
  static TokenBucket sentAnnouncements(long nowNs) {
    return new TokenBucket(20, 20, nowNs);
  }

  /**
   * For network statistics: 1024 at once, 256 a second. A thousand nodes that contribute as often
   * as they may come to 200.
   */
  public static TokenBucket statistics(long nowNs) {
    return new TokenBucket(1024, 256, nowNs);
  }

  /**
   * For the overlay: 1024 at once, 64 a second, which is room for a native's records on a thousand
   * topics.
   */
  public static TokenBucket overlay(long nowNs) {
    return new TokenBucket(1024, 64, nowNs);
  }

  /**
   * For messages of NAT traversal, those with data through a relay apart: 256 at once, 32 a second.
   * A relay's client may open 50 sessions through it, with a request and an end each.
   */
  public static TokenBucket nat(long nowNs) {
    return new TokenBucket(256, 32, nowNs);
  }

  /**
   * For frames of durable topics: 512 at once, 512 a second. An asker has one request under way for
   * each topic, and no peer answers more than 256 a second.
   */
  public static TokenBucket topics(long nowNs) {
    return new TokenBucket(512, 512, nowNs);
  }
}
