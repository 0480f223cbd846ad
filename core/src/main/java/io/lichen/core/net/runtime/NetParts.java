// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.nat.NonceSecret;
import io.lichen.core.net.NetConfig;
import io.lichen.core.net.PeerEvent;
import io.lichen.core.net.StreamEvent;
import io.lichen.core.net.delivery.DeliveryCounters;
import io.lichen.core.net.delivery.EventDelivery;
import io.lichen.core.net.delivery.Hub;
import io.lichen.core.net.peer.PeerCounters;
import io.lichen.core.net.peer.Peers;
import io.lichen.core.net.peer.Redials;
import io.lichen.core.net.replica.ReplicaHub;
import io.lichen.core.net.replica.ReplicaParts;
import io.lichen.core.net.replica.Room;
import io.lichen.core.work.CallbackScope;
import io.lichen.core.work.Completions;
import io.lichen.core.work.FaultGuard;
import io.lichen.core.work.LogLimiter;
import io.lichen.core.work.LoopOffload;
import io.lichen.redex.Redex;
import io.lichen.redex.replica.ReplicaPlacement;
import io.lichen.redex.replica.ReplicationLink;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The parts of a node that need no socket, wired to each other. */
final class NetParts {
  private static final long LOG_INTERVAL_NS = 10_000_000_000L;

  final NodeSettings settings;
  final NodeLogs logs;
  final NetCounters counters = new NetCounters();
  final PeerCounters peerCounters = new PeerCounters();
  final DeliveryCounters newsCounters = new DeliveryCounters();
  final DeliveryCounters streamNewsCounters = new DeliveryCounters();
  final DeliveryCounters replicaNewsCounters = new DeliveryCounters();
  final CallbackScope scope =
      new CallbackScope(
          counters.callbackFailures, new LogLimiter(LOG_INTERVAL_NS, System::nanoTime));
  final FaultGuard faults = new FaultGuard(counters.loopFaults);
  final ExecutorService executor;
  final Completions completions;
  final EventDelivery events;
  final Hub<PeerEvent> news;
  final Hub<StreamEvent> streamNews;
  final PeerFollowers followers = new PeerFollowers();
  final Peers peers;
  final Redials redials;
  final Subprotocols subprotocols;
  final Wire wire;
  final EngineTimers timers;
  final Identities identities;
  final ChannelEngines channelEngines;
  final MeshEngines meshEngines;
  final NatEngines natEngines;
  final NatCalls natCalls;
  final NodePort port;
  final ReplicaHub replicas;
  final ReplicaMeters replicaMeters;
  final Subscriptions subscriptions = new Subscriptions();
  final Publisher publisher;
  final AsyncLane lane;

  NetParts(NodeSettings settings) {
    this.settings = settings;
    Redex manager = manager(settings.logs());
    executor =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("lichen-net-" + name() + "-worker-", 0).factory());
    completions = new Completions(executor, scope);
    events = new EventDelivery(executor, scope);
    news = new Hub<>("peer event", executor, scope, newsCounters);
    streamNews = new Hub<>("stream event", executor, scope, streamNewsCounters);
    peers =
        new Peers(
            settings.config().timers().sessionTimeout().toNanos(),
            followers,
            news::offer,
            peerCounters);
    subprotocols = new Subprotocols(peers.table(), executor, scope);
    wire = new Wire(peers.table());
    redials = redials(settings, peers, wire, peerCounters);
    timers = new EngineTimers(faults);
    identities = new Identities(peers.table());
    lane = new AsyncLane(executor, completions, counters.asyncRefused);
    LoopOffload offload = new LoopOffload(executor, wire::execute);
    channelEngines =
        new ChannelEngines(
            settings.identity(),
            settings.config(),
            wire,
            identities,
            offload,
            nodeId -> peers.onSubscribed(nodeId, System.nanoTime()),
            System::nanoTime);
    meshEngines =
        new MeshEngines(
            settings.identity(),
            settings.config(),
            peers.table(),
            wire,
            identities,
            offload,
            System::nanoTime);
    natEngines = new NatEngines(settings, peers.table(), wire, timers, meshEngines);
    natCalls = new NatCalls(this);
    port = new NodePort(NonceSecret.of(settings.identity().seed()), natCalls::opened);
    replicaMeters = new ReplicaMeters(name());
    replicas =
        new ReplicaHub(
            new ReplicaParts(
                settings.identity().id().nodeId(),
                new ReplicaPeers(peers.table(), wire, meshEngines),
                executor,
                scope,
                completions,
                faults,
                counters.replicaMessagesDropped,
                replicaNewsCounters),
            settings.identity().id().originHash(),
            () -> Room.tags(settings.logs()),
            subprotocols::tagsChanged);
    ReplicaPlacement chosen = settings.placement();
    ReplicaPlacement placement = chosen == null ? new RoomPlacement(meshEngines, wire) : chosen;
    logs = new NodeLogs(manager, replicas, replicaMeters, placement);
    publisher =
        new Publisher(wire, peers.table(), channelEngines, settings.identity().id().originHash());
    joinEngines();
  }

  private static Redials redials(
      NodeSettings settings, Peers peers, Wire wire, PeerCounters counters) {
    NetConfig.Timers timers = settings.config().timers();
    return new Redials(
        peers.table(),
        timers.heartbeat().toNanos(),
        timers.sessionTimeout().toNanos(),
        task -> {
          var unused = wire.execute(task);
        },
        counters.redialled);
  }

  private static Redex manager(@Nullable Path directory) {
    return directory == null ? Redex.inMemory() : Redex.open(directory);
  }

  private void joinEngines() {
    subprotocols.own(
        ReplicationLink.SUBPROTOCOL_ID,
        replicas::tags,
        (session, event) ->
            replicas.onMessage(session.peerNodeId(), ByteBuffer.wrap(ByteBufUtil.getBytes(event))));
    channelEngines.join(subprotocols, timers);
    meshEngines.join(subprotocols, timers);
    followers.add(channelEngines);
    natEngines.join(subprotocols);
    followers.add(meshEngines);
    followers.add(natEngines);
  }

  /** The beginning of the node's identity, by which logs and metrics tell nodes apart. */
  String name() {
    return settings.identity().id().hex().substring(0, 8);
  }

  /** Tells those who listen that there will be nothing more, and ends the workers and the logs. */
  void close() {
    natCalls.close();
    lane.close();
    events.close();
    news.close();
    streamNews.close();
    subprotocols.close();
    executor.shutdown();
    logs.close();
  }
}
