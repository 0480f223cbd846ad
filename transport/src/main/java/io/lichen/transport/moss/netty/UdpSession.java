// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.codec.DatagramView;
import io.lichen.transport.moss.handshake.Established;
import io.lichen.transport.moss.session.OutboundQueue;
import io.lichen.transport.moss.session.UdpPacketOpener;
import io.lichen.transport.moss.session.UdpPacketSealer;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A session with one address at a time on the node's UDP socket. */
final class UdpSession extends NettySession {
  /** Packets held while nobody takes them; the reference's default. */
  static final int HELD_PACKETS_MAX = 256;

  private static final int PACKETS_PER_BATCH = 64;
  private static final int BATCHES_PER_TURN = 8;

  private final UdpEndpoint endpoint;
  private final UdpPacketSealer sealer;
  private final UdpPacketOpener opener;
  private final Deque<byte[]> held = new ArrayDeque<>();
  private final Whereabouts whereabouts;
  private boolean reading = true;
  private boolean confirmed;
  private boolean touched;
  private @Nullable UdpSession successor;
  private long successorUntilNs;

  UdpSession(
      TransportContext context,
      UdpEndpoint endpoint,
      EventLoop loop,
      Established established,
      InetSocketAddress remoteAddress,
      boolean outbound) {
    super(context, loop, established, remoteAddress, outbound);
    this.endpoint = endpoint;
    this.sealer = new UdpPacketSealer(established.keys().sendKey());
    this.opener = new UdpPacketOpener(established.keys().receiveKey());
    this.whereabouts = new Whereabouts(super.remoteAddress(), opener);
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return whereabouts.address();
  }

  @Override
  public Carrier carrier() {
    return Carrier.UDP;
  }

  @Override
  public int maxPayloadBytes() {
    return endpoint.maxPayloadBytes();
  }

  @Override
  public CompletableFuture<InetSocketAddress> observe(Duration timeout) {
    return endpoint.observe(this, timeout);
  }

  /** Opens a packet of this address; true if the handler was given one. */
  boolean onPacket(DatagramView datagram) {
    int length = opener.open(datagram.buffer(), datagram.offset(), datagram.length());
    if (length < 0) {
      context.ledger().count("udp_packet_refused");
      return false;
    }
    countIn(datagram.length());
    whereabouts.heard(System.nanoTime());
    if (!confirmed) {
      confirmed = true;
      endpoint.onConfirmed(this);
    }
    int offset = datagram.offset() + UdpPacketSealer.SEQUENCE_BYTES;
    if (handler != null && reading) {
      deliver(datagram.buffer(), offset, length);
      return true;
    }
    if (held.size() < HELD_PACKETS_MAX) {
      held.add(Arrays.copyOfRange(datagram.buffer(), offset, offset + length));
    } else {
      context.ledger().count("udp_packet_not_taken");
    }
    return false;
  }

  /** Where the peer is; what comes from elsewhere may show that it has moved. */
  Whereabouts whereabouts() {
    return whereabouts;
  }

  /** The peer is elsewhere now: what has begun at its former address leads nowhere. */
  void moved() {
    successor = null;
  }

  /**
   * Another handshake with the same peer is complete. If the peer keeps its session, this one stays
   * and the other is forgotten after a while; if not, the other shows that by a packet.
   */
  void succeedBy(UdpSession session, long untilNs) {
    successor = session;
    successorUntilNs = untilNs;
    session.greet();
  }

  /** Who takes this session's place since a datagram is of its making; usually {@code null}. */
  @Nullable UdpSession successor(DatagramView datagram) {
    UdpSession candidate = successor;
    if (candidate == null) {
      return null;
    }
    if (System.nanoTime() - successorUntilNs >= 0) {
      successor = null;
      return null;
    }
    boolean speaks =
        candidate.opener.recognizes(datagram.buffer(), datagram.offset(), datagram.length());
    return speaks ? candidate : null;
  }

  /** Greets whoever may take this session's place: kind 3 came again, so nothing was heard. */
  void greetSuccessor() {
    UdpSession candidate = successor;
    if (candidate != null) {
      candidate.greet();
    }
  }

  /** Shows the other side that this session stands. */
  private void greet() {
    endpoint.sendNothing(remoteAddress(), sealer);
  }

  @Override
  void startReading() {
    deliverHeld();
  }

  @Override
  void applyReading(boolean wanted) {
    reading = wanted;
    deliverHeld();
  }

  private void deliverHeld() {
    if (handler == null || held.isEmpty()) {
      return;
    }
    try {
      while (reading && !held.isEmpty() && isOpen()) {
        byte[] packet = held.remove();
        deliver(packet, 0, packet.length);
      }
      completeBatch();
    } catch (RuntimeException e) {
      onError(e);
    }
  }

  /** Marks that a batch is under way; true the first time. */
  boolean touch() {
    boolean first = !touched;
    touched = true;
    return first;
  }

  void completeBatch() {
    touched = false;
    if (handler != null && isOpen()) {
      handler.onBatchComplete();
    }
  }

  @Override
  void closeSocket() {
    finish(CloseReason.LOCAL_CLOSED);
  }

  /** Ends the session without a word to the other side: there is none on this wire. */
  void finish(CloseReason reason) {
    held.clear();
    successor = null;
    endpoint.remove(this);
    end(reason);
  }

  @Override
  int batchesPerTurn() {
    return BATCHES_PER_TURN;
  }

  @Override
  boolean takesMore() {
    if (endpoint.isWritable()) {
      return true;
    }
    endpoint.resumeLater(this);
    return false;
  }

  @Override
  void writeBatch() {
    long cost = 0;
    int packets = 0;
    ChannelFuture last = null;
    byte @Nullable [] payload = queue.poll();
    while (payload != null) {
      cost += OutboundQueue.cost(payload);
      last = endpoint.writePacket(remoteAddress(), sealer, payload);
      countOut(payload.length + (long) UdpPacketSealer.OVERHEAD_BYTES);
      boolean full = ++packets == PACKETS_PER_BATCH || !endpoint.isWritable();
      payload = full ? null : queue.poll();
    }
    long released = cost;
    if (last != null) {
      last.addListener(future -> release(released));
      endpoint.flush();
    }
  }
}
