// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.net.DropReason;
import io.lichen.transport.net.EventBatch;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetStream;
import io.lichen.transport.net.SendVerdict;
import io.lichen.transport.net.StreamEnd;
import io.lichen.transport.net.StreamOptions;
import io.lichen.transport.net.StreamStats;
import io.lichen.transport.net.codec.EventFrames;
import io.lichen.transport.net.stream.OfferVerdict;
import io.lichen.transport.net.stream.StreamPacket;
import io.lichen.transport.net.stream.StreamPool;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The sending side of a stream: events come from any thread, packets leave on the loop. */
final class OutboundStream implements NetStream {
  /** Packets that leave before other streams have their turn. */
  private static final int PACKETS_PER_TURN = 8;

  /** What a piece of a long event costs in credit beyond its own bytes. */
  private static final int PIECE_OVERHEAD_BYTES = PacketSealer.OVERHEAD_BYTES + 4;

  private final PacketSession session;
  private final NetEndpoint endpoint;
  private final long id;
  private final StreamOptions options;
  private final OutboundQueue queue;

  // For the work queue: whether it is in there, and what comes after it.
  final AtomicBoolean submitted = new AtomicBoolean();
  @Nullable OutboundStream nextSubmitted;

  // On the loop: the packet that found no room, the records behind it, and those that are empty.
  private @Nullable StreamPacket refused;
  private @Nullable Outgoing taken;
  private @Nullable Outgoing spent;

  OutboundStream(PacketSession session, NetEndpoint endpoint, long id, StreamOptions options) {
    this.session = session;
    this.endpoint = endpoint;
    this.id = id;
    this.options = options;
    this.queue = new OutboundQueue(endpoint.context().allocator, session.maxPayloadBytes());
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public NetSession session() {
    return session;
  }

  @Override
  public StreamOptions options() {
    return options;
  }

  @Override
  public int maxEventBytes() {
    return session.maxEventBytes();
  }

  @Override
  public SendVerdict send(byte[] buffer, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (!fits(length)) {
      return SendVerdict.TOO_LARGE;
    }
    return submitted(queue.add(buffer, offset, length, maxWaitNs()));
  }

  @Override
  public SendVerdict send(List<byte[]> events) {
    if (events.isEmpty()) {
      return session.isOpen() ? SendVerdict.SENT : SendVerdict.CLOSED;
    }
    for (byte[] event : events) {
      if (!fits(event.length)) {
        return SendVerdict.TOO_LARGE;
      }
    }
    return submitted(queue.add(events, EventBatch.payloadBytes(events), maxWaitNs()));
  }

  @Override
  public SendVerdict publish(boolean reliable, int channelHash, long originHash, EventBatch batch) {
    if (batch.frames().readableBytes() > session.maxPayloadBytes()) {
      return SendVerdict.TOO_LARGE;
    }
    return submitted(queue.add(batch, reliable, channelHash, originHash, maxWaitNs()));
  }

  /** Whether the peer can take the event, and the window could ever admit all of its pieces. */
  private boolean fits(int length) {
    if (length <= session.maxPayloadBytes() - EventFrames.PREFIX_BYTES) {
      return true;
    }
    int pieces = (length + EventBatch.MAX_EVENT_BYTES - 1) / EventBatch.MAX_EVENT_BYTES;
    int window = options.windowBytes();
    return length <= session.maxEventBytes()
        && (window == 0 || length + pieces * PIECE_OVERHEAD_BYTES <= window);
  }

  /** On the loop nobody may wait: the loop itself makes the room. */
  private long maxWaitNs() {
    boolean waits = options.whenFull() == StreamOptions.WhenFull.BLOCK;
    return waits && !endpoint.context().loop.inLoop() ? options.maxWait().toNanos() : 0;
  }

  private SendVerdict submitted(SendVerdict verdict) {
    if (verdict == SendVerdict.SENT) {
      endpoint.work().submit(this);
    }
    return verdict;
  }

  @Override
  public boolean isIdle() {
    return ask(
        () -> queue.queuedBytes() == 0 && refused == null && session.streams().isIdle(id), true);
  }

  @Override
  public StreamStats stats() {
    return ask(
        () -> session.streams().stats(id, queue.queuedBytes() + refusedBytes()),
        new StreamStats(0, 0, 0, 0, 0, 0));
  }

  /** What the loop answers; the other value if it runs no more. */
  private <T> T ask(Supplier<T> question, T whenClosed) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    boolean asked = session.onLoop(() -> answer.complete(question.get()));
    return asked ? answer.join() : whenClosed;
  }

  @Override
  public void close() {
    session.outbound().remove(this);
    queue.close();
    var unused = session.onLoop(this::dropTaken);
  }

  // On the loop.

  /**
   * Hands packets to the session's streams until there is no room, nothing left, or others should
   * have their turn.
   *
   * @return whether more could be sent at once
   */
  boolean drain(long nowNs) {
    endpoint.sessions().touch(session);
    boolean more = true;
    for (int i = 0; i < PACKETS_PER_TURN && more; i++) {
      more = sendNext(nowNs);
    }
    queue.giveBack(spent);
    spent = null;
    return more;
  }

  /** Whether there was a packet, and it has gone. */
  private boolean sendNext(long nowNs) {
    StreamPacket packet = next();
    if (packet == null) {
      return false;
    }
    OfferVerdict verdict = session.streams().offer(packet, options.windowBytes(), nowNs);
    if (verdict == OfferVerdict.FULL) {
      refused = packet;
      return false;
    }
    if (verdict != OfferVerdict.TAKEN) {
      lost(packet);
    }
    return true;
  }

  private @Nullable StreamPacket next() {
    StreamPacket packet = refused;
    refused = null;
    if (packet != null) {
      return packet;
    }
    Outgoing outgoing = taken == null ? queue.take(PACKETS_PER_TURN) : taken;
    if (outgoing == null) {
      return null;
    }
    taken = outgoing.next;
    outgoing.next = spent;
    spent = outgoing;
    return endpoint
        .context()
        .pool
        .take()
        .begin(id, options.reliable() || outgoing.reliable)
        .published(outgoing.channelHash, outgoing.originHash)
        .payload(outgoing.frames, outgoing.events);
  }

  /** The peer takes less than when the event was queued, or all of its streams are busy. */
  private void lost(StreamPacket packet) {
    endpoint.context().pool.giveBack(packet);
    endpoint.context().drops.drop(DropReason.SEND_FAILED);
    session.onStreamEnd(id, StreamEnd.GAVE_UP);
  }

  private int refusedBytes() {
    StreamPacket packet = refused;
    return packet == null ? 0 : packet.frames().readableBytes();
  }

  /** Drops everything, for the session has ended. */
  void ended() {
    queue.close();
    dropTaken();
  }

  private void dropTaken() {
    for (Outgoing outgoing = taken; outgoing != null; outgoing = outgoing.next) {
      outgoing.frames.release();
    }
    taken = null;
    StreamPacket packet = refused;
    if (packet != null) {
      refused = null;
      StreamPool pool = endpoint.context().pool;
      pool.giveBack(packet);
    }
  }
}
