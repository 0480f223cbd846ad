// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.publish;

import io.lichen.core.moss.runtime.channel.ChannelRoute;
import io.lichen.core.moss.runtime.peer.PeerLink;
import java.util.HashMap;
import java.util.Map;

/**
 * Knows whether a peer has just joined that may still have to say which topics it is on: it does so
 * right after the handshake, not with it. A publish in that moment would find nobody, though the
 * peer is there and subscribed. Written by the node's loop, read by publishers.
 *
 * <p>Counts beats of the loop, a tenth of a second apart, and not time: on a machine that stands
 * still for a while nobody can say anything, nor would it be heard.
 */
public final class FreshPeers {
  /** How long a peer from which nothing has come yet is given: about a second. */
  static final int FIRST_WORD_BEATS = 10;

  /**
   * How long it is given after its first word, since its topics follow its introduction at once:
   * one whole beat, whenever in a beat that word came.
   */
  static final int MORE_WORDS_BEATS = 2;

  private final Map<PeerLink, Integer> beatsLeft = new HashMap<>();
  private volatile boolean any;

  /** A peer has joined. */
  public void joined(PeerLink link) {
    beatsLeft.put(link, FIRST_WORD_BEATS);
    any = true;
  }

  /** An announcement has come from a peer. */
  public void heard(PeerLink link) {
    if (any) {
      beatsLeft.computeIfPresent(link, (peer, left) -> Math.min(left, MORE_WORDS_BEATS));
    }
  }

  /** A peer has left. */
  public void left(PeerLink link) {
    beatsLeft.remove(link);
    any = !beatsLeft.isEmpty();
  }

  /** A tenth of a second is over. */
  public void beat() {
    if (any) {
      beatsLeft.replaceAll((link, left) -> left - 1);
      beatsLeft.values().removeIf(left -> left <= 0);
      any = !beatsLeft.isEmpty();
    }
  }

  /**
   * Whether a route without targets may get some at any moment. A session that has ended is none:
   * another one to the same peer may have taken its place a moment ago.
   */
  boolean mayStillAnnounce(ChannelRoute route) {
    PeerLink[] targets = route.targets();
    return targets != null && any && !hasOpen(targets);
  }

  private static boolean hasOpen(PeerLink[] targets) {
    for (PeerLink target : targets) {
      if (target.session().isOpen()) {
        return true;
      }
    }
    return false;
  }
}
