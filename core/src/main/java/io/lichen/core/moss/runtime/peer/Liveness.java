// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.peer;

import org.jspecify.annotations.Nullable;

/**
 * Decides when a peer is to be pinged and when it is to be given up (docs/wire/moss-mesh.md,
 * "Liveness"). One per session; not thread-safe; without a clock.
 *
 * <p>A ping is sent every interval. Without its pong within the timeout it counts as missed and the
 * next one follows at once; after so many in a row the session is closed. A session that showed a
 * {@link Sign} of life meanwhile is not counted as missing: its pong may be waiting behind a long
 * queue.
 *
 * <p>A session that may stand at this end only has to prove itself: it is pinged at once, and
 * closed if nothing at all comes in time.
 */
public final class Liveness {
  /** What is to be done now. */
  enum Verdict {
    /** Nothing. */
    IDLE,
    /** Send a ping and report it with {@link #pinged}. */
    PING,
    /** Close the session. */
    CLOSE
  }

  /** By what a session shows that it is not dead. */
  enum Sign {
    /** By nothing. */
    NONE,
    /** The other end takes what is sent, so slowly that it waits here. It may say nothing of it. */
    TAKES,
    /** Something came. */
    SPEAKS
  }

  /** How patient to be. */
  public record Params(long intervalNs, long timeoutNs, int maxMisses) {
    /** The nominal values of the wire: 15 s, 5 s, 6. */
    public static Params defaults() {
      return new Params(15_000_000_000L, 5_000_000_000L, 6);
    }

    /**
     * For sessions over TCP: 5 s, 2 s, 4. A router that has forgotten one may swallow it without a
     * word, so a dead one is missed within 13 s.
     */
    public static Params streams() {
      return new Params(5_000_000_000L, 2_000_000_000L, 4);
    }

    /**
     * For sessions over UDP: 5 s, 1 s, 6. Nothing says when a NAT in between has forgotten one, so
     * a dead one is missed within 11 s.
     */
    public static Params datagrams() {
      return new Params(5_000_000_000L, PROBE_TIMEOUT_NS, 6);
    }

    /** For sessions through relays: 5 s, 5 s, 3, so that a far end is missed within 20 s. */
    public static Params relayed() {
      return new Params(5_000_000_000L, 5_000_000_000L, 3);
    }
  }

  /**
   * How long a probe waits: long enough for a loaded machine, short enough for a restarted peer.
   */
  static final long PROBE_TIMEOUT_NS = 1_000_000_000L;

  /** As many pings of a doubtful session may be missed, each after {@link #PROBE_TIMEOUT_NS}. */
  static final int MAX_DOUBTFUL_MISSES = 4;

  /** How long a session may take to prove itself: as long as a ping. */
  static final long PROOF_NS = 5_000_000_000L;

  private final Params params;
  private final long beganNs;
  private boolean proven = true;
  private long lastSentNs;
  private long deadlineNs;
  private long timeoutNs;
  private @Nullable String outstanding;
  private boolean probeRequested;
  private boolean doubtful;
  private boolean signSincePing;
  private int misses;
  private long rttNs = -1;

  public Liveness(Params params, long nowNs) {
    this.params = params;
    this.beganNs = nowNs;
    this.lastSentNs = nowNs;
  }

  /** One of a session that still has to prove itself. */
  public static Liveness unproven(Params params, long nowNs) {
    Liveness liveness = new Liveness(params, nowNs);
    liveness.proven = false;
    liveness.probeRequested = true;
    return liveness;
  }

  /**
   * Looks at the time.
   *
   * @param sign of life since the last look
   */
  Verdict tick(long nowNs, Sign sign) {
    signSincePing |= sign != Sign.NONE;
    proven |= sign == Sign.SPEAKS;
    doubtful &= sign != Sign.SPEAKS;
    if (!proven && nowNs - beganNs >= PROOF_NS) {
      return Verdict.CLOSE;
    }
    if (outstanding == null) {
      boolean due = probeRequested || misses > 0 || nowNs - lastSentNs >= params.intervalNs();
      return due ? Verdict.PING : Verdict.IDLE;
    }
    if (nowNs - deadlineNs < 0) {
      return Verdict.IDLE;
    }
    if (signSincePing) {
      signSincePing = false;
      deadlineNs = nowNs + timeoutNs;
      return Verdict.IDLE;
    }
    outstanding = null;
    misses++;
    int most = doubtful ? MAX_DOUBTFUL_MISSES : params.maxMisses();
    return misses >= most ? Verdict.CLOSE : Verdict.PING;
  }

  /** A ping with this id has been sent. */
  void pinged(String requestId, long nowNs) {
    timeoutNs =
        probeRequested || doubtful
            ? Math.min(params.timeoutNs(), PROBE_TIMEOUT_NS)
            : params.timeoutNs();
    probeRequested = false;
    signSincePing = false;
    outstanding = requestId;
    lastSentNs = nowNs;
    deadlineNs = nowNs + timeoutNs;
  }

  /**
   * A pong has come.
   *
   * @return whether it answers the outstanding ping
   */
  public boolean onPong(String requestId, long nowNs) {
    if (!requestId.equals(outstanding)) {
      return false;
    }
    outstanding = null;
    misses = 0;
    rttNs = nowNs - lastSentNs;
    return true;
  }

  /**
   * Asks for a ping at the next tick with a short timeout, because something suggests that the peer
   * has gone.
   */
  void probe(long nowNs) {
    if (outstanding == null) {
      probeRequested = true;
    } else {
      deadlineNs = Math.min(deadlineNs, nowNs + PROBE_TIMEOUT_NS);
    }
  }

  /**
   * The network has changed: the session may be dead, which would else show after a minute and a
   * half. It is pinged at once and often, until anything comes over it.
   */
  void doubt(long nowNs) {
    if (!doubtful) {
      doubtful = true;
      misses = 0;
    }
    probe(nowNs);
  }

  /** Pings missed in a row; the node's loop only. */
  public int misses() {
    return misses;
  }

  /** Round-trip time of the last answered ping in nanoseconds, or -1. */
  public long rttNs() {
    return rttNs;
  }
}
