// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel.proof;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Challenges that a verifier gave out: each is good once, for 30 s. A peer has four, of which the
 * oldest gives way; a peer beyond the last gets none.
 */
final class ChallengeTable {
  static final int MAX_PEERS = 4096;
  static final int MAX_OF_PEER = 4;

  private static final long LIFETIME_NS = TimeUnit.SECONDS.toNanos(30);

  // In the order of their newest challenges, so that what is over stands first.
  private final Map<Long, Deque<Given>> peers = new LinkedHashMap<>();

  /**
   * A challenge that was given out.
   *
   * @param requestNonce the request's
   * @param sessionId the session that it came in
   * @param challenge 32 octets
   * @param sinceNs when
   */
  record Given(long requestNonce, long sessionId, byte[] challenge, long sinceNs) {
    boolean isLive(long nowNs) {
      return nowNs - sinceNs < LIFETIME_NS;
    }
  }

  /** The challenge that answered this request before, or null. */
  @Nullable Given ofRequest(long nodeId, long requestNonce, long sessionId, long nowNs) {
    Deque<Given> held = peers.get(nodeId);
    if (held == null) {
      return null;
    }
    for (Given given : held) {
      if (given.requestNonce() == requestNonce
          && given.sessionId() == sessionId
          && given.isLive(nowNs)) {
        return given;
      }
    }
    return null;
  }

  /** Notes a challenge; returns whether there was room. */
  boolean add(long nodeId, Given given) {
    removeOld(given.sinceNs());
    Deque<Given> held = peers.remove(nodeId);
    if (held == null && peers.size() >= MAX_PEERS) {
      return false;
    }
    Deque<Given> challenges = held == null ? new ArrayDeque<>() : held;
    if (challenges.size() == MAX_OF_PEER) {
      challenges.removeFirst();
    }
    challenges.addLast(given);
    peers.put(nodeId, challenges);
    return true;
  }

  /** Uses a challenge up: it was given out and is live, or null. */
  @Nullable Given take(long nodeId, byte[] challenge, long nowNs) {
    Deque<Given> held = peers.get(nodeId);
    if (held == null) {
      return null;
    }
    for (Given given : held) {
      if (Arrays.equals(given.challenge(), challenge)) {
        held.remove(given);
        if (held.isEmpty()) {
          peers.remove(nodeId);
        }
        return given.isLive(nowNs) ? given : null;
      }
    }
    return null;
  }

  void removePeer(long nodeId) {
    peers.remove(nodeId);
  }

  private void removeOld(long nowNs) {
    Iterator<Deque<Given>> oldest = peers.values().iterator();
    while (oldest.hasNext() && !oldest.next().getLast().isLive(nowNs)) {
      oldest.remove();
    }
  }
}
