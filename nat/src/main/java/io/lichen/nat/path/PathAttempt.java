// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.path;

/**
 * One attempt at a direct path to one other end: a dial to what is known of it, with a head start
 * before the punch, and a last dial once the punch has opened what it could. A path that the other
 * end opens meanwhile counts as well.
 *
 * <p>Not thread-safe; knows no wire, sockets or clock. Times are of one monotonic clock.
 */
public final class PathAttempt {
  /** What an attempt wants done; called while one of its methods runs. */
  public interface Output {
    /** Dials all addresses that are known; answered by {@link #dialFailed} unless it succeeds. */
    void dial(long budgetNs, long nowNs);

    /** Punches; answered by {@link #punchFailed} unless it succeeds. */
    void punch(long budgetNs, long nowNs);

    /** It has ended: what is under way is to be given up. Called once. */
    void over(PathEnd end, long nowNs);
  }

  /**
   * What is known beforehand.
   *
   * @param dialable whether there is an address to dial
   * @param shortProbe whether little is to be hoped for from that; see {@link ShortProbe}
   * @param punchable whether a punch may be tried; see {@link PairTable}
   */
  public record Terms(boolean dialable, boolean shortProbe, boolean punchable) {}

  /** A NAT is likely: the dial gets just what a host nearby needs. */
  private static final long SHORT_START_NS = 100_000_000L;

  /** The dial is likely to succeed, and a punch costs two others something. */
  private static final long LONG_START_NS = 750_000_000L;

  private final Terms terms;
  private final long deadlineNs;
  private final Output output;
  private long punchAtNs = Long.MAX_VALUE;
  private boolean dialing;
  private boolean punching;
  private boolean punched;
  private boolean over;

  /**
   * Prepares one.
   *
   * @param deadlineNs when it is given up
   */
  public PathAttempt(Terms terms, long deadlineNs, Output output) {
    this.terms = terms;
    this.deadlineNs = deadlineNs;
    this.output = output;
  }

  /** Begins. */
  public void start(long nowNs) {
    punchAtNs = nowNs;
    if (terms.dialable()) {
      punchAtNs = nowNs + (terms.shortProbe() ? SHORT_START_NS : LONG_START_NS);
      dialing = true;
      output.dial(Budgets.firstDialNs(deadlineNs - nowNs, terms.shortProbe()), nowNs);
    }
    onTimer(nowNs);
  }

  /** All addresses have been dialled in vain. */
  public void dialFailed(long nowNs) {
    if (over || !dialing) {
      return;
    }
    dialing = false;
    punchAtNs = nowNs;
    onTimer(nowNs);
  }

  /** The punch has led nowhere. */
  public void punchFailed(long nowNs) {
    if (over || !punching) {
      return;
    }
    punching = false;
    long leftNs = Budgets.lastDialNs(deadlineNs - nowNs, terms.shortProbe());
    if (terms.dialable() && !dialing && leftNs > 0) {
      dialing = true;
      output.dial(leftNs, nowNs);
    }
    onTimer(nowNs);
  }

  /** There is a direct path, whoever opened it. */
  public void connected(long nowNs) {
    end(PathEnd.DIRECT, nowNs);
  }

  /** Nobody wants it any more. */
  public void cancel(long nowNs) {
    end(PathEnd.CANCELLED, nowNs);
  }

  /** Whether it has ended. */
  public boolean isOver() {
    return over;
  }

  /** The time that {@link #nextDeadlineNs} said has come, or something has ended. */
  public void onTimer(long nowNs) {
    if (over) {
      return;
    }
    if (nowNs - deadlineNs >= 0) {
      end(PathEnd.TIMED_OUT, nowNs);
    } else if (terms.punchable() && !punched && nowNs - punchAtNs >= 0) {
      punched = true;
      punching = true;
      output.punch(deadlineNs - nowNs, nowNs);
    } else if (!dialing && !punching && (punched || !terms.punchable())) {
      end(PathEnd.EXHAUSTED, nowNs);
    }
  }

  /** When {@link #onTimer} is due; {@link Long#MAX_VALUE} when it is over. */
  public long nextDeadlineNs() {
    if (over) {
      return Long.MAX_VALUE;
    }
    boolean waits = terms.punchable() && !punched;
    return waits && punchAtNs - deadlineNs < 0 ? punchAtNs : deadlineNs;
  }

  private void end(PathEnd end, long nowNs) {
    if (!over) {
      over = true;
      output.over(end, nowNs);
    }
  }
}
