// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.crypto.noise.NoiseException;
import io.lichen.transport.net.DropReason;
import io.lichen.transport.net.NetDial;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetTransportException;
import io.lichen.transport.net.NetTransportException.Reason;
import io.lichen.transport.net.handshake.NetHandshake;
import io.lichen.transport.net.handshake.SessionKeys;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The connects that are under way: one for each address if direct, one for each routing id
 * otherwise (docs/wire/net-transport.md, "Connecting"). On the loop.
 */
final class Initiations {
  /** Connects at once; more are refused. */
  static final int MAX_PENDING = 1024;

  private final EndpointContext context;
  private final HandshakePackets packets;
  private final SessionStarter starter;
  private final Map<InetSocketAddress, Initiation> direct = new HashMap<>();
  private final Map<Integer, Initiation> routed = new HashMap<>();

  Initiations(EndpointContext context, HandshakePackets packets, SessionStarter starter) {
    this.context = context;
    this.packets = packets;
    this.starter = starter;
  }

  void connect(NetDial dial, CompletableFuture<NetSession> result, long nowNs) {
    Initiation initiation = new Initiation(dial, result);
    if (initiation.isOver()) {
      return;
    }
    Reason refusal = refusal(initiation);
    if (refusal != null) {
      String peer = Long.toUnsignedString(dial.peerNodeId());
      result.completeExceptionally(
          new NetTransportException(refusal, "cannot connect to " + peer + " now"));
      return;
    }
    if (initiation.isDirect()) {
      direct.put(dial.address(), initiation);
    } else {
      routed.put((int) dial.peerNodeId(), initiation);
    }
    try {
      attempt(initiation, nowNs);
    } catch (NoiseException e) {
      remove(initiation);
      fail(initiation, Reason.BAD_KEY, "the static key is a point of low order");
    }
  }

  private @Nullable Reason refusal(Initiation initiation) {
    NetDial dial = initiation.dial;
    Initiation pending =
        initiation.isDirect()
            ? waiting(direct.get(dial.address()))
            : waiting(routed.get((int) dial.peerNodeId()));
    if (pending != null) {
      return Reason.ALREADY_CONNECTING;
    }
    return direct.size() + routed.size() >= MAX_PENDING ? Reason.TABLE_FULL : null;
  }

  /** The same if somebody still waits for it; otherwise it ends here. */
  private @Nullable Initiation waiting(@Nullable Initiation initiation) {
    if (initiation != null && initiation.isOver()) {
      remove(initiation);
      return null;
    }
    return initiation;
  }

  private void attempt(Initiation initiation, long nowNs) {
    NetDial dial = initiation.dial;
    byte[] prologue = NetHandshake.prologue(context.routingId(), (int) dial.peerNodeId());
    NetHandshake handshake = NetHandshake.initiator(context.secrets, dial.remoteStatic(), prologue);
    initiation.begin(handshake, context.config.handshakeTimeout().toNanos(), nowNs);
    if (initiation.isDirect()) {
      packets.sendDirect(dial.address(), handshake.writeDirect());
    } else {
      byte[] message = handshake.writeRouted(context.config.nodeId());
      packets.sendRouted(hop(dial), dial.peerNodeId(), message);
    }
  }

  private InetSocketAddress hop(NetDial dial) {
    InetSocketAddress hop =
        dial.way() == NetDial.Way.RELAYED ? context.listener.nextHop(dial.peerNodeId()) : null;
    return hop == null ? dial.address() : hop;
  }

  /** A direct message from an address to which a connect waits; false if none does. */
  boolean onDirect(HandshakeMessage message, long nowNs) {
    Initiation initiation = waiting(direct.get(message.from()));
    return initiation != null && complete(initiation, message, nowNs);
  }

  /** A routed message that may be an answer; false if nobody waits for it. */
  boolean onRouted(HandshakeMessage message, long nowNs) {
    Initiation initiation = waiting(routed.get(message.source()));
    return initiation != null
        && message.length() == NetHandshake.SHORT_MESSAGE_BYTES
        && complete(initiation, message, nowNs);
  }

  private boolean complete(Initiation initiation, HandshakeMessage message, long nowNs) {
    NetHandshake handshake = initiation.handshake;
    if (handshake == null) {
      return false;
    }
    if (handshake.read(message.buffer(), message.offset(), message.length()) == null) {
      // Anybody could have sent it: the attempt goes on.
      context.drops.drop(DropReason.HANDSHAKE_NOT_AUTHENTIC);
      return true;
    }
    remove(initiation);
    SessionKeys keys = handshake.keys();
    NetDial dial = initiation.dial;
    boolean relayed = dial.way() == NetDial.Way.RELAYED;
    starter.start(
        new SessionStart(keys, dial.peerNodeId(), dial.address(), relayed, true),
        initiation.result,
        nowNs);
    return true;
  }

  /**
   * Settles who gives way when both sides connect at once: the one with the higher id does. Its
   * rival's message is left unanswered once; if it comes again, this side's own was lost or has
   * undone the rival's attempt, as it does at a native.
   *
   * @param from where the rival's message came from
   * @return whether this side's attempt stands and the rival's message is not to be answered
   */
  boolean prevailsOver(int rival, InetSocketAddress from) {
    Initiation initiation = waiting(routed.get(rival));
    if (initiation == null || !initiation.ignoresRival(from)) {
      return false;
    }
    long peer = initiation.dial.peerNodeId();
    return Long.compareUnsigned(context.config.nodeId(), peer) < 0;
  }

  /** A session with the peer came about from its side: this side's connect has what it wanted. */
  void onAccepted(NetSession session) {
    Initiation initiation = waiting(routed.get((int) session.peerNodeId()));
    if (initiation != null && initiation.dial.peerNodeId() == session.peerNodeId()) {
      remove(initiation);
      initiation.result.complete(session);
    }
  }

  void onTimer(long nowNs) {
    run(direct.values(), nowNs);
    run(routed.values(), nowNs);
  }

  private void run(Collection<Initiation> initiations, long nowNs) {
    if (nextDeadlineNs(initiations) - nowNs > 0) {
      return;
    }
    for (Initiation initiation : List.copyOf(initiations)) {
      if (initiation.deadlineNs - nowNs <= 0) {
        proceed(initiation, nowNs);
      }
    }
  }

  private void proceed(Initiation initiation, long nowNs) {
    if (initiation.isOver()) {
      remove(initiation);
    } else if (initiation.handshake == null) {
      attempt(initiation, nowNs);
    } else if (initiation.hasAttemptLeft(context.config.handshakeAttempts())) {
      initiation.pause(nowNs);
    } else {
      remove(initiation);
      fail(initiation, Reason.TIMEOUT, "no valid answer from " + initiation.dial.address());
    }
  }

  private void remove(Initiation initiation) {
    direct.remove(initiation.dial.address(), initiation);
    routed.remove((int) initiation.dial.peerNodeId(), initiation);
  }

  private static void fail(Initiation initiation, Reason reason, String message) {
    initiation.result.completeExceptionally(new NetTransportException(reason, message));
  }

  long nextDeadlineNs() {
    return Math.min(nextDeadlineNs(direct.values()), nextDeadlineNs(routed.values()));
  }

  /** Asked in every turn of the loop, mostly when there is nothing: no iterator then. */
  private static long nextDeadlineNs(Collection<Initiation> initiations) {
    long next = DatagramIn.NO_DEADLINE;
    if (initiations.isEmpty()) {
      return next;
    }
    for (Initiation initiation : initiations) {
      next = Math.min(next, initiation.deadlineNs);
    }
    return next;
  }

  void close() {
    for (Initiation initiation : List.copyOf(direct.values())) {
      fail(initiation, Reason.CLOSED, "the transport is closed");
    }
    for (Initiation initiation : List.copyOf(routed.values())) {
      fail(initiation, Reason.CLOSED, "the transport is closed");
    }
    direct.clear();
    routed.clear();
  }
}
