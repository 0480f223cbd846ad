// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.crypto.PeerId;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.HandshakeMode;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.SendResult;
import io.lichen.transport.moss.SessionHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** One end of a session inside the process. Its outbound queue drains when the other end reads. */
final class FakeSession implements MossSession {
  private final FakeNetwork.FakeTransport owner;
  private final FakeNetwork.FakeTransport peer;
  private final Carrier carrier;
  private final boolean outbound;
  private final InetSocketAddress remote;
  @Nullable FakeSession other;

  // All under the lock of this.
  private final ArrayDeque<byte[]> outboundQueue = new ArrayDeque<>();
  private long pending;
  private boolean wasFull;
  private boolean reading = true;
  private boolean open = true;
  private boolean endTold;
  private long in;
  private long out;
  private @Nullable SessionHandler handler;
  private CloseReason closeReason = CloseReason.REMOTE_CLOSED;

  /** A peer whose process does not take anything any more, without closing. */
  private volatile boolean frozen;

  FakeSession(
      FakeNetwork.FakeTransport owner,
      FakeNetwork.FakeTransport peer,
      Carrier carrier,
      boolean outbound,
      InetSocketAddress remote) {
    this.owner = owner;
    this.peer = peer;
    this.carrier = carrier;
    this.outbound = outbound;
    this.remote = remote;
  }

  /** From now on nothing comes out of this end, and nothing is taken in. */
  void freeze() {
    frozen = true;
  }

  @Override
  public PeerId remoteId() {
    return peer.identity.peerId();
  }

  @Override
  public byte[] remoteStatic() {
    return peer.identity.noisePublic();
  }

  @Override
  public Carrier carrier() {
    return carrier;
  }

  @Override
  public boolean outbound() {
    return outbound;
  }

  @Override
  public HandshakeMode handshakeMode() {
    return HandshakeMode.XX;
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return remote;
  }

  @Override
  public synchronized boolean isOpen() {
    return open;
  }

  @Override
  public void start(SessionHandler started) {
    synchronized (this) {
      if (handler != null) {
        throw new IllegalStateException("started before");
      }
      handler = started;
    }
    pull();
    execute(this::tellEnd);
  }

  @Override
  public SendResult send(byte[] payload) {
    synchronized (this) {
      if (!open) {
        return SendResult.CLOSED;
      }
      if (payload.length > maxPayloadBytes()) {
        return SendResult.TOO_LARGE;
      }
      if (pending + payload.length > owner.config.maxQueuedBytes()) {
        return SendResult.OVERFLOW;
      }
      outboundQueue.add(payload);
      pending += payload.length;
      wasFull |= pending >= owner.config.highWaterBytes();
    }
    otherEnd().pull();
    return SendResult.QUEUED;
  }

  @Override
  public int maxPayloadBytes() {
    return carrier == Carrier.UDP ? owner.maxUdpPayload : 1 << 20;
  }

  @Override
  public synchronized long pendingBytes() {
    return pending;
  }

  @Override
  public synchronized boolean isWritable() {
    return !wasFull;
  }

  @Override
  public synchronized long bytesIn() {
    return in;
  }

  @Override
  public synchronized long bytesOut() {
    return out;
  }

  @Override
  public void setReading(boolean nowReading) {
    synchronized (this) {
      reading = nowReading;
    }
    pull();
  }

  @Override
  public CompletableFuture<InetSocketAddress> observe(Duration timeout) {
    return CompletableFuture.completedFuture(remote);
  }

  @Override
  public void close(CloseReason reason) {
    end(reason);
    if (!frozen) {
      otherEnd().remoteClosed();
    }
  }

  private FakeSession otherEnd() {
    FakeSession end = other;
    if (end == null) {
      throw new IllegalStateException("not tied");
    }
    return end;
  }

  /** What the other end had queued before it closed still arrives. */
  private void remoteClosed() {
    execute(
        () -> {
          read();
          end(CloseReason.REMOTE_CLOSED);
        });
  }

  private void end(CloseReason reason) {
    synchronized (this) {
      if (!open) {
        return;
      }
      open = false;
      closeReason = reason;
    }
    execute(this::tellEnd);
  }

  /** On the event loop: once, whichever of its start and its end comes first. */
  private void tellEnd() {
    SessionHandler current;
    synchronized (this) {
      current = open || endTold ? null : handler;
      endTold |= current != null;
    }
    if (current != null) {
      current.onClosed(closeReason);
    }
  }

  private void pull() {
    execute(this::read);
  }

  private void read() {
    SessionHandler current;
    synchronized (this) {
      current = handler;
    }
    int count = 0;
    while (current != null && mayRead() && count < 64) {
      byte[] packet = otherEnd().take();
      if (packet == null) {
        break;
      }
      synchronized (this) {
        in += packet.length;
      }
      count++;
      current.onPacket(packet, 0, packet.length);
    }
    if (count > 0 && current != null) {
      current.onBatchComplete();
    }
    if (count == 64) {
      pull();
    }
  }

  private synchronized boolean mayRead() {
    return reading && open && !frozen && !otherEnd().frozen;
  }

  private byte @Nullable [] take() {
    byte[] packet;
    boolean drained;
    SessionHandler current;
    synchronized (this) {
      packet = outboundQueue.poll();
      if (packet == null) {
        return null;
      }
      pending -= packet.length;
      out += packet.length;
      drained = wasFull && pending <= owner.config.highWaterBytes() / 2;
      if (drained) {
        wasFull = false;
      }
      current = handler;
    }
    if (drained && current != null) {
      execute(current::onWritable);
    }
    return packet;
  }

  private void execute(Runnable task) {
    try {
      owner.eventLoop.execute(task);
    } catch (RejectedExecutionException e) {
      // The transport is closed: nothing arrives any more.
    }
  }
}
