// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.net.DropReason;
import io.lichen.transport.net.codec.LittleEndian;
import io.lichen.transport.net.handshake.NetHandshake;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Answers the routed handshakes of others (docs/wire/net-transport.md, "Accepting"). Nothing is
 * sent before a message has authenticated, and what is sent is shorter than it. On the loop.
 */
final class RoutedResponder {
  private final EndpointContext context;
  private final HandshakePackets packets;
  private final SessionStarter starter;
  private final Initiations initiations;
  private final Sessions sessions;
  private final HandshakeGate gate;
  private final HeldHandshakes held;
  private final SeenEphemerals seen = new SeenEphemerals();

  RoutedResponder(
      EndpointContext context,
      HandshakePackets packets,
      SessionStarter starter,
      Initiations initiations,
      Sessions sessions,
      HandshakeGate gate,
      Reflex reflex) {
    this.context = context;
    this.packets = packets;
    this.starter = starter;
    this.initiations = initiations;
    this.sessions = sessions;
    this.gate = gate;
    this.held = new HeldHandshakes(context, reflex, this::accept);
  }

  /** A first message, for this node. */
  void onMessage(HandshakeMessage message, long nowNs) {
    DropReason refusal = check(message, nowNs);
    if (refusal != null) {
      context.drops.drop(refusal);
    }
  }

  private @Nullable DropReason check(HandshakeMessage message, long nowNs) {
    if (message.length() < NetHandshake.ROUTED_MESSAGE_BYTES) {
      return DropReason.HANDSHAKE_MALFORMED;
    }
    long mark = NetHandshake.ephemeralMark(message.buffer(), message.offset());
    if (seen.contains(mark)) {
      return DropReason.HANDSHAKE_REPLAYED;
    }
    if (!gate.take(message.from(), nowNs)) {
      return DropReason.HANDSHAKE_RATE;
    }
    byte[] prologue = NetHandshake.prologue(message.source(), context.routingId());
    NetHandshake handshake = NetHandshake.responder(context.secrets, prologue);
    byte[] payload = handshake.read(message.buffer(), message.offset(), message.length());
    if (payload == null) {
      return DropReason.HANDSHAKE_NOT_AUTHENTIC;
    }
    seen.add(mark);
    long peer = LittleEndian.getLong(payload, 0);
    if ((int) peer != message.source() || peer == context.config.nodeId()) {
      return DropReason.HANDSHAKE_MALFORMED;
    }
    return admit(new Request(handshake, peer, message.from(), message.relayed()), nowNs);
  }

  private @Nullable DropReason admit(Request request, long nowNs) {
    if (initiations.prevailsOver((int) request.peerNodeId(), request.from())) {
      return DropReason.HANDSHAKE_REFUSED;
    }
    PacketSession existing = sessions.byNode(request.peerNodeId());
    if (existing != null && isInUse(existing)) {
      return held.hold(request, existing, nowNs) ? null : DropReason.HANDSHAKE_REFUSED;
    }
    return accept(request, nowNs);
  }

  /** One that only the peer has opened, and on which nothing is going on, is replaced at once. */
  private static boolean isInUse(PacketSession session) {
    return session.initiator() || session.streams().streams() > 0;
  }

  private @Nullable DropReason accept(Request request, long nowNs) {
    if (!starter.hasRoomFor(request.peerNodeId(), nowNs)) {
      return DropReason.TABLE_FULL;
    }
    InetSocketAddress back = wayBack(request);
    packets.sendRouted(back, request.peerNodeId(), request.handshake().writeAnswer());
    SessionStart start =
        new SessionStart(
            request.handshake().keys(), request.peerNodeId(), back, request.relayed(), false);
    PacketSession session = starter.start(start, null, nowNs);
    if (session != null) {
      initiations.onAccepted(session);
    }
    return null;
  }

  private InetSocketAddress wayBack(Request request) {
    InetSocketAddress hop =
        request.relayed() ? context.listener.nextHop(request.peerNodeId()) : null;
    return hop == null ? request.from() : hop;
  }

  void onTimer(long nowNs) {
    held.onTimer(nowNs);
  }

  long nextDeadlineNs() {
    return held.nextDeadlineNs();
  }

  /**
   * An authentic first message.
   *
   * @param handshake has read it
   * @param peerNodeId who the initiator claims to be
   * @param from where it came from
   * @param relayed whether by way of a relay
   */
  record Request(
      NetHandshake handshake, long peerNodeId, InetSocketAddress from, boolean relayed) {}
}
