// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.net.EventBatch;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetStream;
import io.lichen.transport.net.PeerFeature;
import io.lichen.transport.net.SendVerdict;
import io.lichen.transport.net.SessionEnd;
import io.lichen.transport.net.SessionStats;
import io.lichen.transport.net.StreamEnd;
import io.lichen.transport.net.StreamOptions;
import io.lichen.transport.net.codec.EventFrames;
import io.lichen.transport.net.codec.RoutingHeader;
import io.lichen.transport.net.stream.SessionStreams;
import io.lichen.transport.net.stream.StreamOutput;
import io.lichen.transport.net.stream.StreamPacket;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One session: its ciphers, its streams, and the doors for other threads. What is not marked as
 * public API belongs to the loop.
 */
final class PacketSession implements NetSession, StreamOutput {
  /** Messages of other threads that may wait for the loop; further ones are refused. */
  private static final int MAX_WAITING_MESSAGES = 1024;

  private final NetEndpoint endpoint;
  private final SessionStart start;
  private final PacketSealer sealer;
  private final PacketOpener opener;
  private final SessionStreams streams;
  private final SessionMeter meter = new SessionMeter();
  private final OutboundStreams outbound;
  private final Map<Integer, long[]> sequences = new HashMap<>();
  private final AtomicInteger waitingMessages = new AtomicInteger();
  private final DeliveredEvents delivered;
  private volatile boolean open = true;
  private volatile @Nullable InetSocketAddress direct;
  private volatile int maxEventBytes;

  // Kept by the heap of deadlines, the list of touched sessions and the table.
  long deadlineNs;
  int heapIndex = -1;
  boolean touched;
  long lastReceivedNs;
  boolean confirmed;
  private @Nullable InetSocketAddress seenAs;
  private boolean silenced;

  PacketSession(NetEndpoint endpoint, SessionStart start, long nowNs) {
    this.endpoint = endpoint;
    this.start = start;
    long id = start.keys().sessionId();
    EndpointContext context = endpoint.context();
    sealer = new PacketSealer(start.keys().sendKey(), id);
    opener = new PacketOpener(start.keys().receiveKey(), id);
    streams =
        new SessionStreams(context.streamSettings, context.pool, this, context.streamCounters);
    delivered = new DeliveredEvents(streams, context.drops);
    outbound = new OutboundStreams(this, endpoint);
    maxEventBytes = maxPayloadBytes() - EventFrames.PREFIX_BYTES;
    lastReceivedNs = nowNs;
  }

  // What it is.

  @Override
  public long id() {
    return start.keys().sessionId();
  }

  @Override
  public long peerNodeId() {
    return start.peerNodeId();
  }

  @Override
  public InetSocketAddress address() {
    InetSocketAddress now = direct;
    return now == null ? start.address() : now;
  }

  @Override
  public boolean viaRelay() {
    return start.viaRelay() && direct == null;
  }

  @Override
  public boolean initiator() {
    return start.initiator();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public SessionStats stats() {
    return new SessionStats(
        meter.packetsSent(),
        meter.packetsReceived(),
        meter.bytesSent(),
        meter.bytesReceived(),
        streams.streams());
  }

  int maxEventBytes() {
    return maxEventBytes;
  }

  /**
   * Natives read 8192 bytes of a datagram, routing header included. Who began behind a relay may
   * have to go back there.
   */
  int maxPayloadBytes() {
    return beganRelayed()
        ? EventBatch.MAX_PAYLOAD_BYTES - RoutingHeader.BYTES
        : EventBatch.MAX_PAYLOAD_BYTES;
  }

  // What other threads ask for.

  @Override
  public SendVerdict send(int id, ByteBuf event) {
    if (id < 1 || id > 0xFFFF) {
      event.release();
      throw new IllegalArgumentException("subprotocol " + id + " is not in 1 to 65535");
    }
    if (event.readableBytes() > maxPayloadBytes() - EventFrames.PREFIX_BYTES) {
      event.release();
      return SendVerdict.TOO_LARGE;
    }
    SendVerdict verdict = submit(() -> sendNow(id, event));
    if (verdict != SendVerdict.SENT) {
      event.release();
    }
    return verdict;
  }

  @Override
  public SendVerdict sendHeartbeat() {
    return submit(
        () -> {
          if (open) {
            endpoint.writer().heartbeat(this);
          }
        });
  }

  @Override
  public NetStream stream(long streamId, StreamOptions options) {
    return outbound.open(streamId, options);
  }

  @Override
  public void peerSupports(Set<PeerFeature> features) {
    boolean ackRanges =
        features.contains(PeerFeature.ACK_RANGES) && endpoint.context().config.ackRanges();
    // Pieces are cut to fill a packet, which is too long behind a routing header.
    boolean fragments = features.contains(PeerFeature.FRAGMENTS) && !beganRelayed();
    boolean directPaths = features.contains(PeerFeature.DIRECT_PATHS);
    maxEventBytes =
        fragments ? SessionStreams.MAX_EVENT_BYTES : maxPayloadBytes() - EventFrames.PREFIX_BYTES;
    // Not a message that may find no room: what a peer understands is said seldom.
    var unused =
        onLoop(
            () -> {
              streams.peerReadsAckRanges(ackRanges);
              streams.peerReassembles(fragments);
              endpoint.directPaths().peerSupports(this, directPaths);
            });
  }

  @Override
  public void silence(boolean quiet) {
    var unused = onLoop(() -> silenced = quiet && !endpoint.directPaths().isFollowed(this));
  }

  boolean isSilenced() {
    return silenced;
  }

  @Override
  public boolean tryPath(InetSocketAddress address) {
    return open && endpoint.directPaths().tryPath(this, address);
  }

  @Override
  public void release(long streamId, int bytes) {
    var unused = onLoop(() -> releaseNow(streamId, bytes));
  }

  private void releaseNow(long streamId, int bytes) {
    if (open) {
      streams.release(streamId, bytes, endpoint.context().loop.nowNs());
      endpoint.sessions().touch(this);
      endpoint.settleSoon();
    }
  }

  @Override
  public void close() {
    var unused = onLoop(() -> endpoint.sessions().end(this, SessionEnd.CLOSED));
  }

  /** Runs a message of this session on the loop, or says why not. */
  private SendVerdict submit(Runnable message) {
    if (!open) {
      return SendVerdict.CLOSED;
    }
    if (endpoint.context().loop.inLoop()) {
      message.run();
      return SendVerdict.SENT;
    }
    if (waitingMessages.incrementAndGet() > MAX_WAITING_MESSAGES) {
      waitingMessages.decrementAndGet();
      return SendVerdict.FULL;
    }
    boolean taken =
        onLoop(
            () -> {
              waitingMessages.decrementAndGet();
              message.run();
            });
    return taken ? SendVerdict.SENT : SendVerdict.CLOSED;
  }

  /** Runs a task on the loop, at once if this is it; false if the transport is closed. */
  boolean onLoop(Runnable task) {
    if (endpoint.context().loop.inLoop()) {
      task.run();
      return true;
    }
    try {
      endpoint.context().loop.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /** Sends one event of a subprotocol and releases it. */
  void sendNow(int id, ByteBuf event) {
    try {
      if (open) {
        endpoint.writer().subprotocol(this, id, nextSequence(id), event);
      }
    } finally {
      event.release();
    }
  }

  /** Counts the packets of a subprotocol. */
  long nextSequence(int id) {
    return sequences.computeIfAbsent(id, key -> new long[1])[0]++;
  }

  // Its path, for the loop.

  /** Whether it began behind a relay, wherever its packets go now. */
  boolean beganRelayed() {
    return start.viaRelay();
  }

  /** The relay behind which it began. */
  InetSocketAddress relayAddress() {
    return start.address();
  }

  /** Where its packets go from now on; {@code null} for where they went at the beginning. */
  void moved(@Nullable InetSocketAddress address) {
    direct = address;
  }

  /** Where the peer sees this node, if it has said. */
  @Nullable InetSocketAddress seenAs() {
    return seenAs;
  }

  void seenAs(@Nullable InetSocketAddress address) {
    seenAs = address;
  }

  // What its parts are, for the loop.

  PacketSealer sealer() {
    return sealer;
  }

  PacketOpener opener() {
    return opener;
  }

  SessionStreams streams() {
    return streams;
  }

  SessionMeter meter() {
    return meter;
  }

  OutboundStreams outbound() {
    return outbound;
  }

  /** The session is over: nothing is sent or delivered any more. */
  void ended() {
    open = false;
    endpoint.directPaths().ended(this);
    outbound.close();
    streams.close();
  }

  // What the streams want.

  @Override
  public void transmit(StreamPacket packet) {
    if (open) {
      endpoint.writer().stream(this, packet);
    }
  }

  @Override
  public void deliver(StreamPacket packet) {
    endpoint.context().listener.onEvents(this, delivered.of(packet));
  }

  @Override
  public void onWritable(long streamId) {
    outbound.onWritable(streamId);
  }

  @Override
  public void onStreamEnd(long streamId, StreamEnd reason) {
    endpoint.context().listener.onStreamEnded(this, streamId, reason);
  }

  @Override
  public void onGap(long streamId, long sequence, long count) {
    endpoint.context().listener.onStreamGap(this, streamId, sequence, count);
  }
}
