// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.rate.HandshakeRate;
import java.net.InetSocketAddress;

/**
 * How many first messages are looked at, each of which costs an agreement whether it is authentic
 * or not: so many in all, and from one place; peers with a session only count for their place. On
 * the loop.
 */
final class HandshakeGate {
  /** First messages of strangers in a second: at most a quarter of a core. */
  static final int PER_SECOND = 1000;

  /** First messages of strangers at once. */
  static final int BURST = 500;

  private static final long INTERVAL_NS = 1_000_000_000L / PER_SECOND;

  private final HandshakeRate places;
  private final Sessions sessions;
  private long restedNs;
  private boolean used;

  HandshakeGate(HandshakeRate places, Sessions sessions) {
    this.places = places;
    this.sessions = sessions;
  }

  /** Whether a first message from here is looked at, which then counts. */
  boolean take(InetSocketAddress from, long nowNs) {
    boolean known = sessions.isPeer(from);
    if (!known && !hasRoom(nowNs)) {
      return false;
    }
    if (!places.take(from.getAddress(), nowNs)) {
      return false;
    }
    if (!known) {
      restedNs += INTERVAL_NS;
    }
    return true;
  }

  private boolean hasRoom(long nowNs) {
    if (!used || restedNs - nowNs < 0) {
      used = true;
      restedNs = nowNs;
    }
    return restedNs - nowNs < BURST * INTERVAL_NS;
  }
}
