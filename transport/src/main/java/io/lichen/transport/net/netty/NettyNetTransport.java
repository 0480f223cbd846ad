// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.netty;

import io.lichen.transport.net.DropReason;
import io.lichen.transport.net.NetDial;
import io.lichen.transport.net.NetLoop;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetTransport;
import io.lichen.transport.net.NetTransportConfig;
import io.lichen.transport.net.NetTransportException;
import io.lichen.transport.net.NetTransportException.Reason;
import io.lichen.transport.net.NetTransportListener;
import io.lichen.transport.net.session.NetEndpoint;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A node's socket and the engine behind it; every call crosses to the socket's loop. */
public final class NettyNetTransport implements NetTransport {
  private final UdpSocket socket;
  private final SocketLoop loop;
  private final NetEndpoint endpoint;
  private final long nodeId;
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();

  private NettyNetTransport(
      UdpSocket socket, NetTransportConfig config, NetTransportListener listener) {
    this.socket = socket;
    this.loop = new SocketLoop(socket);
    NetTransportConfig bound = config.withBindAddress(socket.localAddress());
    this.endpoint = new NetEndpoint(bound, listener, loop, socket, new SecureRandom());
    this.nodeId = config.nodeId();
  }

  /** Binds the socket; see {@link NetTransport#open}. */
  public static NettyNetTransport open(NetTransportConfig config, NetTransportListener listener) {
    UdpSocket socket = UdpSocket.bind(config.bindAddress(), config.socketBufferBytes());
    NettyNetTransport transport = new NettyNetTransport(socket, config, listener);
    socket.start(transport.endpoint);
    return transport;
  }

  @Override
  public InetSocketAddress localAddress() {
    return socket.localAddress();
  }

  @Override
  public byte[] publicKey() {
    return endpoint.publicKey();
  }

  @Override
  public NetLoop loop() {
    return loop;
  }

  @Override
  public CompletableFuture<NetSession> accept(long peerNodeId) {
    CompletableFuture<NetSession> result = new CompletableFuture<>();
    onLoop(() -> endpoint.accept(peerNodeId, result), result);
    return result;
  }

  @Override
  public CompletableFuture<NetSession> connect(NetDial dial) {
    if (dial.peerNodeId() == nodeId) {
      throw new IllegalArgumentException("the dial leads to this very node");
    }
    CompletableFuture<NetSession> result = new CompletableFuture<>();
    onLoop(() -> endpoint.connect(dial, result), result);
    return result;
  }

  private void onLoop(Runnable task, CompletableFuture<NetSession> result) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(
          new NetTransportException(Reason.CLOSED, "the transport is closed", e));
    }
  }

  @Override
  public void start() {
    if (started.compareAndSet(false, true) && !closed.get()) {
      loop.execute(endpoint::start);
    }
  }

  @Override
  public boolean isStarted() {
    return started.get();
  }

  @Override
  public void sendPlain(InetSocketAddress to, ByteBuf datagram) {
    if (loop.inLoop()) {
      endpoint.sendPlain(to, datagram);
      return;
    }
    try {
      loop.execute(() -> endpoint.sendPlain(to, datagram));
    } catch (RejectedExecutionException e) {
      datagram.release();
    }
  }

  @Override
  public Map<DropReason, Long> drops() {
    return endpoint.drops();
  }

  @Override
  public Map<String, Long> counters() {
    Map<String, Long> all = new TreeMap<>(endpoint.counters());
    all.putAll(socket.counters());
    return all;
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    if (loop.inLoop()) {
      endpoint.close();
      // After what the engine sent last has left.
      loop.execute(socket::close);
      return;
    }
    CompletableFuture<Void> ended = new CompletableFuture<>();
    loop.execute(
        () -> {
          endpoint.close();
          ended.complete(null);
        });
    ended.join();
    socket.close();
  }
}
