// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.transport.net.DropReason;
import io.lichen.transport.net.NetDial;
import io.lichen.transport.net.NetLoop;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetTransport;
import io.lichen.transport.net.NetTransportConfig;
import io.lichen.transport.net.NetTransportException;
import io.lichen.transport.net.NetTransportListener;
import io.lichen.transport.net.SessionEnd;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One node's end of a {@link FakeNetwork}. */
final class FakeTransport implements NetTransport {
  final NetTransportListener listener;
  private final FakeNetwork network;
  private final InetSocketAddress address;
  private final NetTransportConfig config;
  private final FakeLoop loop = new FakeLoop();
  private final Map<Long, CompletableFuture<NetSession>> accepting = new ConcurrentHashMap<>();
  private final Map<Long, FakeSession> sessions = new ConcurrentHashMap<>();
  private volatile boolean started;
  private volatile boolean closed;

  FakeTransport(
      FakeNetwork network,
      InetSocketAddress address,
      NetTransportConfig config,
      NetTransportListener listener) {
    this.network = network;
    this.address = address;
    this.config = config;
    this.listener = listener;
  }

  long nodeId() {
    return config.nodeId();
  }

  /** Its session with a node, which there must be. */
  FakeSession sessionWith(long peerNodeId) {
    return Objects.requireNonNull(sessions.get(peerNodeId));
  }

  @Override
  public InetSocketAddress localAddress() {
    return address;
  }

  @Override
  public byte[] publicKey() {
    return config.staticKey().clone();
  }

  @Override
  public FakeLoop loop() {
    return loop;
  }

  @Override
  public CompletableFuture<NetSession> accept(long peerNodeId) {
    CompletableFuture<NetSession> future = new CompletableFuture<>();
    if (started) {
      future.completeExceptionally(failure(NetTransportException.Reason.ALREADY_STARTED));
    } else if (closed) {
      future.completeExceptionally(failure(NetTransportException.Reason.CLOSED));
    } else {
      accepting.put(peerNodeId, future);
      expire(future);
    }
    return future;
  }

  @Override
  public CompletableFuture<NetSession> connect(NetDial dial) {
    if (dial.peerNodeId() == nodeId()) {
      throw new IllegalArgumentException("this node is not its own peer");
    }
    CompletableFuture<NetSession> future = new CompletableFuture<>();
    if (closed) {
      future.completeExceptionally(failure(NetTransportException.Reason.CLOSED));
      return future;
    }
    expire(future);
    FakeTransport at = network.at(dial.address());
    FakeTransport peer = dial.way() == NetDial.Way.RELAYED ? network.of(dial.peerNodeId()) : at;
    if (at != null && peer != null && fits(dial, peer)) {
      CompletableFuture<NetSession> waiting = peer.accepting.get(nodeId());
      if (dial.way() == NetDial.Way.DIRECT ? waiting != null : peer.started) {
        establish(dial, peer, future, waiting);
      }
    }
    return future;
  }

  private boolean fits(NetDial dial, FakeTransport peer) {
    return Arrays.equals(dial.remoteStatic(), peer.publicKey())
        && Arrays.equals(config.psk(), peer.config.psk())
        && dial.peerNodeId() == peer.nodeId();
  }

  private void establish(
      NetDial dial,
      FakeTransport peer,
      CompletableFuture<NetSession> here,
      @Nullable CompletableFuture<NetSession> there) {
    long id = network.nextSessionId();
    boolean relayed = dial.way() == NetDial.Way.RELAYED;
    FakeSession near = new FakeSession(this, peer, id, dial.address(), relayed, true);
    FakeSession far =
        new FakeSession(peer, this, id, relayed ? dial.address() : address, relayed, false);
    near.other(far);
    far.other(near);
    loop.execute(
        () -> {
          // What the other end sends from now on comes to this loop after this task.
          peer.loop.tryExecute(() -> peer.install(far, there));
          install(near, here);
        });
  }

  private void install(FakeSession session, @Nullable CompletableFuture<NetSession> future) {
    FakeSession old = sessions.put(session.peerNodeId(), session);
    listener.onSession(session);
    if (old != null) {
      old.end(SessionEnd.REPLACED);
    }
    if (future != null) {
      future.complete(session);
    }
  }

  void ended(FakeSession session) {
    sessions.remove(session.peerNodeId(), session);
  }

  private void expire(CompletableFuture<NetSession> future) {
    long ms = config.handshakeTimeout().toMillis() * config.handshakeAttempts();
    var unused =
        loop.schedule(
            () -> future.completeExceptionally(failure(NetTransportException.Reason.TIMEOUT)),
            ms,
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void start() {
    started = true;
  }

  @Override
  public boolean isStarted() {
    return started;
  }

  @Override
  public void sendPlain(InetSocketAddress to, ByteBuf datagram) {
    FakeTransport peer = network.at(to);
    if (peer != null) {
      ByteBuf copy = datagram.copy();
      peer.loop.tryExecute(
          () -> {
            peer.listener.onPingwave(address, copy);
            copy.release();
          });
    }
    datagram.release();
  }

  @Override
  public Map<DropReason, Long> drops() {
    return Map.of();
  }

  @Override
  public Map<String, Long> counters() {
    return Map.of();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    network.closed(address);
    loop.execute(() -> sessions.values().forEach(session -> session.end(SessionEnd.STOPPED)));
    accepting
        .values()
        .forEach(f -> f.completeExceptionally(failure(NetTransportException.Reason.CLOSED)));
    loop.end();
  }

  private static NetTransportException failure(NetTransportException.Reason reason) {
    return new NetTransportException(reason, "the handshake failed: " + reason);
  }

  /** A thread in place of an event loop. */
  static final class FakeLoop implements NetLoop {
    private final ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "fake-loop");
              thread.setDaemon(true);
              this.thread = thread;
              return thread;
            });
    private volatile @Nullable Thread thread;

    FakeLoop() {
      executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public boolean inLoop() {
      return Thread.currentThread() == thread;
    }

    @Override
    public void execute(Runnable task) {
      executor.execute(task);
    }

    /** Drops the task if the loop has ended. */
    void tryExecute(Runnable task) {
      if (!executor.isShutdown()) {
        executor.execute(task);
      }
    }

    @Override
    public Future<?> schedule(Runnable task, long delay, TimeUnit unit) {
      return executor.schedule(task, delay, unit);
    }

    @Override
    public long nowNs() {
      return System.nanoTime();
    }

    private void end() {
      executor.shutdown();
      if (!inLoop()) {
        try {
          executor.awaitTermination(9, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
