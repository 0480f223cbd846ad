// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.lichen.crypto.PeerId;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.HandshakeMode;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.SendResult;
import io.lichen.transport.moss.SessionHandler;
import io.lichen.transport.moss.codec.MuxPacket;
import io.lichen.transport.moss.handshake.Established;
import io.lichen.transport.moss.session.OutboundQueue;
import io.lichen.transport.netty.Remotes;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What sessions of both carriers have in common: who is at the other end, the outbound queue, the
 * handler and the end. Everything not public runs on the event loop unless it says otherwise.
 */
abstract class NettySession implements MossSession {
  private static final Logger LOG = LoggerFactory.getLogger(NettySession.class);

  final EventLoop loop;
  final TransportContext context;
  final OutboundQueue queue;
  @Nullable SessionHandler handler;

  private final Established established;
  private final InetSocketAddress remoteAddress;
  private final boolean outbound;
  private final AtomicBoolean startRequested = new AtomicBoolean();
  private final AtomicReference<@Nullable CloseReason> closeReason = new AtomicReference<>();
  private final AtomicLong bytesIn = new AtomicLong();
  private final AtomicLong bytesOut = new AtomicLong();
  private boolean ended;
  private boolean draining;

  NettySession(
      TransportContext context,
      EventLoop loop,
      Established established,
      InetSocketAddress remoteAddress,
      boolean outbound) {
    this.context = context;
    this.loop = loop;
    this.established = established;
    this.remoteAddress = Remotes.withoutNeedlessZone(remoteAddress);
    this.outbound = outbound;
    this.queue =
        new OutboundQueue(context.config().highWaterBytes(), context.config().maxQueuedBytes());
  }

  @Override
  public PeerId remoteId() {
    return established.remoteId();
  }

  @Override
  public byte[] remoteStatic() {
    return established.remoteStatic().clone();
  }

  @Override
  public boolean outbound() {
    return outbound;
  }

  @Override
  public HandshakeMode handshakeMode() {
    return established.mode();
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return remoteAddress;
  }

  @Override
  public boolean isOpen() {
    return closeReason.get() == null;
  }

  @Override
  public void start(SessionHandler newHandler) {
    if (!startRequested.compareAndSet(false, true)) {
      throw new IllegalStateException("the session with " + remoteId() + " was started before");
    }
    if (loop.inEventLoop()) {
      begin(newHandler);
    } else if (!onLoop(() -> begin(newHandler))) {
      newHandler.onClosed(endReason());
    }
  }

  private void begin(SessionHandler newHandler) {
    if (ended) {
      newHandler.onClosed(endReason());
      return;
    }
    handler = newHandler;
    startReading();
  }

  @Override
  public SendResult send(byte[] payload) {
    if (!isOpen()) {
      return SendResult.CLOSED;
    }
    if (payload.length > maxPayloadBytes()) {
      return SendResult.TOO_LARGE;
    }
    if (!queue.offer(payload)) {
      return SendResult.OVERFLOW;
    }
    if (queue.claimDrain() && !onLoop(this::drain)) {
      return SendResult.CLOSED;
    }
    return SendResult.QUEUED;
  }

  @Override
  public long pendingBytes() {
    return queue.pendingBytes();
  }

  @Override
  public boolean isWritable() {
    return queue.isWritable();
  }

  @Override
  public long bytesIn() {
    return bytesIn.getPlain();
  }

  @Override
  public long bytesOut() {
    return bytesOut.getPlain();
  }

  @Override
  public void setReading(boolean reading) {
    if (!reading && loop.inEventLoop()) {
      // At once, so that as little as possible comes after.
      applyReading(false);
    } else {
      onLoop(() -> applyReading(reading));
    }
  }

  @Override
  public void close(CloseReason reason) {
    if (closeReason.compareAndSet(null, reason)) {
      if (loop.inEventLoop()) {
        closeSocket();
      } else {
        onLoop(this::closeSocket);
      }
    }
  }

  /** Hands the queue to the socket as far as it takes it. */
  final void drain() {
    if (draining) {
      // A write can make the channel call again before it returns.
      return;
    }
    draining = true;
    try {
      drainBatches();
    } finally {
      draining = false;
    }
  }

  private void drainBatches() {
    for (int batches = 0; batches < batchesPerTurn(); batches++) {
      if (ended || !isOpen()) {
        queue.clear();
        return;
      }
      if (!takesMore()) {
        // The claim is kept, since drain() is called again.
        return;
      }
      if (queue.peek() != null) {
        writeBatch();
      } else if (queue.drained()) {
        return;
      }
    }
    onLoop(this::drain);
  }

  /** Batches in one turn, after which other work of the event loop gets its chance. */
  abstract int batchesPerTurn();

  /** Whether the socket takes a batch now; if not, {@link #drain} is called as soon as it does. */
  abstract boolean takesMore();

  /** Seals and writes some of the queue, which is not empty. */
  abstract void writeBatch();

  /** Delivers what came before the start and then what comes. */
  abstract void startReading();

  abstract void applyReading(boolean reading);

  /** Ends the carrier's part, which leads to {@link #end}. */
  abstract void closeSocket();

  /**
   * Returns when what was sent before the session was closed has arrived, as far as a carrier can
   * tell that, or when the time, of {@link System#nanoTime}, has come. Not on an event loop.
   */
  void awaitEnd(long deadlineNs) {}

  /** The session is over: throws away what is queued and tells the handler, once. */
  final void end(CloseReason ifNotClosedHere) {
    if (ended) {
      return;
    }
    ended = true;
    closeReason.compareAndSet(null, ifNotClosedHere);
    context.sessions().remove(this);
    queue.clear();
    SessionHandler told = handler;
    if (told != null) {
      told.onClosed(endReason());
    }
  }

  final boolean hasEnded() {
    return ended;
  }

  /** Passes on one mux packet; those of other streams and too short ones are counted. */
  final void deliver(byte[] buffer, int offset, int length) {
    SessionHandler receiver = handler;
    if (length < MuxPacket.HEADER_BYTES) {
      context.ledger().count("packet_too_short");
    } else if (MuxPacket.streamId(buffer, offset) != MuxPacket.MESH_STREAM) {
      context.ledger().count("packet_other_stream");
    } else if (receiver != null) {
      receiver.onPacket(buffer, offset + MuxPacket.HEADER_BYTES, length - MuxPacket.HEADER_BYTES);
    }
  }

  /** Something was thrown: a broken connection, or a fault of ours, which must not stay unseen. */
  final void onError(Throwable cause) {
    if (cause instanceof IOException) {
      context.ledger().refuse("connection_broken", remoteAddress, cause.toString());
      close(CloseReason.REMOTE_CLOSED);
    } else {
      LOG.error("closing the session with {}: its handler failed", remoteId(), cause);
      close(CloseReason.LOCAL_CLOSED);
    }
  }

  final void release(long costBytes) {
    SessionHandler told = handler;
    if (queue.release(costBytes) && told != null && !ended) {
      told.onWritable();
    }
  }

  // Counted by the event loop alone, so that a plain addition is enough.

  final void countIn(long bytes) {
    bytesIn.setOpaque(bytesIn.getPlain() + bytes);
  }

  final void countOut(long bytes) {
    bytesOut.setOpaque(bytesOut.getPlain() + bytes);
  }

  /** Runs a task on the event loop; false if the transport has been closed. Any thread. */
  final boolean onLoop(Runnable task) {
    try {
      loop.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      queue.clear();
      return false;
    }
  }

  final CloseReason endReason() {
    CloseReason reason = closeReason.get();
    return reason == null ? CloseReason.STOPPED : reason;
  }
}
