// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.transport.net.EventBatch;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetStream;
import io.lichen.transport.net.PeerFeature;
import io.lichen.transport.net.SendVerdict;
import io.lichen.transport.net.SessionEnd;
import io.lichen.transport.net.SessionStats;
import io.lichen.transport.net.StreamEvents;
import io.lichen.transport.net.StreamOptions;
import io.lichen.transport.net.StreamStats;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One end of a session of a {@link FakeNetwork}: what is sent is given to the other end's loop. */
final class FakeSession implements NetSession {
  private final FakeTransport own;
  private final FakeTransport peer;
  private final long id;
  private final InetSocketAddress address;
  private final boolean viaRelay;
  private final boolean initiator;
  private final Map<Long, Stream> streams = new ConcurrentHashMap<>();
  private final AtomicLong received = new AtomicLong();
  private volatile @Nullable FakeSession other;
  private volatile boolean open = true;

  FakeSession(
      FakeTransport own,
      FakeTransport peer,
      long id,
      InetSocketAddress address,
      boolean viaRelay,
      boolean initiator) {
    this.own = own;
    this.peer = peer;
    this.id = id;
    this.address = address;
    this.viaRelay = viaRelay;
    this.initiator = initiator;
  }

  void other(FakeSession session) {
    other = session;
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public long peerNodeId() {
    return peer.nodeId();
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public boolean viaRelay() {
    return viaRelay;
  }

  @Override
  public boolean initiator() {
    return initiator;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public SendVerdict send(int subprotocol, ByteBuf event) {
    byte[] bytes = new byte[event.readableBytes()];
    event.readBytes(bytes);
    event.release();
    if (bytes.length > EventBatch.MAX_EVENT_BYTES) {
      return SendVerdict.TOO_LARGE;
    }
    return hand(
        there -> peer.listener.onSubprotocol(there, subprotocol, Unpooled.wrappedBuffer(bytes)));
  }

  @Override
  public SendVerdict sendHeartbeat() {
    return hand(peer.listener::onHeartbeat);
  }

  @Override
  public NetStream stream(long streamId, StreamOptions options) {
    return streams.computeIfAbsent(streamId, key -> new Stream(key, options));
  }

  private SendVerdict hand(java.util.function.Consumer<FakeSession> arrival) {
    FakeSession there = other;
    if (!open || there == null) {
      return SendVerdict.CLOSED;
    }
    peer.loop()
        .tryExecute(
            () -> {
              if (there.open) {
                there.received.incrementAndGet();
                arrival.accept(there);
              }
            });
    return SendVerdict.SENT;
  }

  @Override
  public void peerSupports(Set<PeerFeature> features) {}

  @Override
  public void release(long streamId, int bytes) {}

  @Override
  public SessionStats stats() {
    return new SessionStats(0, received.get(), 0, 0, streams.size());
  }

  @Override
  public void close() {
    own.loop().tryExecute(() -> end(SessionEnd.CLOSED));
  }

  void end(SessionEnd reason) {
    if (open) {
      open = false;
      own.ended(this);
      own.listener.onSessionEnded(this, reason);
    }
  }

  private final class Stream implements NetStream {
    private final long streamId;
    private final StreamOptions options;
    private final AtomicLong sequence = new AtomicLong();
    private volatile boolean isReliable;

    private Stream(long streamId, StreamOptions options) {
      this.streamId = streamId;
      this.options = options;
      this.isReliable = options.reliable();
    }

    @Override
    public long id() {
      return streamId;
    }

    @Override
    public NetSession session() {
      return FakeSession.this;
    }

    @Override
    public StreamOptions options() {
      return options;
    }

    @Override
    public int maxEventBytes() {
      return EventBatch.MAX_EVENT_BYTES;
    }

    @Override
    public SendVerdict send(List<byte[]> events) {
      if (events.stream().anyMatch(event -> event.length > maxEventBytes())) {
        return SendVerdict.TOO_LARGE;
      }
      try (EventBatch batch = EventBatch.of(events)) {
        return publish(false, 0, 0, batch);
      }
    }

    @Override
    public SendVerdict publish(
        boolean reliable, int channelHash, long originHash, EventBatch batch) {
      isReliable = isReliable || reliable;
      byte[] bytes = new byte[batch.frames().readableBytes()];
      batch.frames().getBytes(batch.frames().readerIndex(), bytes);
      Frames frames =
          new Frames(
              streamId,
              sequence.getAndIncrement(),
              isReliable,
              channelHash,
              originHash,
              batch.count(),
              bytes);
      return hand(there -> peer.listener.onEvents(there, frames));
    }

    @Override
    public SendVerdict send(byte[] buffer, int offset, int length) {
      return send(List.of(java.util.Arrays.copyOfRange(buffer, offset, offset + length)));
    }

    @Override
    public boolean isIdle() {
      return true;
    }

    @Override
    public StreamStats stats() {
      return new StreamStats(sequence.get(), 0, 0, 0, 0, 0);
    }

    @Override
    public void close() {
      streams.remove(streamId, this);
    }
  }

  private record Frames(
      long streamId,
      long sequence,
      boolean reliable,
      int channelHash,
      long originHash,
      int count,
      byte[] frames)
      implements StreamEvents {
    @Override
    public int hold() {
      return 0;
    }

    @Override
    public void forEach(Visitor visitor) {
      ByteBuf buffer = Unpooled.wrappedBuffer(frames);
      int offset = 0;
      for (int i = 0; i < count; i++) {
        int length = buffer.getIntLE(offset);
        visitor.onEvent(i, buffer, offset + 4, length);
        offset += 4 + length;
      }
    }
  }
}
