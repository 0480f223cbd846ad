// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.net.DropReason;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetTransportConfig;
import io.lichen.transport.net.NetTransportException;
import io.lichen.transport.net.NetTransportException.Reason;
import io.lichen.transport.net.handshake.NetHandshake;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The accepts that wait for a direct handshake (docs/wire/net-transport.md, "Accepting"). Every
 * first message is tried against all of them, since it does not say whose it is. On the loop.
 */
final class Acceptances {
  /** Accepts at once: each costs every stranger's message one agreement. */
  static final int MAX_PENDING = 64;

  private static final long PAUSE_STEP_NS = 100_000_000L;

  private static final class Acceptance {
    final long peerNodeId;
    final CompletableFuture<NetSession> result;
    final long deadlineNs;
    @Nullable PacketSession session;

    Acceptance(long peerNodeId, CompletableFuture<NetSession> result, long deadlineNs) {
      this.peerNodeId = peerNodeId;
      this.result = result;
      this.deadlineNs = deadlineNs;
    }

    /** A peer that has been heard in its session got the answer and will not begin again. */
    boolean isOver() {
      return session != null && (session.confirmed || !session.isOpen());
    }
  }

  private final EndpointContext context;
  private final HandshakePackets packets;
  private final SessionStarter starter;
  private final EarlyMessages early;
  private final List<Acceptance> pending = new ArrayList<>();

  Acceptances(EndpointContext context, HandshakePackets packets, SessionStarter starter) {
    this.context = context;
    this.packets = packets;
    this.starter = starter;
    this.early = new EarlyMessages(context);
  }

  void accept(long peerNodeId, CompletableFuture<NetSession> result, long nowNs) {
    pending.removeIf(Acceptance::isOver);
    if (pending.size() >= MAX_PENDING) {
      String message = MAX_PENDING + " accepts are waiting already";
      result.completeExceptionally(new NetTransportException(Reason.TABLE_FULL, message));
      return;
    }
    Acceptance acceptance = new Acceptance(peerNodeId, result, nowNs + patienceNs());
    pending.add(acceptance);
    early.offer(message -> answers(acceptance, message, nowNs));
  }

  /** As long as all attempts of an initiator that begins at the same time take. */
  private long patienceNs() {
    NetTransportConfig config = context.config;
    long attempts = config.handshakeAttempts();
    long pauses = attempts * (attempts - 1) / 2;
    return attempts * config.handshakeTimeout().toNanos() + pauses * PAUSE_STEP_NS;
  }

  /** Whether anybody waits for a direct handshake. */
  boolean isWaiting() {
    return !pending.isEmpty();
  }

  /** A first message for which nobody waits yet. */
  void keepEarly(HandshakeMessage message, long nowNs) {
    early.keep(message, nowNs);
  }

  /** The node has started: no further accepts will come. */
  void onStart() {
    early.clear();
  }

  /** A first message of a direct handshake, from anybody. */
  void onDirect(HandshakeMessage message, long nowNs) {
    for (Iterator<Acceptance> each = pending.iterator(); each.hasNext(); ) {
      Acceptance acceptance = each.next();
      if (acceptance.isOver()) {
        each.remove();
      } else if (answers(acceptance, message, nowNs)) {
        return;
      }
    }
    context.drops.drop(DropReason.HANDSHAKE_NOT_AUTHENTIC);
  }

  private boolean answers(Acceptance acceptance, HandshakeMessage message, long nowNs) {
    byte[] prologue = NetHandshake.prologue((int) acceptance.peerNodeId, context.routingId());
    NetHandshake handshake = NetHandshake.responder(context.secrets, prologue);
    if (handshake.read(message.buffer(), message.offset(), message.length()) == null) {
      return false;
    }
    if (!starter.hasRoomFor(acceptance.peerNodeId, nowNs)) {
      context.drops.drop(DropReason.TABLE_FULL);
      return true;
    }
    packets.sendDirect(message.from(), handshake.writeAnswer());
    // It stays until the peer is heard: if the answer is lost, the peer begins again.
    acceptance.session =
        starter.start(
            new SessionStart(handshake.keys(), acceptance.peerNodeId, message.from(), false, false),
            acceptance.result,
            nowNs);
    return true;
  }

  void onTimer(long nowNs) {
    early.onTimer(nowNs);
    for (Iterator<Acceptance> each = pending.iterator(); each.hasNext(); ) {
      Acceptance acceptance = each.next();
      if (acceptance.deadlineNs - nowNs <= 0) {
        each.remove();
        fail(acceptance, Reason.TIMEOUT, "no handshake came");
      }
    }
  }

  long nextDeadlineNs() {
    long next = early.nextDeadlineNs();
    for (int i = 0; i < pending.size(); i++) {
      next = Math.min(next, pending.get(i).deadlineNs);
    }
    return next;
  }

  void close() {
    early.clear();
    pending.forEach(each -> fail(each, Reason.CLOSED, "the transport is closed"));
    pending.clear();
  }

  /** Does nothing to one that has its session. */
  private static void fail(Acceptance acceptance, Reason reason, String why) {
    String peer = Long.toUnsignedString(acceptance.peerNodeId);
    acceptance.result.completeExceptionally(
        new NetTransportException(reason, why + " for node " + peer));
  }
}
