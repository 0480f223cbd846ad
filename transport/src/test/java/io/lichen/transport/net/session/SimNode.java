// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.net.DropReason;
import io.lichen.transport.net.NetDial;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetTransportConfig;
import io.lichen.transport.rate.HandshakeRate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** An engine in a simulated network, with what its listener was told. */
final class SimNode {
  static final byte[] PSK = new byte[32];

  private final SimNet net;
  private final InetSocketAddress address;
  private final long nodeId;
  private final NetEndpoint endpoint;
  private final Inbox inbox = new Inbox();
  private boolean writable = true;

  private final class Out implements DatagramOut {
    @Override
    public void send(InetSocketAddress to, ByteBuf datagram) {
      byte[] bytes = ByteBufUtil.getBytes(datagram);
      datagram.release();
      net.send(address, to, bytes);
    }

    @Override
    public boolean isWritable() {
      return writable;
    }
  }

  private SimNode(SimNet net, int host, NetTransportConfig config) {
    this.net = net;
    this.address = address(host);
    this.nodeId = config.nodeId();
    this.endpoint =
        new NetEndpoint(
            config,
            inbox,
            new SimLoop(net),
            new Out(),
            new SecureRandom(),
            new HandshakeRate(64, 62_500_000, InetAddress::isLoopbackAddress));
    net.attach(address, this);
  }

  /** A node with the common key. */
  static SimNode of(SimNet net, int host, long nodeId) {
    return of(net, host, config(host, nodeId));
  }

  /** How {@link #of(SimNet, int, long)} makes one. */
  static NetTransportConfig config(int host, long nodeId) {
    return NetTransportConfig.defaults(nodeId, PSK).withBindAddress(address(host));
  }

  static SimNode of(SimNet net, int host, NetTransportConfig config) {
    return new SimNode(net, host, config);
  }

  /** A node with another key. */
  static SimNode stranger(SimNet net, int host, long nodeId) {
    byte[] psk = new byte[32];
    Arrays.fill(psk, (byte) 1);
    return of(net, host, NetTransportConfig.defaults(nodeId, psk));
  }

  static InetSocketAddress address(int host) {
    try {
      byte[] octets = {10, (byte) (host >> 16), (byte) (host >> 8), (byte) host};
      return new InetSocketAddress(InetAddress.getByAddress(octets), 9000);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  SimNode started() {
    endpoint.start();
    return this;
  }

  /** Whether the node's socket takes more than must leave at once. */
  void writable(boolean now) {
    writable = now;
    endpoint.onBatchEnd(net.nowNs());
  }

  InetSocketAddress address() {
    return address;
  }

  long nodeId() {
    return nodeId;
  }

  NetEndpoint endpoint() {
    return endpoint;
  }

  Inbox inbox() {
    return inbox;
  }

  CompletableFuture<NetSession> accept(long peer) {
    CompletableFuture<NetSession> result = new CompletableFuture<>();
    endpoint.accept(peer, result);
    return result;
  }

  CompletableFuture<NetSession> connect(SimNode peer, NetDial.Way way) {
    return connect(peer, way, peer.address);
  }

  CompletableFuture<NetSession> connect(SimNode peer, NetDial.Way way, InetSocketAddress to) {
    CompletableFuture<NetSession> result = new CompletableFuture<>();
    endpoint.connect(new NetDial(to, peer.endpoint.publicKey(), peer.nodeId, way), result);
    return result;
  }

  /** Connects straight and waits for it. */
  NetSession connected(SimNode peer) {
    CompletableFuture<NetSession> result = connect(peer, NetDial.Way.ROUTED);
    net.runUntil(result::isDone, 20_000);
    return result.join();
  }

  /** The session with a peer. */
  PacketSession with(SimNode peer) {
    PacketSession session = endpoint.sessions().byNode(peer.nodeId);
    if (session == null) {
      throw new AssertionError("no session with " + peer.nodeId);
    }
    return session;
  }

  long drops(DropReason reason) {
    return endpoint.context().drops.count(reason);
  }

  /** Everything dropped, whatever the reason. */
  long drops() {
    return endpoint.drops().values().stream().mapToLong(Long::longValue).sum();
  }

  long counter(String name) {
    return endpoint.counters().getOrDefault(name, -1L);
  }

  void close() {
    endpoint.close();
    net.detach(this);
  }
}
