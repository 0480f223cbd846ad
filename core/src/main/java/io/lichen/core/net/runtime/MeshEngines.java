// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.net.NetConfig;
import io.lichen.core.net.capability.AnnouncementEngine;
import io.lichen.core.net.capability.AnnouncementOutput;
import io.lichen.core.net.capability.AnnouncementSettings;
import io.lichen.core.net.capability.CapabilitySet;
import io.lichen.core.net.capability.PingwaveSummary;
import io.lichen.core.net.capability.Verification;
import io.lichen.core.net.peer.Peer;
import io.lichen.core.net.peer.PeerTable;
import io.lichen.core.net.peer.Peers;
import io.lichen.core.net.route.MeshRouting;
import io.lichen.core.net.route.ProximityNode;
import io.lichen.core.net.route.RouteOutput;
import io.lichen.core.net.route.RouteSettings;
import io.lichen.core.net.wire.CapabilityTags;
import io.lichen.core.net.wire.SubprotocolIds;
import io.lichen.core.work.Offload;
import io.lichen.crypto.entity.EntityId;
import io.lichen.crypto.entity.EntityKeyPair;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.PeerFeature;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engines of routes and capabilities, joined to the peers of the node; loop only. */
final class MeshEngines implements Peers.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(MeshEngines.class);
  private static final long NS_PER_US = 1000;
  private static final long US_PER_MS = 1000;

  final MeshRouting routing;
  final AnnouncementEngine announcements;
  private final PeerTable peers;
  private final Wire wire;
  private final Identities identities;
  private final Offload offload;
  private final LongSupplier clockNs;
  private final long minGapNs;

  MeshEngines(
      EntityKeyPair keys,
      NetConfig config,
      PeerTable peers,
      Wire wire,
      Identities identities,
      Offload offload,
      LongSupplier clockNs) {
    this.peers = peers;
    this.wire = wire;
    this.identities = identities;
    this.offload = offload;
    this.clockNs = clockNs;
    NetConfig.Timers timers = config.timers();
    long nowNs = clockNs.getAsLong();
    routing =
        new MeshRouting(
            keys.id().nodeId(),
            RouteSettings.of(timers.heartbeat().toNanos(), timers.sessionTimeout().toNanos()),
            new Routes(),
            nowNs,
            unixUs());
    AnnouncementSettings settings =
        AnnouncementSettings.defaults()
            .withRequireSigned(config.requireSignedCapabilities())
            .withDirectPaths(config.directUpgrade())
            .withPortPrediction(config.nat().portPrediction());
    announcements = new AnnouncementEngine(keys, settings, new Announcements(), nowNs, unixNs());
    minGapNs = settings.minGapNs();
  }

  /** Every node says who it is, and what it speaks, to whom it meets. */
  private void announce(Set<String> tags) {
    CapabilitySet own = CapabilitySet.of(CapabilityTags.of(List.copyOf(tags), Map.of()));
    // Nobody is there yet: this must not keep the application's first announcement waiting.
    announcements.announce(own, clockNs.getAsLong() - minGapNs, unixNs());
  }

  /** Gives the engines what comes in for them, and wakes them. */
  void join(Subprotocols subprotocols, EngineTimers timers) {
    announce(subprotocols.tags());
    subprotocols.own(
        SubprotocolIds.CAPABILITY,
        (session, event) ->
            announcements.onAnnouncement(session.peerNodeId(), event, clockNs.getAsLong()));
    subprotocols.own(
        SubprotocolIds.ROUTE_WITHDRAWAL,
        (session, event) -> routing.onWithdrawal(session.peerNodeId(), event, clockNs.getAsLong()));
    timers.add(
        ChannelEngines.timed(
            announcements::nextDeadlineNs, nowNs -> announcements.onTimer(nowNs, unixNs())));
    timers.add(
        ChannelEngines.timed(routing::nextDeadlineNs, nowNs -> routing.onTimer(nowNs, unixUs())));
  }

  /** A datagram outside of any session has come. */
  void onPingwave(InetSocketAddress from, ByteBuf datagram) {
    routing.onPlain(from, datagram, clockNs.getAsLong(), unixUs());
  }

  /** Where a packet for a node goes next. */
  @Nullable InetSocketAddress nextHop(long nodeId) {
    OptionalLong via = routing.nextHop(nodeId, clockNs.getAsLong());
    Peer peer = via.isPresent() ? peers.find(via.getAsLong()) : null;
    return peer == null ? null : peer.session().address();
  }

  /**
   * Twice the way here, which is what pingwaves measure, in nanoseconds; not where it shows as 0.
   */
  Map<Long, Long> roundTripsNs() {
    Map<Long, Long> found = new HashMap<>();
    for (ProximityNode near : routing.nearby()) {
      if (near.latencyUs() > 0) {
        found.put(near.nodeId(), 2 * NS_PER_US * near.latencyUs());
      }
    }
    return found;
  }

  static long unixUs() {
    return System.currentTimeMillis() * US_PER_MS;
  }

  static long unixNs() {
    return unixUs() * NS_PER_US;
  }

  @Override
  public void onConnected(Peer peer) {
    long nowNs = clockNs.getAsLong();
    if (!peer.session().viaRelay()) {
      routing.peerUp(peer.nodeId(), peer.session().address(), nowNs);
    }
    announcements.peerUp(peer.nodeId(), nowNs);
  }

  @Override
  public void onMoved(Peer peer) {
    NetSession session = peer.session();
    long nowNs = clockNs.getAsLong();
    if (session.viaRelay()) {
      LOG.info("Node {} is reached over a relay again", name(peer));
      routing.peerDown(peer.nodeId(), nowNs);
    } else {
      LOG.info("Node {} is reached without a relay at {}", name(peer), session.address());
      routing.peerUp(peer.nodeId(), session.address(), nowNs);
    }
  }

  private static String name(Peer peer) {
    return Long.toUnsignedString(peer.nodeId());
  }

  @Override
  public void onRecovered(Peer peer) {
    onConnected(peer);
  }

  @Override
  public void onFailed(Peer peer) {
    routing.peerDown(peer.nodeId(), clockNs.getAsLong());
    announcements.peerFailed(peer.nodeId());
  }

  @Override
  public void onGone(Peer peer) {
    routing.peerDown(peer.nodeId(), clockNs.getAsLong());
    announcements.peerDown(peer.nodeId());
  }

  /** What a peer says that its wire can do. */
  private static Set<PeerFeature> features(CapabilitySet has) {
    Set<PeerFeature> features = EnumSet.noneOf(PeerFeature.class);
    Arrays.stream(PeerFeature.values())
        .filter(feature -> has.hasTag(feature.tag()))
        .forEach(features::add);
    return features;
  }

  private final class Routes implements RouteOutput {
    @Override
    public void sendPingwave(InetSocketAddress to, byte[] pingwave) {
      wire.sendPlain(to, pingwave);
    }

    @Override
    public void sendWithdrawal(long peer, byte[] event) {
      wire.send(peer, SubprotocolIds.ROUTE_WITHDRAWAL, event);
    }

    /** Sessions ask for the next hop with every packet that they forward. */
    @Override
    public void onRerouted(long dest, long via) {}

    @Override
    public void onUnreachable(long dest) {}
  }

  private final class Announcements implements AnnouncementOutput {
    @Override
    public void send(long peer, byte[] announcement) {
      wire.send(peer, SubprotocolIds.CAPABILITY, announcement);
    }

    @Override
    public void verify(Verification job) {
      boolean taken =
          offload.submit(
              job::run, isSigned -> announcements.onVerified(job, isSigned, clockNs.getAsLong()));
      if (!taken) {
        // Too much else waits: as good as lost on the way. It is not known yet, so told later.
        wire.execute(() -> announcements.onVerified(job, false, clockNs.getAsLong()));
      }
    }

    @Override
    public boolean pin(long peer, EntityId entity) {
      return identities.pin(peer, entity);
    }

    @Override
    public void onRoute(long node, long via, int hopCount) {
      routing.onAnnounced(node, via, hopCount, clockNs.getAsLong());
    }

    @Override
    public void onCapabilities(long node, CapabilitySet has) {
      Peer peer = peers.find(node);
      if (peer != null) {
        peer.session().peerSupports(features(has));
      }
    }

    @Override
    public void onOwnCapabilities(CapabilitySet has, int changes) {
      routing.announced(PingwaveSummary.of(has, changes), clockNs.getAsLong());
    }
  }
}
