// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.core.moss.MeshInfo;
import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossEvent;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.MossMessage;
import io.lichen.core.moss.MossNode;
import io.lichen.core.moss.MossPeer;
import io.lichen.core.moss.MossRoom;
import io.lichen.core.moss.MossSubscription;
import io.lichen.core.moss.NatReport;
import io.lichen.core.moss.NetworkStats;
import io.lichen.core.moss.PublishReceipt;
import io.lichen.core.moss.PublishReport;
import io.lichen.core.moss.RelayedData;
import io.lichen.core.moss.ScoringFunction;
import io.lichen.core.moss.SlowPeer;
import io.lichen.core.moss.SubscribeOptions;
import io.lichen.core.moss.runtime.dial.PeerAddress;
import io.lichen.core.moss.runtime.peer.SocketAddresses;
import io.lichen.core.topic.DurableTopic;
import io.lichen.core.topic.TopicOptions;
import io.lichen.crypto.PeerId;
import io.lichen.redex.RedexFile;
import io.lichen.transport.moss.TransportException;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node: its life from start to stop, and the way of each call to the part that answers it. */
public final class MossNodeRuntime implements MossNode {
  /** How often a stop looks, a millisecond apart, whether what was published has left. */
  private static final int FLUSH_LOOKS = 1000;

  /** What sending through a relay may take beyond the handshake's time. */
  private static final long RELAY_GRACE_MS = 1500;

  /** How long a stop waits for a callback that does not return. */
  private static final Duration CALLBACK_LIMIT = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(MossNodeRuntime.class);

  private final NodeParts parts;
  private final MossRoom ownRoom;
  private final MeshInfos infos;
  private final TransportOpener opener;
  private final Object lifecycle = new Object();
  private volatile @Nullable NodeNetwork network;

  /** Makes a node that is not started. */
  public MossNodeRuntime(NodeSettings settings, TransportOpener opener) {
    this.parts = new NodeParts(settings);
    this.ownRoom = new RoomHandle(parts.rooms.own(), parts);
    this.infos =
        new MeshInfos(
            settings.meshId(),
            settings.identity().peerId(),
            parts.routes,
            parts.nat::profile,
            this::isSupernode,
            settings.telemetryEnabled());
    this.opener = opener;
  }

  private boolean isSupernode() {
    NodeNetwork open = network;
    return open != null && open.isSupernode();
  }

  @Override
  public void start() {
    synchronized (lifecycle) {
      parts.life.requireNew();
      NodeNetwork opened = open();
      network = opened;
      parts.life.started();
      parts.loop.start();
      opened.startDiscovery();
      if (!opened.listensOnTcp()) {
        LOG.warn("TCP port {} is taken: listening on UDP only", opened.localAddress().getPort());
      }
      LOG.info("Node {} listens on {}", id(), SocketAddresses.text(opened.localAddress()));
    }
  }

  private NodeNetwork open() {
    try {
      return NodeNetwork.open(parts, opener, infos);
    } catch (TransportException | IllegalArgumentException e) {
      throw new MossException(
          MossError.LISTEN_FAILED,
          "cannot listen on '"
              + parts.settings.listenHost()
              + "' port "
              + parts.settings.listenPort()
              + ": "
              + e.getMessage(),
          e);
    }
  }

  @Override
  public void stop() {
    NodeNetwork open = leaveRunning();
    if (open == null) {
      throw notStarted();
    }
    shutDown(open);
  }

  @Override
  public void close() {
    NodeNetwork open = leaveRunning();
    if (open != null) {
      shutDown(open);
    }
  }

  /** The network to shut down, for exactly one caller. */
  private @Nullable NodeNetwork leaveRunning() {
    synchronized (lifecycle) {
      return parts.life.stopped() ? network : null;
    }
  }

  private void shutDown(NodeNetwork open) {
    parts.gate.close();
    boolean interrupted = Thread.interrupted();
    try {
      awaitFlush(open);
      parts.silence();
      open.close();
      parts.loop.stop();
      parts.loop.join();
      parts.trackers.close();
      parts.resolver.shutdown();
      parts.executor.shutdown();
      if (!parts.scope.isInside()
          && !parts.executor.awaitTermination(CALLBACK_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("Stopped, but a callback has not returned for {}", CALLBACK_LIMIT);
      }
      parts.topics.close();
    } catch (InterruptedException e) {
      // The node is closed as far as it can be without waiting.
      interrupted = true;
      open.close();
      parts.loop.stop();
      parts.resolver.shutdown();
      parts.executor.shutdown();
      parts.topics.close();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitFlush(NodeNetwork open) throws InterruptedException {
    // Not by the clock: on a machine that stood still nothing could leave, either.
    for (int looks = 0; looks < FLUSH_LOOKS && !parts.loop.call(open::isFlushed); looks++) {
      Thread.sleep(1);
    }
  }

  @Override
  public void connect(String address) {
    CompletableFuture<Void> connected = connectAsync(address);
    try {
      connected.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof MossException refused
          ? refused
          : connectFailed(address, e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw connectFailed(address, e);
    }
  }

  @Override
  public CompletableFuture<Void> connectAsync(String address) {
    NodeNetwork open = network;
    if (open == null || !parts.life.isRunning()) {
      return CompletableFuture.failedFuture(notStarted());
    }
    PeerAddress parsed;
    try {
      parsed = PeerAddress.parse(address);
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(connectFailed(address, e));
    }
    return open.connect(parsed)
        .exceptionallyCompose(
            e ->
                CompletableFuture.failedFuture(
                    e instanceof TimeoutException ? connectFailed(address, e) : e));
  }

  @Override
  public CompletableFuture<Void> connectToPeer(PeerId peer) {
    NodeNetwork open = network;
    if (peer.equals(id())) {
      return CompletableFuture.failedFuture(
          new MossException(MossError.CONFIG_INVALID, "a node does not connect with itself"));
    }
    if (open == null || !parts.life.isRunning()) {
      return CompletableFuture.failedFuture(notStarted());
    }
    return open.want(peer);
  }

  @Override
  public MossRoom joinRoom(String roomId, byte @Nullable [] psk) {
    return new RoomHandle(parts.rooms.join(roomId, psk), parts);
  }

  @Override
  public MossRoom room(String roomId) {
    return new RoomHandle(parts.rooms.get(roomId), parts);
  }

  @Override
  public void subscribe(String channel) {
    ownRoom.subscribe(channel);
  }

  @Override
  public void subscribe(String channel, SubscribeOptions options) {
    ownRoom.subscribe(channel, options);
  }

  @Override
  public DurableTopic keep(String channel, RedexFile log, TopicOptions options) {
    return ownRoom.keep(channel, log, options);
  }

  @Override
  public void unsubscribe(String channel) {
    ownRoom.unsubscribe(channel);
  }

  @Override
  public PublishReceipt publish(String channel, byte[] data) {
    return ownRoom.publish(channel, data);
  }

  @Override
  public CompletableFuture<PublishReceipt> publishAsync(String channel, byte[] data) {
    return ownRoom.publishAsync(channel, data);
  }

  @Override
  public CompletableFuture<PublishReport> publishTracked(String channel, byte[] data) {
    return ownRoom.publishTracked(channel, data);
  }

  @Override
  public int maxPublishBytes() {
    return ownRoom.maxPublishBytes();
  }

  @Override
  public void onMessage(Consumer<MossMessage> callback) {
    parts.onMessage(callback);
  }

  @Override
  public void onEvent(Consumer<MossEvent> callback) {
    parts.onEvent(callback);
  }

  @Override
  public MossSubscription listen(String channel, Consumer<MossMessage> listener) {
    return parts.listen(channel, listener);
  }

  @Override
  public MossSubscription listenToEvents(Consumer<MossEvent> listener) {
    return parts.events.listen(listener)::run;
  }

  @Override
  public void onSlowPeer(Consumer<SlowPeer> callback) {
    parts.notices.callback(callback);
  }

  @Override
  public boolean relaySendTo(PeerId target, byte[] data) {
    try {
      return relaySendAsync(target, data, false).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof MossException refused ? refused : relayFailed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw relayFailed(e);
    }
  }

  @Override
  public CompletableFuture<Boolean> relaySendAsync(PeerId target, byte[] data, boolean sealedOnly) {
    NodeNetwork open = network;
    if (open == null || !parts.life.isRunning()) {
      return CompletableFuture.failedFuture(relayFailed(notStarted()));
    }
    long limitMs = parts.settings.handshakeTimeout().toMillis() + RELAY_GRACE_MS;
    return parts.completions.handOut(
        open.relays()
            .send(target, data, sealedOnly)
            .orTimeout(limitMs, TimeUnit.MILLISECONDS)
            .exceptionallyCompose(
                e -> {
                  Throwable why = e instanceof CompletionException ? e.getCause() : e;
                  boolean told = why instanceof MossException;
                  return CompletableFuture.failedFuture(
                      told ? why : relayFailed(why == null ? e : why));
                }));
  }

  @Override
  public void onRelay(Consumer<RelayedData> callback) {
    parts.relayed.callback(callback);
  }

  @Override
  public void scoring(ScoringFunction function) {
    parts.scores.function(function);
  }

  @Override
  public MeshInfo info() {
    NodeNetwork open = network;
    if (open != null && parts.life.isRunning()) {
      try {
        return parts.loop.call(open::info);
      } catch (MossException e) {
        LOG.debug("The node stopped while it was asked for its state", e);
      }
    }
    return infos.ofIdleNode();
  }

  @Override
  public List<MossPeer> peers() {
    NodeNetwork open = network;
    if (open != null && parts.life.isRunning()) {
      try {
        return parts.loop.call(open::peers);
      } catch (MossException e) {
        LOG.debug("The node stopped while it was asked for its peers", e);
      }
    }
    return List.of();
  }

  @Override
  public NetworkStats networkStats() {
    if (network != null && parts.life.isRunning()) {
      try {
        return parts.loop.call(parts.statistics::stats);
      } catch (MossException e) {
        LOG.debug("The node stopped while it was asked for statistics", e);
      }
    }
    return parts.settings.telemetryEnabled() ? NetworkStats.empty() : NetworkStats.disabled();
  }

  @Override
  public PeerId id() {
    return parts.settings.identity().peerId();
  }

  @Override
  public String natType() {
    return parts.natType();
  }

  @Override
  public NatReport natReport() {
    NodeNetwork open = network;
    if (open != null && parts.life.isRunning()) {
      try {
        return parts.loop.call(open::natReport);
      } catch (MossException e) {
        LOG.debug("The node stopped while it was asked what it is behind", e);
      }
    }
    return NatReport.UNKNOWN;
  }

  @Override
  public MeterBinder metrics() {
    return new NodeMetrics(parts, () -> network);
  }

  private static MossException notStarted() {
    return new MossException(MossError.NOT_STARTED, "the node is not running");
  }

  private static MossException relayFailed(Throwable cause) {
    return new MossException(
        MossError.RELAY_FAILED, "could not relay: " + cause.getMessage(), cause);
  }

  private static MossException connectFailed(String address, Throwable cause) {
    String why =
        cause instanceof TimeoutException ? "timed out" : String.valueOf(cause.getMessage());
    return new MossException(
        MossError.CONNECT_FAILED, "could not connect to '" + address + "': " + why, cause);
  }
}
