// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.net.DeliveryOptions;
import io.lichen.core.net.NetCapabilities;
import io.lichen.core.net.NetChannels;
import io.lichen.core.net.NetConfig;
import io.lichen.core.net.NetError;
import io.lichen.core.net.NetEvent;
import io.lichen.core.net.NetException;
import io.lichen.core.net.NetLogs;
import io.lichen.core.net.NetNat;
import io.lichen.core.net.NetNode;
import io.lichen.core.net.NetStats;
import io.lichen.core.net.NetTokens;
import io.lichen.core.net.PeerEvent;
import io.lichen.core.net.PeerInfo;
import io.lichen.core.net.PeerStream;
import io.lichen.core.net.StreamEvent;
import io.lichen.core.net.Subprotocol;
import io.lichen.core.net.SubprotocolLink;
import io.lichen.core.net.peer.Peer;
import io.lichen.crypto.entity.EntityId;
import io.lichen.transport.net.NetTransport;
import io.lichen.transport.net.NetTransportConfig;
import io.lichen.transport.net.NetTransportException;
import io.lichen.transport.net.StreamOptions;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node: the way of each call to the part that answers it. */
public final class NetNodeRuntime implements NetNode {
  private static final Logger LOG = LoggerFactory.getLogger(NetNodeRuntime.class);

  /** News of peers that may wait for one subscriber. */
  private static final DeliveryOptions NEWS =
      new DeliveryOptions(DeliveryOptions.Overflow.DROP_OLDEST, 1024, false);

  private final NetParts parts;
  private final NetTransport transport;
  private final Dialer dialer;
  private final Pulse pulse;
  private final Closing closing;
  private final NetChannels channels;
  private final NetTokens tokens;
  private final NetCapabilities capabilities;
  private final NetMetrics metrics;

  private NetNodeRuntime(NetParts parts, NetTransport transport) {
    this.parts = parts;
    this.transport = transport;
    this.dialer = new Dialer(transport, parts.peers.table(), parts.counters, parts.redials);
    this.pulse =
        new Pulse(transport.loop(), parts.settings.config().timers().heartbeat(), this::onBeat);
    this.channels = new ChannelCalls(parts);
    this.tokens = new TokenCalls(parts.settings.identity(), parts.channelEngines, parts.wire);
    this.capabilities = new CapabilityCalls(parts);
    this.closing = new Closing(parts, transport);
    this.metrics = new NetMetrics(parts, transport);
  }

  /**
   * Binds a node's socket.
   *
   * @throws NetException {@link NetError#MESH_INIT}
   */
  public static NetNode open(NodeSettings settings, TransportOpener opener) {
    NetParts parts = new NetParts(settings);
    try {
      NetTransport transport = opener.open(transportConfig(settings), new Inbound(parts));
      parts.wire.opened(transport);
      LOG.info("Net node {} listens on {}", parts.name(), transport.localAddress());
      return new NetNodeRuntime(parts, transport);
    } catch (NetTransportException e) {
      parts.close();
      throw NodeErrors.of(e);
    }
  }

  private static NetTransportConfig transportConfig(NodeSettings settings) {
    NetConfig config = settings.config();
    NetConfig.Timers timers = config.timers();
    NetConfig.Limits limits = config.limits();
    return new NetTransportConfig(
        config.bindAddress(),
        settings.identity().id().nodeId(),
        Objects.requireNonNull(config.psk()),
        settings.identity().staticKey(),
        timers.handshakeTimeout(),
        timers.handshakeAttempts(),
        timers.sessionTimeout(),
        limits.peers(),
        limits.streamsPerPeer(),
        timers.streamIdle(),
        true,
        config.directUpgrade(),
        limits.socketBufferBytes());
  }

  @Override
  public long nodeId() {
    return entityId().nodeId();
  }

  @Override
  public EntityId entityId() {
    return parts.settings.identity().id();
  }

  @Override
  public byte[] publicKey() {
    return transport.publicKey();
  }

  @Override
  public InetSocketAddress address() {
    return transport.localAddress();
  }

  @Override
  public PeerInfo accept(long peerNodeId) {
    return parts.wire.await(() -> dialer.accept(peerNodeId));
  }

  @Override
  public CompletableFuture<PeerInfo> acceptAsync(long peerNodeId) {
    return parts.completions.handOut(dialer.accept(peerNodeId));
  }

  @Override
  public PeerInfo connect(InetSocketAddress address, byte[] publicKey, long peerNodeId) {
    return parts.wire.await(() -> dialer.connect(address, publicKey, peerNodeId));
  }

  @Override
  public CompletableFuture<PeerInfo> connectAsync(
      InetSocketAddress address, byte[] publicKey, long peerNodeId) {
    return parts.completions.handOut(dialer.connect(address, publicKey, peerNodeId));
  }

  @Override
  public PeerInfo connectVia(InetSocketAddress relay, byte[] publicKey, long peerNodeId) {
    return parts.wire.await(() -> dialer.connectVia(relay, publicKey, peerNodeId));
  }

  @Override
  public CompletableFuture<PeerInfo> connectViaAsync(
      InetSocketAddress relay, byte[] publicKey, long peerNodeId) {
    return parts.completions.handOut(dialer.connectVia(relay, publicKey, peerNodeId));
  }

  @Override
  public synchronized void start() {
    closing.requireOpen();
    if (!transport.isStarted()) {
      transport.start();
      pulse.start();
      transport.loop().execute(() -> parts.timers.arm(transport.loop()));
      if (parts.settings.config().nat().portMapping()) {
        parts.port.start(transport.localAddress());
      }
    }
  }

  @Override
  public boolean isStarted() {
    return transport.isStarted() && !closing.hasBegun();
  }

  private void onBeat(long nowNs) {
    parts.peers.onTick(nowNs);
    parts.redials.onTick(nowNs, dialer::connect);
    metrics.refresh();
  }

  @Override
  public List<PeerInfo> peers() {
    return parts.peers.table().all().stream().map(Peer::info).toList();
  }

  @Override
  public Optional<PeerInfo> peer(long nodeId) {
    return Optional.ofNullable(parts.peers.table().find(nodeId)).map(Peer::info);
  }

  @Override
  public Map<Long, Duration> roundTrips() {
    Map<Long, Duration> found = new TreeMap<>(Long::compareUnsigned);
    parts
        .wire
        .call(parts.meshEngines::roundTripsNs)
        .forEach((node, rttNs) -> found.put(node, Duration.ofNanos(rttNs)));
    return found;
  }

  @Override
  public void disconnect(long nodeId) {
    Peer peer = parts.peers.table().find(nodeId);
    if (peer != null) {
      peer.session().close();
    }
  }

  @Override
  public Flow.Publisher<PeerEvent> peerEvents() {
    return parts.news.publisher(NEWS);
  }

  @Override
  public Flow.Publisher<StreamEvent> streamEvents() {
    return parts.streamNews.publisher(NEWS);
  }

  @Override
  public NetChannels channels() {
    return channels;
  }

  @Override
  public NetTokens tokens() {
    return tokens;
  }

  @Override
  public NetCapabilities capabilities() {
    return capabilities;
  }

  @Override
  public NetNat nat() {
    return parts.natCalls;
  }

  @Override
  public NetLogs logs() {
    return parts.logs;
  }

  @Override
  public PeerStream openStream(long peerNodeId, long streamId, StreamOptions options) {
    closing.requireOpen();
    Peer peer = parts.peers.table().find(peerNodeId);
    if (peer == null) {
      throw NodeErrors.notConnected(peerNodeId);
    }
    return new StreamHandle(
        peer.session().stream(streamId, options),
        new AsyncLane(parts.executor, parts.completions, parts.counters.asyncRefused));
  }

  @Override
  public Flow.Publisher<NetEvent> events(DeliveryOptions options) {
    return parts.events.publisher(options);
  }

  @Override
  public SubprotocolLink register(Subprotocol subprotocol) {
    closing.requireOpen();
    return parts.subprotocols.register(subprotocol);
  }

  @Override
  public NetStats stats() {
    if (!closing.hasBegun()) {
      try {
        return parts.wire.call(this::statsOnLoop);
      } catch (NetException e) {
        LOG.debug("The node closes; its counters stay as they were", e);
      }
    }
    return metrics.stats();
  }

  /** All between two turns: what is counted as received has been handed on, or was dropped. */
  private NetStats statsOnLoop() {
    metrics.refresh();
    return metrics.stats();
  }

  @Override
  public MeterBinder metrics() {
    return metrics;
  }

  @Override
  public void close() {
    closing.close();
  }
}
