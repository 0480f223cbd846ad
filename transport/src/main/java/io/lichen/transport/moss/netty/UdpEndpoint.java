// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.lichen.crypto.PeerId;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.codec.DatagramKind;
import io.lichen.transport.moss.codec.DatagramView;
import io.lichen.transport.moss.codec.ObserveCodec;
import io.lichen.transport.moss.session.UdpPacketSealer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The UDP socket with all its peers: takes datagrams apart, leads them to handshakes, sessions and
 * observers, and writes (docs/wire/moss-transport.md, "UDP carrier"). On the socket's event loop.
 */
final class UdpEndpoint extends ChannelInboundHandlerAdapter {
  private final TransportContext context;
  private final UdpWriter writer;
  private final UdpObserver observer;
  private final UdpDialer dialer;
  private final UdpStun stun;
  private final UdpMoves moves = new UdpMoves();
  private final Map<InetSocketAddress, UdpSession> sessions = new HashMap<>();
  private final List<UdpSession> batch = new ArrayList<>();
  private final Set<UdpSession> blocked = new LinkedHashSet<>();
  private final DatagramView view = new DatagramView();

  UdpEndpoint(TransportContext context, UdpWriter writer, SecureRandom random) {
    this.context = context;
    this.writer = writer;
    this.observer =
        new UdpObserver(
            writer.loop(),
            random,
            (to, token) -> writer.send(to, DatagramKind.OBSERVE_REQUEST, token));
    this.dialer = new UdpDialer(context, this, writer);
    this.stun = new UdpStun(writer, context.ledger());
  }

  UdpDialer dialer() {
    return dialer;
  }

  UdpStun stun() {
    return stun;
  }

  // What comes in.

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    DatagramPacket packet = (DatagramPacket) message;
    try {
      ByteBuf content = packet.content();
      int length = content.readableBytes();
      byte[] scratch = context.loopBuffers().inbound();
      if (length > 0 && length <= scratch.length) {
        content.readBytes(scratch, 0, length);
        onDatagram(packet.sender(), scratch, length);
      }
    } finally {
      packet.release();
    }
  }

  private void onDatagram(InetSocketAddress from, byte[] octets, int length) {
    if (stun.takes(from, octets, length)) {
      return;
    }
    if (!writer.codec().open(octets, 0, length, view)) {
      context.ledger().refuse("udp_undecodable", from, "not of this network");
      return;
    }
    switch (view.kind()) {
      case DatagramKind.INIT, DatagramKind.RESPONSE, DatagramKind.DONE ->
          dialer.onDatagram(from, view);
      case DatagramKind.PACKET -> onPacket(from);
      case DatagramKind.OBSERVE_REQUEST -> onObserveRequest(from);
      case DatagramKind.OBSERVE_RESPONSE ->
          observer.onAnswer(from, view.buffer(), view.offset(), view.length());
      default -> context.ledger().refuse("udp_unknown_kind", from, "kind " + view.kind());
    }
  }

  private void onPacket(InetSocketAddress from) {
    UdpSession session = sessions.get(from);
    session = session == null ? movedTo(from) : session;
    if (session == null) {
      context.ledger().count("udp_packet_without_session");
      return;
    }
    UdpSession successor = session.successor(view);
    if (successor != null) {
      replace(session, successor);
      session = successor;
    }
    try {
      if (session.onPacket(view) && session.touch()) {
        batch.add(session);
      }
    } catch (RuntimeException e) {
      session.onError(e);
    }
  }

  /** The session whose peer has shown by a packet that it is at this address now. */
  private @Nullable UdpSession movedTo(InetSocketAddress to) {
    long nowNs = System.nanoTime();
    UdpSession session = moves.find(to, view, sessions.values(), nowNs);
    if (session != null) {
      sessions.remove(session.remoteAddress(), session);
      dialer.onMoved(session);
      session.moved();
      session.whereabouts().move(to, view, nowNs);
      sessions.put(session.remoteAddress(), session);
      context.ledger().count("udp_session_moved");
    }
    return session;
  }

  private void onObserveRequest(InetSocketAddress from) {
    if (view.length() == ObserveCodec.TOKEN_BYTES && sessions.containsKey(from)) {
      byte[] answer = ObserveCodec.answer(view.buffer(), view.offset(), from);
      writer.send(from, DatagramKind.OBSERVE_RESPONSE, answer);
    } else {
      context.ledger().count("udp_observe_refused");
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    for (UdpSession session : batch) {
      try {
        session.completeBatch();
      } catch (RuntimeException e) {
        session.onError(e);
      }
    }
    batch.clear();
    writer.flush();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // ICMP errors of earlier sends surface on reads; the socket lives on.
    context.ledger().refuse("udp_error", null, cause.toString());
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    dialer.close();
    observer.close();
    for (UdpSession session : List.copyOf(sessions.values())) {
      session.finish(CloseReason.STOPPED);
    }
  }

  // Sessions.

  @Nullable PeerId sessionWith(InetSocketAddress address) {
    UdpSession session = sessions.get(address);
    return session == null ? null : session.remoteId();
  }

  /**
   * Adds a session.
   *
   * @return whether it stands; if not, there is one with its address, which it follows with its
   *     first packet
   */
  boolean add(UdpSession session) {
    UdpSession present = sessions.get(session.remoteAddress());
    if (present != null && !present.isOpen()) {
      present.finish(CloseReason.REMOTE_CLOSED);
    } else if (present != null) {
      long patienceNs = context.config().handshakeTimeout().toNanos();
      present.succeedBy(session, System.nanoTime() + patienceNs);
      return false;
    }
    sessions.put(session.remoteAddress(), session);
    context.sessions().add(session);
    return true;
  }

  /** The peer speaks in its new session: the old one is of no use any more. */
  private void replace(UdpSession old, UdpSession successor) {
    context.ledger().count("udp_session_replaced");
    sessions.put(successor.remoteAddress(), successor);
    context.sessions().add(successor);
    old.close(CloseReason.REMOTE_CLOSED);
    dialer.onReplaced(successor);
  }

  /** Kind 3 has come from an address. */
  void onDone(InetSocketAddress from) {
    UdpSession session = sessions.get(from);
    if (session != null) {
      session.greetSuccessor();
    }
  }

  void remove(UdpSession session) {
    blocked.remove(session);
    if (sessions.remove(session.remoteAddress(), session)) {
      dialer.onSessionEnded(session);
    }
  }

  void onConfirmed(UdpSession session) {
    dialer.onConfirmed(session);
  }

  CompletableFuture<InetSocketAddress> observe(UdpSession session, Duration timeout) {
    CompletableFuture<InetSocketAddress> result = new CompletableFuture<>();
    if (!session.onLoop(() -> observer.ask(session.remoteAddress(), timeout, result))) {
      result.completeExceptionally(TransportContext.closed());
    }
    return result;
  }

  // What goes out.

  int maxPayloadBytes() {
    return writer.maxPayloadBytes();
  }

  boolean isWritable() {
    return writer.isWritable();
  }

  void flush() {
    writer.flush();
  }

  ChannelFuture writePacket(InetSocketAddress to, UdpPacketSealer sealer, byte[] payload) {
    return writer.writePacket(to, sealer, payload);
  }

  void sendNothing(InetSocketAddress to, UdpPacketSealer sealer) {
    writer.sendNothing(to, sealer);
  }

  /** Remembers a session that has more to send than the socket takes now. */
  void resumeLater(UdpSession session) {
    blocked.add(session);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (!ctx.channel().isWritable() || blocked.isEmpty()) {
      return;
    }
    List<UdpSession> waiting = List.copyOf(blocked);
    blocked.clear();
    waiting.forEach(UdpSession::drain);
  }
}
