// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Whether a peer has moved that knows no probes, as natives (docs/wire/net-transport.md, "Moves").
 * All of them answer the question where this node is seen; but answers do not say which question
 * they are for. So the session's own address is asked first, and another one only once that has
 * kept silent. On the loop.
 */
final class ReflexMove {
  private static final int ROUNDS = 3;
  private static final long ROUND_MS = 300;
  private static final long LAST_ROUND_MS = 900;

  /** Bytes that an address is sent for each that came from there. */
  private static final int AMPLIFICATION = 3;

  private final DirectPaths all;
  private final PacketSession session;
  private final MoveSteps steps;
  private @Nullable InetSocketAddress candidate;
  private long creditBytes;
  private boolean asksCandidate;
  private int rounds;

  ReflexMove(DirectPaths all, PacketSession session) {
    this.all = all;
    this.session = session;
    steps = new MoveSteps(all.context().loop);
  }

  /** An authentic packet, no copy, has come from another address than the session's. */
  void onPacket(InetSocketAddress from, int bytes) {
    if (steps.isPause() || session.viaRelay()) {
      return;
    }
    if (from.equals(candidate)) {
      creditBytes += (long) AMPLIFICATION * bytes;
    } else if (!asksCandidate && all.isUsable(session.address(), from)) {
      candidate = from;
      creditBytes = (long) AMPLIFICATION * bytes;
    }
    if (candidate != null && !steps.areUnderWay()) {
      all.context().counters.movesProbed.increment();
      askKnown();
    }
  }

  private void askKnown() {
    rounds++;
    all.askAt(session, session.address());
    if (rounds < ROUNDS) {
      steps.after(ROUND_MS, this::askKnown);
    } else {
      rounds = 0;
      steps.after(LAST_ROUND_MS, this::askCandidate);
    }
  }

  private void askCandidate() {
    asksCandidate = true;
    rounds++;
    if (candidate != null && creditBytes >= Reflex.QUESTION_DATAGRAM_BYTES) {
      creditBytes -= Reflex.QUESTION_DATAGRAM_BYTES;
      all.askAt(session, candidate);
    }
    if (rounds < ROUNDS) {
      steps.after(ROUND_MS, this::askCandidate);
    } else {
      steps.after(LAST_ROUND_MS, this::stop);
    }
  }

  /** The peer has got a question. */
  void onAnswer() {
    InetSocketAddress to = candidate;
    boolean hasMoved = asksCandidate;
    if (!steps.areUnderWay()) {
      return;
    }
    stop();
    if (!hasMoved) {
      all.context().counters.movesRefused.increment();
    } else if (to != null && !session.viaRelay()) {
      all.context().counters.movesFollowed.increment();
      all.move(session, to);
    }
  }

  /** Nobody is asked any more; for a while nobody will be. */
  void stop() {
    steps.end();
    candidate = null;
    creditBytes = 0;
    asksCandidate = false;
    rounds = 0;
  }
}
