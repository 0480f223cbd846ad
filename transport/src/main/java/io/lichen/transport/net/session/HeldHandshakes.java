// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.net.DropReason;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Handshakes for nodes with which a session is in use: they wait while that session's peer is asked
 * whether it lives (docs/wire/net-transport.md, "A node that comes back"). A node that was started
 * again cannot answer and is let in half a second later; somebody who only claims its id cannot
 * keep it from answering. On the loop.
 */
final class HeldHandshakes {
  /** Handshakes that wait at once; further ones are refused. */
  static final int MAX_HELD = 64;

  /** How long the peer has to answer. */
  static final long PATIENCE_NS = 500_000_000L;

  /** Questions, at equal distances: one may be lost. */
  static final int QUESTIONS = 3;

  private static final long QUESTION_INTERVAL_NS = 150_000_000L;

  /** Takes a request whose time has come. */
  @FunctionalInterface
  interface Acceptor {
    /** Answers it, or says why not. */
    @Nullable DropReason accept(RoutedResponder.Request request, long nowNs);
  }

  private static final class Held {
    final RoutedResponder.Request request;
    final PacketSession existing;
    final long sinceNs;
    final long packetsBefore;
    int questions = 1;

    Held(RoutedResponder.Request request, PacketSession existing, long sinceNs) {
      this.request = request;
      this.existing = existing;
      this.sinceNs = sinceNs;
      this.packetsBefore = existing.meter().packetsReceived();
    }

    boolean isAlive() {
      return existing.meter().packetsReceived() != packetsBefore;
    }

    long deadlineNs() {
      return sinceNs + (questions < QUESTIONS ? questions * QUESTION_INTERVAL_NS : PATIENCE_NS);
    }
  }

  private final EndpointContext context;
  private final Reflex reflex;
  private final Acceptor acceptor;
  private final List<Held> all = new ArrayList<>();

  HeldHandshakes(EndpointContext context, Reflex reflex, Acceptor acceptor) {
    this.context = context;
    this.reflex = reflex;
    this.acceptor = acceptor;
  }

  /** Holds a request; false if one for the same node waits already, or too many do. */
  boolean hold(RoutedResponder.Request request, PacketSession existing, long nowNs) {
    for (Held held : all) {
      if (held.request.peerNodeId() == request.peerNodeId()) {
        return false;
      }
    }
    if (all.size() >= MAX_HELD) {
      return false;
    }
    all.add(new Held(request, existing, nowNs));
    context.counters.handshakesHeld.increment();
    reflex.ask(existing);
    return true;
  }

  void onTimer(long nowNs) {
    for (Iterator<Held> each = all.iterator(); each.hasNext(); ) {
      Held held = each.next();
      if (held.deadlineNs() - nowNs <= 0 && !asksAgain(held)) {
        each.remove();
        decide(held, nowNs);
      }
    }
  }

  private boolean asksAgain(Held held) {
    if (held.questions == QUESTIONS || held.isAlive() || !held.existing.isOpen()) {
      return false;
    }
    held.questions++;
    reflex.ask(held.existing);
    return true;
  }

  private void decide(Held held, long nowNs) {
    boolean refused = held.isAlive() && held.existing.isOpen();
    DropReason reason =
        refused ? DropReason.HANDSHAKE_REFUSED : acceptor.accept(held.request, nowNs);
    if (reason != null) {
      context.drops.drop(reason);
    } else {
      context.counters.replacedWhileSilent.increment();
    }
  }

  long nextDeadlineNs() {
    long next = DatagramIn.NO_DEADLINE;
    for (int i = 0; i < all.size(); i++) {
      next = Math.min(next, all.get(i).deadlineNs());
    }
    return next;
  }
}
