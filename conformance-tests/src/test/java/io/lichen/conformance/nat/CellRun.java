// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import io.lichen.conformance.child.Waits;
import io.lichen.conformance.moss.MeshPeer;
import java.nio.file.Path;
import java.time.Duration;

/** Plays one cell: two nodes join, the one asks for the other, and both talk from then on. */
final class CellRun {
  /** Longer than a native takes to find a direct way after a relayed one. */
  private static final Duration LIMIT = Duration.ofSeconds(25);

  /** For how long a way that has been found has to hold before it counts as what they end with. */
  private static final long SETTLE_MS = 2_000;

  private static final long TALK_INTERVAL_MS = 100;
  private static final String LEFT_SAYS = "left ";
  private static final String RIGHT_SAYS = "right ";

  private final NatCell cell;
  private final MeshPeer left;
  private final MeshPeer right;
  private final long startNs;
  private int said;
  private long saidMs = -TALK_INTERVAL_MS;
  private Reach reach = Reach.NONE;
  private long sinceMs;
  private long sessionMs = Outcome.NEVER;
  private long directMs = Outcome.NEVER;
  private long messagesMs = Outcome.NEVER;

  private CellRun(NatCell cell, MeshPeer left, MeshPeer right) {
    this.cell = cell;
    this.left = left;
    this.right = right;
    this.startNs = System.nanoTime();
  }

  /** Plays a cell in an internet of its own. */
  static Outcome play(NatCell cell, Path folder) {
    try (Meeting meeting = new Meeting(cell.relay(), folder)) {
      MeshPeer right = meeting.join(meeting.internet().router(cell.right()).host(), cell.other());
      MeshPeer left = meeting.join(meeting.internet().router(cell.left()).host(), cell.starter());
      CellRun run = new CellRun(cell, left, right);
      left.connectTo(right.id());
      Waits.holdsWithin(LIMIT, run::isOver);
      return new Outcome(run.reach, run.sessionMs, run.directMs, run.messagesMs);
    }
  }

  private boolean isOver() {
    long nowMs = (System.nanoTime() - startNs) / 1_000_000;
    look(nowMs);
    talk(nowMs);
    boolean isGood = reach.compareTo(cell.expected()) >= 0 && messagesMs != Outcome.NEVER;
    return isGood && nowMs - sinceMs >= SETTLE_MS;
  }

  private void look(long nowMs) {
    Reach one = Meeting.reach(left, right);
    Reach other = Meeting.reach(right, left);
    Reach both = one.compareTo(other) < 0 ? one : other;
    if (both != reach) {
      reach = both;
      sinceMs = nowMs;
    }
    if (both != Reach.NONE && sessionMs == Outcome.NEVER) {
      sessionMs = nowMs;
    }
    if (both == Reach.DIRECT && directMs == Outcome.NEVER) {
      directMs = nowMs;
    }
  }

  private void talk(long nowMs) {
    if (messagesMs == Outcome.NEVER && hear(left, RIGHT_SAYS) && hear(right, LEFT_SAYS)) {
      messagesMs = nowMs;
    }
    if (nowMs - saidMs >= TALK_INTERVAL_MS) {
      saidMs = nowMs;
      said++;
      Talk.say(left, LEFT_SAYS + said);
      Talk.say(right, RIGHT_SAYS + said);
    }
  }

  private static boolean hear(MeshPeer peer, String prefix) {
    return !Talk.heard(peer, prefix).isEmpty();
  }
}
