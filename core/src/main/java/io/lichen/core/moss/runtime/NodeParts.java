// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.core.moss.MossEvent;
import io.lichen.core.moss.MossMessage;
import io.lichen.core.moss.MossSubscription;
import io.lichen.core.moss.RelayedData;
import io.lichen.core.moss.SlowPeer;
import io.lichen.core.moss.discovery.DiscoveryCounters;
import io.lichen.core.moss.runtime.channel.ChannelValidator;
import io.lichen.core.moss.runtime.channel.DeliveryBacklog;
import io.lichen.core.moss.runtime.channel.DeliveryQueue;
import io.lichen.core.moss.runtime.channel.JoinedRoom;
import io.lichen.core.moss.runtime.dial.KnownPeers;
import io.lichen.core.moss.runtime.dial.Redialer;
import io.lichen.core.moss.runtime.exchange.PeerExchange;
import io.lichen.core.moss.runtime.exchange.Rendezvous;
import io.lichen.core.moss.runtime.exchange.StatExchange;
import io.lichen.core.moss.runtime.inbound.InboundQueue;
import io.lichen.core.moss.runtime.inbound.SessionInbound;
import io.lichen.core.moss.runtime.nat.NatCounters;
import io.lichen.core.moss.runtime.nat.NatParts;
import io.lichen.core.moss.runtime.nat.NetworkChanges;
import io.lichen.core.moss.runtime.nat.relay.RelayCounters;
import io.lichen.core.moss.runtime.peer.DuplicateSessionRule;
import io.lichen.core.moss.runtime.peer.Keepalive;
import io.lichen.core.moss.runtime.peer.Liveness;
import io.lichen.core.moss.runtime.peer.Membership;
import io.lichen.core.moss.runtime.peer.OverflowVictim;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.runtime.peer.PeerTable;
import io.lichen.core.moss.runtime.peer.SlowPeers;
import io.lichen.core.moss.runtime.publish.ApplicationScores;
import io.lichen.core.moss.runtime.publish.AsyncPublisher;
import io.lichen.core.moss.runtime.publish.ChannelRoutes;
import io.lichen.core.moss.runtime.publish.FreshPeers;
import io.lichen.core.moss.runtime.publish.MeshHost;
import io.lichen.core.moss.runtime.publish.PublishGate;
import io.lichen.core.moss.runtime.publish.PublishRing;
import io.lichen.core.moss.runtime.publish.PublishTrackers;
import io.lichen.core.moss.runtime.publish.Publisher;
import io.lichen.core.moss.runtime.publish.Rooms;
import io.lichen.core.moss.runtime.publish.SelfDelivery;
import io.lichen.core.moss.runtime.publish.TargetBoard;
import io.lichen.core.moss.runtime.topic.MossTopics;
import io.lichen.core.moss.runtime.work.HeartbeatMeter;
import io.lichen.core.moss.runtime.work.LoopSignal;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.core.moss.runtime.work.NodeLife;
import io.lichen.core.moss.runtime.work.NodeLoop;
import io.lichen.core.moss.stat.StatAggregator;
import io.lichen.core.moss.stat.StatParams;
import io.lichen.core.nat.PortMapperCounters;
import io.lichen.core.work.CallbackScope;
import io.lichen.core.work.Completions;
import io.lichen.core.work.EventQueue;
import io.lichen.core.work.FaultGuard;
import io.lichen.core.work.LogLimiter;
import io.lichen.crypto.PeerId;
import io.lichen.gossipsub.GossipSub;
import io.lichen.gossipsub.GossipSubStats;
import io.lichen.gossipsub.PeerCensus;
import io.lichen.gossipsub.Verdict;
import io.lichen.nat.relay.RelayEndLimits;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.MossSession;
import java.security.SecureRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The parts of a node that need no socket, made and tied together in one place. */
final class NodeParts {
  private static final long LOG_INTERVAL_NS = 1_000_000_000L;

  /** A subscriber may hold up the node for so long, whatever publishers are told to wait. */
  private static final long LEAST_PATIENCE_NS = 1_000_000_000L;

  final NodeSettings settings;
  final LongSupplier clockNs = System::nanoTime;
  final NodeCounters counters = new NodeCounters();
  final DiscoveryCounters discoveryCounters = new DiscoveryCounters();
  final CallbackScope scope =
      new CallbackScope(counters.callbackFailures, new LogLimiter(LOG_INTERVAL_NS, clockNs));
  final ExecutorService executor;
  final ExecutorService resolver;
  final Completions completions;
  final NodeLife life = new NodeLife();
  final LoopSignal signal = new LoopSignal();
  final FaultGuard faults = new FaultGuard(counters.loopFaults);
  final NatCounters natCounters = new NatCounters();
  final PortMapperCounters mappingCounters = new PortMapperCounters();
  final NetworkChanges networkChanges = new NetworkChanges();
  final NatParts nat = new NatParts(faults, counters.ignoredEnvelopes);
  final NodeLoop loop;
  final EventQueue<MossEvent> events;
  final EventQueue<SlowPeer> notices;
  final RelayCounters relayCounters = new RelayCounters();
  final EventQueue<RelayedData> relayed;
  final SlowPeers slowPeers;
  final PeerTable peers = new PeerTable();
  final HeartbeatMeter heartbeats;
  final ApplicationScores scores;
  final MeshHost host;
  final KnownPeers known = new KnownPeers(counters);
  final FreshPeers freshPeers = new FreshPeers();
  final DeliveryBacklog backlog = new DeliveryBacklog(signal);
  final InboundQueue inbound = new InboundQueue(signal, counters);
  final GossipSub gossip;
  final PublishTrackers trackers;
  final PublishRing ring;
  final PublishGate gate;
  final TargetBoard targets;
  final ChannelRoutes routes;
  final Publisher publisher;
  final AsyncPublisher asyncPublisher;
  final PeerExchange exchange;
  final Redialer redialer;
  final Keepalive keepalive;
  final SessionEvents sessionEvents;
  final Membership membership;
  final StatExchange statistics;
  final Rooms rooms;
  final Rendezvous rendezvous;
  final MossTopics topics;

  volatile GossipSubStats gossipStats;
  volatile PeerCensus census = PeerCensus.empty();
  volatile long sendQueuedBytes;
  volatile int knownPeers;
  private volatile @Nullable Consumer<MossMessage> onMessage;
  private volatile boolean silenced;

  NodeParts(NodeSettings settings) {
    this.settings = settings;
    SecureRandom secureRandom = new SecureRandom();
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    PeerId localId = settings.identity().peerId();
    String name = "lichen-" + localId.hex().substring(0, 8);
    executor =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-callback").factory());
    resolver =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-resolver").factory());
    completions = new Completions(executor, scope);
    topics = new MossTopics(peers, executor, clockNs, faults);
    loop = new NodeLoop(name + "-loop", signal, clockNs, faults);
    events = new EventQueue<>("event", executor, scope, counters.eventsDropped);
    notices = new EventQueue<>("slow peer", executor, scope, counters.eventsDropped);
    relayed = new EventQueue<>("relayed data", executor, scope, relayCounters.dataDropped);
    slowPeers = new SlowPeers(notices, counters, settings.publishWaitNs());
    heartbeats = new HeartbeatMeter(1_000_000L * settings.gossipSub().mesh().heartbeatMs());
    scores = new ApplicationScores(executor, scope);
    trackers = new PublishTrackers(completions);
    host = new MeshHost(peers, scores, trackers);
    gossip = new GossipSub(settings.gossipSub(), secureRandom, host);
    gossipStats = gossip.stats();
    ring = new PublishRing(signal, gossip, trackers, faults);
    gate = new PublishGate(ring::isFull, slowPeers, clockNs, counters);
    ring.onDrained(gate::signal);
    targets = new TargetBoard(gossip, peers, gate::signal);
    routes = routes();
    rooms = rooms(secureRandom);
    publisher = publisher(localId);
    asyncPublisher = new AsyncPublisher(publisher, executor, completions, counters);
    exchange =
        new PeerExchange(
            new PeerExchange.Parts(
                localId,
                peers,
                known,
                gossip,
                scores::isAwaited,
                loop,
                executor,
                clockNs,
                counters));
    redialer = new Redialer(Redialer.Params.defaults(), random);
    keepalive = new Keepalive(peers, random);
    sessionEvents = sessionEvents();
    membership = membership(localId);
    statistics = statistics(localId, secureRandom);
    rendezvous = rendezvous(localId, secureRandom);
    addStages();
  }

  /** Sets who receives messages; any thread. */
  void onMessage(@Nullable Consumer<MossMessage> callback) {
    this.onMessage = callback;
  }

  /** Gives the messages of a channel of the own room to somebody else, too. */
  MossSubscription listen(String channel, Consumer<MossMessage> listener) {
    return routes.listen(
        rooms.own(),
        channel,
        message -> {
          if (!silenced) {
            listener.accept(message);
          }
        });
  }

  /** Sets who receives events; any thread. */
  void onEvent(@Nullable Consumer<MossEvent> callback) {
    events.callback(callback);
  }

  /** No callback begins from now on. */
  void silence() {
    silenced = true;
    events.silence();
    notices.silence();
    relayed.silence();
  }

  /** The name of what this node is behind; any thread. */
  String natType() {
    return nat.profile().type().wireName();
  }

  private @Nullable Consumer<MossMessage> messageCallback() {
    return silenced ? null : onMessage;
  }

  private ChannelRoutes routes() {
    int maxMessages = Math.clamp(settings.config().lichen().deliveryQueue(), 1, 1 << 20);
    return new ChannelRoutes(
        this::messageCallback,
        new DeliveryQueue.Shared(
            executor,
            scope,
            backlog,
            counters,
            new LogLimiter(LOG_INTERVAL_NS, clockNs),
            maxMessages,
            Math.max(settings.publishWaitNs(), LEAST_PATIENCE_NS)),
        new ChannelValidator.Shared(executor, scope, counters, this::verdict, life::isRunning),
        targets,
        gossip,
        host,
        loop,
        life,
        clockNs);
  }

  private void verdict(String messageId, Verdict verdict) {
    loop.execute(() -> gossip.verdict(messageId, verdict, clockNs.getAsLong()));
  }

  private Rooms rooms(SecureRandom random) {
    JoinedRoom own = new JoinedRoom(settings.meshId(), settings.room(random));
    return new Rooms(own, settings.era(), routes, life, random);
  }

  private Publisher publisher(PeerId localId) {
    SelfDelivery selfDelivery =
        new SelfDelivery(
            scope, settings.publishWaitNs(), counters, new LogLimiter(LOG_INTERVAL_NS, clockNs));
    return new Publisher(
        localId.bytes(),
        settings.maxMessageBytes(),
        life::isRunning,
        routes,
        gate,
        ring,
        trackers,
        freshPeers,
        selfDelivery,
        counters);
  }

  private SessionEvents sessionEvents() {
    SessionInbound.Door door =
        new SessionInbound.Door(
            inbound,
            gate,
            counters,
            new LogLimiter(LOG_INTERVAL_NS, clockNs),
            clockNs,
            settings.maxMessageBytes(),
            topics);
    return new SessionEvents(
        new SessionEvents.Parts(
            gossip,
            targets,
            events,
            known,
            exchange,
            redialer,
            freshPeers,
            counters,
            nat,
            settings.directPeers(),
            link -> new SessionInbound(link, door)));
  }

  private Membership membership(PeerId localId) {
    return new Membership(
        localId,
        new DuplicateSessionRule(localId, settings.era() == Era.C),
        peers,
        new OverflowVictim(peers, settings.directPeers(), link -> gossip.score(link.peer())),
        new Membership.Places(settings.maxPeers(), RelayEndLimits.defaults().sessions()),
        this::link,
        sessionEvents);
  }

  private StatExchange statistics(PeerId localId, SecureRandom random) {
    StatParams params = StatParams.of(settings.config().telemetry());
    return new StatExchange(
        new StatExchange.Parts(
            settings.telemetryEnabled(),
            params,
            new StatAggregator(params, localId, random),
            peers,
            gossip,
            counters,
            this::natType,
            () -> System.currentTimeMillis() / 1000),
        clockNs.getAsLong());
  }

  private Rendezvous rendezvous(PeerId localId, SecureRandom random) {
    return new Rendezvous(
        new Rendezvous.Parts(
            settings.era() == Era.C,
            localId,
            peers,
            gossip,
            settings.gossipSub().mesh().dLo(),
            counters,
            random),
        clockNs.getAsLong());
  }

  private PeerLink link(MossSession session, long nowNs) {
    // Over UDP the end that dials cannot know whether its last word of the handshake has arrived.
    boolean mayStandHereOnly = session.outbound() && session.carrier() == Carrier.UDP;
    // Nobody says so when the far end of a relayed one goes, and whoever asked for it may be gone.
    mayStandHereOnly |= session.isRelayed() && !session.outbound();
    Liveness.Params params = patience(session);
    Liveness liveness =
        mayStandHereOnly ? Liveness.unproven(params, nowNs) : new Liveness(params, nowNs);
    return new PeerLink(
        session, NodeSettings.HIGH_WATER_BYTES, liveness, counters, slowPeers, nowNs);
  }

  private static Liveness.Params patience(MossSession session) {
    if (session.isRelayed()) {
      return Liveness.Params.relayed();
    }
    return session.carrier() == Carrier.UDP
        ? Liveness.Params.datagrams()
        : Liveness.Params.streams();
  }

  private void addStages() {
    loop.stage(ring);
    loop.stage(
        new InboundStage(
            inbound,
            backlog,
            peers,
            membership,
            exchange,
            targets,
            gossip,
            host,
            freshPeers,
            faults,
            statistics,
            rendezvous,
            nat));
    loop.stage(targets);
    loop.deadline(nat::nextDeadlineNs, nat::onTimer);
  }
}
