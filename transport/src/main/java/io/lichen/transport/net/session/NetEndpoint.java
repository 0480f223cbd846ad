// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.net.DropReason;
import io.lichen.transport.net.NetDial;
import io.lichen.transport.net.NetLoop;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetTransportConfig;
import io.lichen.transport.net.NetTransportException;
import io.lichen.transport.net.NetTransportException.Reason;
import io.lichen.transport.net.NetTransportListener;
import io.lichen.transport.net.SessionEnd;
import io.lichen.transport.net.codec.DatagramClass;
import io.lichen.transport.net.codec.PacketHeader;
import io.lichen.transport.net.codec.RoutingHeader;
import io.lichen.transport.rate.HandshakeRate;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The engine of a socket without I/O: datagrams and times in, datagrams and calls to the listener
 * out. Everything but the counters belongs to the loop.
 */
public final class NetEndpoint implements DatagramIn {
  /** The longest datagram: a full packet behind a routing header. */
  public static final int MAX_DATAGRAM_BYTES =
      RoutingHeader.BYTES + PacketSealer.OVERHEAD_BYTES + PacketHeader.MAX_PAYLOAD_BYTES;

  /** Where datagrams are put in the scratch array: a routing header may have to go in front. */
  private static final int AT = RoutingHeader.BYTES;

  private final EndpointContext context;
  private final Sessions sessions;
  private final PacketWriter writer;
  private final WorkQueue work;
  private final Initiations initiations;
  private final Acceptances acceptances;
  private final RoutedResponder responder;
  private final HandshakeGate gate;
  private final Forwarder forwarder;
  private final DirectPaths directPaths;
  private final Inbound inbound;
  private final PacketHeader header = new PacketHeader();
  private final byte[] scratch = new byte[AT + MAX_DATAGRAM_BYTES];
  private boolean started;
  private boolean closed;
  private boolean settling;

  /**
   * An engine without sessions.
   *
   * @param loop the one on which it is called
   * @param out where its datagrams go
   * @param random where keys are drawn from
   */
  public NetEndpoint(
      NetTransportConfig config,
      NetTransportListener listener,
      NetLoop loop,
      DatagramOut out,
      SecureRandom random) {
    this(config, listener, loop, out, random, HandshakeRate.ofStrangers());
  }

  NetEndpoint(
      NetTransportConfig config,
      NetTransportListener listener,
      NetLoop loop,
      DatagramOut out,
      SecureRandom random,
      HandshakeRate places) {
    context = new EndpointContext(config, listener, loop, out, random);
    sessions = new Sessions(context);
    writer = new PacketWriter(context);
    work = new WorkQueue(loop, out, this::runWork);
    HandshakePackets packets = new HandshakePackets(context);
    SessionStarter starter = new SessionStarter(this);
    Reflex reflex = new Reflex(context);
    initiations = new Initiations(context, packets, starter);
    acceptances = new Acceptances(context, packets, starter);
    gate = new HandshakeGate(places, sessions);
    responder = new RoutedResponder(context, packets, starter, initiations, sessions, gate, reflex);
    forwarder = new Forwarder(context);
    directPaths = new DirectPaths(context, sessions, reflex, writer);
    inbound = new Inbound(context, sessions, reflex, directPaths, scratch);
  }

  // What the node asks for.

  /** A copy of this node's 32-byte static public key. */
  public byte[] publicKey() {
    return context.secrets.staticPublic().clone();
  }

  /** Waits for a direct handshake of this node. */
  public void accept(long peerNodeId, CompletableFuture<NetSession> result) {
    if (closed || started) {
      Reason reason = closed ? Reason.CLOSED : Reason.ALREADY_STARTED;
      result.completeExceptionally(
          new NetTransportException(reason, "direct handshakes are taken before the start only"));
    } else {
      acceptances.accept(peerNodeId, result, context.loop.nowNs());
    }
  }

  /** Opens a session. */
  public void connect(NetDial dial, CompletableFuture<NetSession> result) {
    if (closed) {
      result.completeExceptionally(
          new NetTransportException(Reason.CLOSED, "the transport is closed"));
    } else {
      initiations.connect(dial, result, context.loop.nowNs());
    }
  }

  /** From now on routed handshakes are answered, and further accepts refused. */
  public void start() {
    started = true;
    acceptances.onStart();
  }

  /** Sends a datagram as it is, and releases it. */
  public void sendPlain(InetSocketAddress to, ByteBuf datagram) {
    if (closed) {
      datagram.release();
    } else {
      context.out.send(to, datagram);
    }
  }

  /** Sends what is queued as far as credit allows, and ends everything. Idempotent. */
  public void close() {
    if (closed) {
      return;
    }
    runWork();
    closed = true;
    initiations.close();
    acceptances.close();
    sessions.endAll(SessionEnd.STOPPED);
  }

  /** What was dropped, by reason. Any thread. */
  public Map<DropReason, Long> drops() {
    return context.drops.snapshot();
  }

  /** Other counters by name. Any thread. */
  public Map<String, Long> counters() {
    Map<String, Long> all = new TreeMap<>(context.counters.snapshot());
    context.streamCounters.snapshot().forEach((name, total) -> all.put("stream_" + name, total));
    return all;
  }

  // What comes in.

  @Override
  public void onDatagram(InetSocketAddress from, ByteBuf datagram, long nowNs) {
    int length = datagram.readableBytes();
    context.counters.datagramsIn.increment();
    context.counters.bytesIn.add(length);
    if (length > MAX_DATAGRAM_BYTES) {
      context.drops.drop(DropReason.BAD_LENGTH);
      return;
    }
    datagram.getBytes(datagram.readerIndex(), scratch, AT, length);
    switch (DatagramClass.of(scratch, AT, length)) {
      case NAT_KEEP_ALIVE -> context.listener.onKeepAlive(from, datagram);
      case PINGWAVE -> context.listener.onPingwave(from, datagram);
      case ROUTE_HOP -> context.drops.drop(DropReason.ROUTE_HOP);
      case ROUTED -> onRouted(from, length, nowNs);
      case DIRECT -> onDirect(from, length, nowNs);
      case UNKNOWN -> context.drops.drop(DropReason.UNKNOWN_CLASS);
    }
  }

  private void onDirect(InetSocketAddress from, int length, long nowNs) {
    if (length < PacketHeader.BYTES || !header.wrap(scratch, AT).isValid()) {
      context.drops.drop(DropReason.BAD_HEADER);
      return;
    }
    int bodyAt = AT + PacketHeader.BYTES;
    int bodyBytes = length - PacketHeader.BYTES;
    if (header.isHandshake()) {
      onDirectHandshake(new HandshakeMessage(from, 0, false, scratch, bodyAt, bodyBytes), nowNs);
    } else if (!inbound.onPacket(from, header, scratch, bodyAt, bodyBytes, nowNs)
        && !forwarder.rescue(from, header.sessionId(), scratch, AT, length, nowNs)) {
      context.drops.drop(DropReason.UNKNOWN_SESSION);
    }
  }

  private void onDirectHandshake(HandshakeMessage message, long nowNs) {
    if (initiations.onDirect(message, nowNs)) {
      return;
    }
    if (!acceptances.isWaiting()) {
      onEarlyHandshake(message, nowNs);
    } else if (!gate.take(message.from(), nowNs)) {
      context.drops.drop(DropReason.HANDSHAKE_RATE);
    } else {
      acceptances.onDirect(message, nowNs);
    }
  }

  private void onEarlyHandshake(HandshakeMessage message, long nowNs) {
    if (started) {
      context.drops.drop(DropReason.HANDSHAKE_UNEXPECTED);
    } else {
      acceptances.keepEarly(message, nowNs);
    }
  }

  private void onRouted(InetSocketAddress from, int length, long nowNs) {
    int innerAt = AT + RoutingHeader.BYTES;
    if (!header.wrap(scratch, innerAt).isValid()) {
      context.drops.drop(DropReason.BAD_HEADER);
    } else if (RoutingHeader.destination(scratch, AT) != context.config.nodeId()) {
      forwarder.forward(from, header, scratch, AT, length, nowNs);
    } else if (header.isHandshake()) {
      onRoutedHandshake(from, innerAt, length, nowNs);
    } else {
      int overhead = RoutingHeader.BYTES + PacketHeader.BYTES;
      if (!inbound.onPacket(null, header, scratch, AT + overhead, length - overhead, nowNs)) {
        context.drops.drop(DropReason.UNKNOWN_SESSION);
      }
    }
  }

  private void onRoutedHandshake(InetSocketAddress from, int innerAt, int length, long nowNs) {
    HandshakeMessage message =
        new HandshakeMessage(
            from,
            RoutingHeader.source(scratch, AT),
            RoutingHeader.hopCount(scratch, AT) > 0,
            scratch,
            innerAt + PacketHeader.BYTES,
            length - RoutingHeader.BYTES - PacketHeader.BYTES);
    if (initiations.onRouted(message, nowNs)) {
      return;
    }
    if (started) {
      responder.onMessage(message, nowNs);
    } else {
      context.drops.drop(DropReason.HANDSHAKE_UNEXPECTED);
    }
  }

  // Time.

  @Override
  public void onBatchEnd(long nowNs) {
    settle(nowNs);
  }

  @Override
  public void onTimer(long nowNs) {
    initiations.onTimer(nowNs);
    acceptances.onTimer(nowNs);
    responder.onTimer(nowNs);
    sessions.onTimer(nowNs);
    settle(nowNs);
  }

  @Override
  public long nextDeadlineNs() {
    long handshakes = Math.min(initiations.nextDeadlineNs(), acceptances.nextDeadlineNs());
    return Math.min(Math.min(handshakes, responder.nextDeadlineNs()), sessions.nextDeadlineNs());
  }

  /** Looks after the sessions that were touched when the loop has done what it is at. */
  void settleSoon() {
    if (!settling) {
      settling = true;
      work.wake();
    }
  }

  private void runWork() {
    settling = false;
    if (!closed) {
      settle(context.loop.nowNs());
    }
  }

  /** Acknowledges, then sends what has found room. */
  private void settle(long nowNs) {
    sessions.settle(nowNs);
    work.run(nowNs);
    sessions.settle(nowNs);
  }

  // For the parts.

  EndpointContext context() {
    return context;
  }

  Sessions sessions() {
    return sessions;
  }

  PacketWriter writer() {
    return writer;
  }

  DirectPaths directPaths() {
    return directPaths;
  }

  WorkQueue work() {
    return work;
  }
}
