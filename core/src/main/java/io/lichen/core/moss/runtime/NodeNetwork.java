// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.core.moss.MeshInfo;
import io.lichen.core.moss.MossPeer;
import io.lichen.core.moss.NatReport;
import io.lichen.core.moss.discovery.DiscoverySource;
import io.lichen.core.moss.runtime.dial.Dialer;
import io.lichen.core.moss.runtime.dial.FoundPeers;
import io.lichen.core.moss.runtime.dial.PeerAddress;
import io.lichen.core.moss.runtime.dial.PeerFinder;
import io.lichen.core.moss.runtime.exchange.AdvertisedAddress;
import io.lichen.core.moss.runtime.exchange.OwnAnnouncement;
import io.lichen.core.moss.runtime.exchange.Rendezvous;
import io.lichen.core.moss.runtime.exchange.StatExchange;
import io.lichen.core.moss.runtime.nat.relay.RelayPart;
import io.lichen.core.topic.engine.TopicWorker;
import io.lichen.crypto.PeerId;
import io.lichen.gossipsub.MeshParams;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.MossTransport;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a running node that need its sockets. */
final class NodeNetwork {
  /** How often pings, redials, newcomers and held sessions are looked after. */
  private static final long UPKEEP_PERIOD_NS = 100_000_000L;

  /** How often known peers are looked through. */
  private static final long SEARCH_PERIOD_NS = 1_000_000_000L;

  /** How often the machine is asked for its addresses. */
  private static final long ADDRESS_PERIOD_NS = 10_000_000_000L;

  private static final Logger LOG = LoggerFactory.getLogger(NodeNetwork.class);

  private final NodeParts parts;
  private final MossTransport transport;
  private final AdvertisedAddress advertised;
  private final Dialer dialer;
  private final PeerFinder finder;
  private final NodeDiscovery discovery;
  private final NodeNat nat;
  private final MeshInfos infos;

  private NodeNetwork(NodeParts parts, MossTransport transport, MeshInfos infos) {
    this.parts = parts;
    this.transport = transport;
    this.infos = infos;
    this.advertised =
        new AdvertisedAddress(
            transport.localAddress(),
            () ->
                parts.peers.all().stream()
                    .filter(link -> !link.session().isRelayed())
                    .map(link -> link.session().remoteAddress().getAddress()),
            AdvertisedAddress::ofThisMachine,
            parts.nat::profile);
    this.dialer =
        new Dialer(
            new Dialer.Parts(
                transport,
                parts.loop,
                parts.peers,
                parts.membership,
                parts.known,
                parts.redialer,
                parts.targets::refreshAll,
                parts.resolver,
                parts.completions,
                parts.counters,
                parts.discoveryCounters,
                parts.clockNs,
                parts.settings.handshakeTimeout()));
    this.nat = new NodeNat(parts, transport, dialer, advertised::text);
    this.finder = finder();
    this.discovery = new NodeDiscovery(parts, dialer, transport.localAddress());
  }

  private PeerFinder finder() {
    MeshParams mesh = parts.settings.gossipSub().mesh();
    long heartbeatNs = 1_000_000L * mesh.heartbeatMs();
    return new PeerFinder(
        new PeerFinder.Parts(
            parts.settings.identity().peerId(),
            parts.peers,
            parts.known,
            parts.loop,
            nat::connect,
            parts.settings.maxPeers(),
            Math.max(1, mesh.dOut()),
            Math.max(parts.settings.handshakeTimeout().toNanos(), heartbeatNs),
            parts.clockNs));
  }

  /**
   * Binds, and prepares the loop, which is not started yet.
   *
   * @throws io.lichen.transport.moss.TransportException if it cannot bind
   * @throws IllegalArgumentException if the port is none
   */
  static NodeNetwork open(NodeParts parts, TransportOpener opener, MeshInfos infos) {
    MossTransport transport =
        opener.open(
            parts.settings.transport(),
            parts.settings.identity(),
            session -> parts.loop.execute(() -> admit(parts, session)));
    NodeNetwork network = new NodeNetwork(parts, transport, infos);
    network.prepareLoop();
    return network;
  }

  /** Begins to look for peers; once the loop runs. */
  void startDiscovery() {
    discovery.start();
    nat.start();
  }

  /** Connects to an address. */
  CompletableFuture<Void> connect(PeerAddress address) {
    return dialer.connect(address);
  }

  /** Connects with a peer wherever it is, and keeps at it. */
  CompletableFuture<Void> want(PeerId peer) {
    return nat.want(peer);
  }

  /** Sessions through relays. */
  RelayPart relays() {
    return nat.relays();
  }

  /** The bound address. */
  InetSocketAddress localAddress() {
    return transport.localAddress();
  }

  /** Whether TCP listens too, or only UDP because the port was taken. */
  boolean listensOnTcp() {
    return transport.listensOnTcp();
  }

  /** The state of the node; the node's loop only. */
  MeshInfo info() {
    return infos.ofRunningNode(
        transport.localAddress().getPort(),
        advertised.text(),
        parts.peers,
        parts.known,
        nat.relays().ownSessions(),
        nat.relays().forwarding());
  }

  /** The connected peers; the node's loop only. */
  List<MossPeer> peers() {
    return PeerInfos.of(parts.peers, parts.known, parts.gossip, parts.clockNs.getAsLong());
  }

  /** Whether everything that was published has been taken by the sockets; the node's loop only. */
  boolean isFlushed() {
    return parts.ring.count() == 0
        && parts.peers.all().stream().allMatch(link -> link.session().pendingBytes() == 0);
  }

  /** The socket layer's counters. */
  Map<String, Long> transportCounters() {
    return transport.counters();
  }

  /** What the node is behind, and what others say about that; the node's loop only. */
  NatReport natReport() {
    return nat.profile().report();
  }

  /** Whether the node relays for others; any thread. */
  boolean isSupernode() {
    return nat.profile().isSupernode();
  }

  /** Whether a router has opened the node's port; any thread. */
  boolean isPortOpen() {
    return nat.isPortOpen();
  }

  /** Ends the search for peers and closes the sockets; the loop still runs. */
  void close() {
    discovery.close();
    nat.stop();
    transport.close();
  }

  private void prepareLoop() {
    OwnAnnouncement announcement = new OwnAnnouncement(parts.settings.identity());
    parts.exchange.introduction(
        () ->
            announcement.encoded(
                advertised.text(), parts.nat.profile(), nat.profile().isSupernode()));
    parts.loop.execute(parts.routes::subscribeAll);
    parts.rendezvous.network(
        advertised::text,
        parts::natType,
        new FoundPeers(parts.loop::execute, dialer::connect, parts.counters));
    parts.loop.execute(this::addStaticPeers);
    long heartbeatNs = 1_000_000L * parts.settings.gossipSub().mesh().heartbeatMs();
    parts.loop.every(heartbeatNs, this::heartbeat);
    parts.loop.every(UPKEEP_PERIOD_NS, this::upkeep);
    parts.loop.every(StatExchange.TICK_NS, parts.statistics::tick);
    parts.loop.every(SEARCH_PERIOD_NS, this::search);
    parts.loop.every(ADDRESS_PERIOD_NS, nowNs -> parts.exchange.refreshOwn());
    parts.loop.every(Rendezvous.TICK_NS, parts.rendezvous::tick);
    parts.loop.every(TopicWorker.TICK_NS, nowNs -> parts.topics.tick());
  }

  private void addStaticPeers() {
    long nowNs = parts.clockNs.getAsLong();
    for (String address : parts.settings.staticPeers()) {
      try {
        parts.redialer.addStatic(PeerAddress.parse(address), nowNs);
        parts.discoveryCounters.found(DiscoverySource.STATIC).increment();
      } catch (IllegalArgumentException e) {
        LOG.warn("Left out a static peer: {}", e.getMessage());
      }
    }
    dialer.redialDue(nowNs);
  }

  private void heartbeat(long nowNs) {
    long startNs = parts.clockNs.getAsLong();
    parts.gossip.heartbeat(nowNs);
    parts.scores.heartbeat();
    parts.targets.touchAll();
    observe(nowNs);
    parts.heartbeats.beat(nowNs, startNs, parts.clockNs.getAsLong());
  }

  /** Brings up to date what metrics show of the loop's own tables. */
  private void observe(long nowNs) {
    parts.gossipStats = parts.gossip.stats();
    parts.census = parts.gossip.census(nowNs);
    parts.sendQueuedBytes =
        parts.peers.all().stream().mapToLong(link -> link.session().pendingBytes()).sum();
  }

  private void upkeep(long nowNs) {
    parts.freshPeers.beat();
    parts.keepalive.tick(nowNs);
    parts.membership.tick(nowNs);
    parts.slowPeers.tick(parts.peers, nowNs);
    if (parts.backlog.isBlocked()) {
      parts.routes.watchDeliveries(nowNs);
    }
    dialer.redialDue(nowNs);
    parts.exchange.drain(nowNs);
    discovery.upkeep(nowNs);
  }

  private void search(long nowNs) {
    parts.exchange.catchUp(nowNs);
    finder.tick(nowNs);
    parts.knownPeers = parts.known.size();
  }

  private static void admit(NodeParts parts, MossSession session) {
    if (parts.life.isRunning()) {
      parts.membership.admit(session, parts.clockNs.getAsLong());
    } else {
      session.close(CloseReason.STOPPED);
    }
  }
}
