// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.net.NetDial;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.handshake.NetHandshake;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One connect: its attempts, one after the other, each with fresh keys. On the loop. */
final class Initiation {
  private static final long PAUSE_STEP_NS = 100_000_000L;

  final NetDial dial;
  final CompletableFuture<NetSession> result;

  /** The attempt that waits for its answer; {@code null} in a pause. */
  @Nullable NetHandshake handshake;

  /** When the attempt or the pause is over. */
  long deadlineNs;

  private int attempts;

  /** Whether a rival handshake of the peer has been left unanswered during this attempt. */
  private boolean ignoredRival;

  /** The same of one from another address than this one dials, in any attempt. */
  private boolean ignoredFromElsewhere;

  Initiation(NetDial dial, CompletableFuture<NetSession> result) {
    this.dial = dial;
    this.result = result;
  }

  boolean isDirect() {
    return dial.way() == NetDial.Way.DIRECT;
  }

  void begin(NetHandshake next, long timeoutNs, long nowNs) {
    handshake = next;
    ignoredRival = false;
    attempts++;
    deadlineNs = nowNs + timeoutNs;
  }

  /** The attempt has failed; the next one begins later the more have failed. */
  void pause(long nowNs) {
    handshake = null;
    deadlineNs = nowNs + attempts * PAUSE_STEP_NS;
  }

  /**
   * Whether a rival handshake of the peer is one to leave unanswered, which it counts as then: one
   * in each attempt. Where the peer is not where it is dialled, one in all: of this side's attempts
   * it may hear nothing.
   */
  boolean ignoresRival(InetSocketAddress from) {
    boolean isElsewhere = !from.equals(dial.address());
    if (ignoredRival || (isElsewhere && ignoredFromElsewhere)) {
      return false;
    }
    ignoredRival = true;
    ignoredFromElsewhere |= isElsewhere;
    return true;
  }

  /** Whether nobody waits for it any more: it was cancelled, or settled in another way. */
  boolean isOver() {
    return result.isDone();
  }

  boolean hasAttemptLeft(int allowed) {
    return attempts < allowed;
  }
}
