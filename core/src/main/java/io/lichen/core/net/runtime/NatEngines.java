// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.net.NetConfig;
import io.lichen.core.net.PeerState;
import io.lichen.core.net.capability.CapabilityIndex;
import io.lichen.core.net.capability.CapabilitySet;
import io.lichen.core.net.nat.Answers;
import io.lichen.core.net.nat.Classification;
import io.lichen.core.net.nat.Dials;
import io.lichen.core.net.nat.DirectConnects;
import io.lichen.core.net.nat.Hearsay;
import io.lichen.core.net.nat.Introductions;
import io.lichen.core.net.nat.Meeting;
import io.lichen.core.net.nat.NatCounters;
import io.lichen.core.net.nat.NatOutput;
import io.lichen.core.net.nat.NatPeers;
import io.lichen.core.net.nat.NatView;
import io.lichen.core.net.nat.NatWords;
import io.lichen.core.net.nat.ReflexProbes;
import io.lichen.core.net.nat.Requests;
import io.lichen.core.net.peer.Peer;
import io.lichen.core.net.peer.PeerTable;
import io.lichen.core.net.peer.Peers;
import io.lichen.core.net.wire.ReflexAddress;
import io.lichen.core.net.wire.SubprotocolIds;
import io.lichen.nat.path.Openness;
import io.lichen.transport.net.NetDial;
import io.lichen.transport.net.NetSession;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engines of NAT traversal, joined to the peers of the node; loop only. */
final class NatEngines implements Peers.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(NatEngines.class);

  final NatCounters counters = new NatCounters();
  final ReflexProbes probes;
  final Classification classification;
  final DirectConnects connects;
  final NatPeers known = new KnownPeers();
  private final Requests requests;
  private final Answers answers;
  private final Meeting meeting;
  private final NetConfig.Nat config;
  private final PeerTable peers;
  private final Wire wire;
  private final EngineTimers timers;
  private final MeshEngines mesh;
  private final LongSupplier clockNs = System::nanoTime;

  NatEngines(
      NodeSettings settings, PeerTable peers, Wire wire, EngineTimers timers, MeshEngines mesh) {
    long self = settings.identity().id().nodeId();
    this.config = settings.config().nat();
    this.peers = peers;
    this.wire = wire;
    this.timers = timers;
    this.mesh = mesh;
    NatOutput out = new Output();
    probes = new ReflexProbes(out);
    classification = new Classification(probes, known, this::isBound, this::changed, clockNs);
    Introductions introductions = new Introductions(out, known, counters);
    requests =
        new Requests(
            self, out, known, counters, probes, this::ownAddress, new SecureRandom(), clockNs);
    answers = new Answers(self, out, known, counters);
    meeting = new Meeting(self, introductions, requests, answers, counters);
    connects =
        new DirectConnects(
            known,
            requests,
            new Handshakes(),
            () -> classification.view().openness(),
            counters,
            clockNs);
  }

  /** Gives the engines what comes in for them, and wakes them. */
  void join(Subprotocols subprotocols) {
    subprotocols.own(
        SubprotocolIds.REFLEX, (session, event) -> probes.onEvent(session.peerNodeId(), event));
    subprotocols.own(
        SubprotocolIds.RENDEZVOUS,
        (session, event) ->
            meeting.onEvent(
                session.peerNodeId(), event, clockNs.getAsLong(), System.currentTimeMillis()));
    timers.add(ChannelEngines.timed(probes::nextDeadlineNs, probes::onTimer));
    timers.add(ChannelEngines.timed(classification::nextDeadlineNs, classification::onTimer));
    timers.add(ChannelEngines.timed(requests::nextDeadlineNs, requests::onTimer));
    timers.add(ChannelEngines.timed(answers::nextDeadlineNs, answers::onTimer));
    timers.add(ChannelEngines.timed(connects::nextDeadlineNs, connects::onTimer));
    InetSocketAddress override = config.reflexOverride();
    if (override != null) {
      classification.override(override);
    }
    if (config.classify()) {
      classification.repeat(clockNs.getAsLong());
    }
  }

  /** A keep-alive has come, from anybody. */
  void onKeepAlive(InetSocketAddress from, ByteBuf datagram) {
    meeting.onKeepAlive(from, datagram, clockNs.getAsLong());
  }

  /** Who is on the way of a node's packets, or may be: the likeliest first. */
  List<Long> coordinators(long target) {
    return Coordinators.choose(target, mesh, known, clockNs.getAsLong());
  }

  private void changed(NatView view) {
    LOG.info("This node is behind: {}; seen at {}", view.tag(), view.seen());
    InetSocketAddress seen = view.seen();
    mesh.announcements.setNat(
        view.tag(), seen == null ? null : ReflexAddress.of(seen), clockNs.getAsLong());
  }

  private boolean isBound(InetSocketAddress seen) {
    InetSocketAddress bound = wire.transport().localAddress();
    boolean isHost =
        bound.getAddress().isAnyLocalAddress()
            ? isOwn(seen.getAddress())
            : bound.getAddress().equals(seen.getAddress());
    return isHost && bound.getPort() == seen.getPort();
  }

  /** Behind a NAT that keeps ports, the port alone would say nothing. */
  private static boolean isOwn(InetAddress address) {
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (IOException e) {
      return false;
    }
  }

  /** What an operator or a gateway says, else the coordinator, else what peers said before. */
  private @Nullable InetSocketAddress ownAddress(@Nullable InetSocketAddress seen) {
    NatView view = classification.view();
    return seen == null || view.isOverride() ? view.seen() : seen;
  }

  @Override
  public void onConnected(Peer peer) {
    onMoved(peer);
  }

  @Override
  public void onMoved(Peer peer) {
    if (!peer.session().viaRelay()) {
      long nowNs = clockNs.getAsLong();
      connects.met(peer.nodeId(), nowNs);
      meeting.met(peer.nodeId(), nowNs);
    }
  }

  @Override
  public void onRecovered(Peer peer) {}

  @Override
  public void onFailed(Peer peer) {}

  @Override
  public void onGone(Peer peer) {
    probes.onPeerGone(peer.nodeId());
  }

  private final class Output implements NatOutput {
    @Override
    public boolean send(long peer, int subprotocol, byte[] event) {
      if (peers.find(peer) == null) {
        return false;
      }
      wire.send(peer, subprotocol, event);
      return true;
    }

    @Override
    public void sendPlain(InetSocketAddress to, byte[] datagram) {
      wire.sendPlain(to, datagram);
    }
  }

  private final class KnownPeers implements NatPeers {
    @Override
    public @Nullable InetSocketAddress direct(long node) {
      Peer peer = peers.find(node);
      return peer == null || peer.session().viaRelay() ? null : peer.session().address();
    }

    @Override
    public List<Long> direct() {
      return peers.all().stream()
          .filter(peer -> !peer.session().viaRelay() && peer.state() == PeerState.ALIVE)
          .map(Peer::nodeId)
          .toList();
    }

    @Override
    public @Nullable InetSocketAddress announced(long node) {
      ReflexAddress said = index().seenAt(node, clockNs.getAsLong());
      if (said == null) {
        return null;
      }
      InetSocketAddress own = wire.transport().localAddress();
      return Hearsay.isUsable(said.address(), own) ? said.address() : null;
    }

    @Override
    public Openness openness(long node) {
      CapabilitySet has = index().get(node, clockNs.getAsLong());
      return has == null ? Openness.UNKNOWN : NatWords.in(has::hasTag);
    }

    private CapabilityIndex index() {
      return mesh.announcements.index();
    }
  }

  private final class Handshakes implements Dials {
    @Override
    public CompletableFuture<NetSession> connect(NetDial dial) {
      CompletableFuture<NetSession> handed = new CompletableFuture<>();
      CompletableFuture<NetSession> begun;
      try {
        begun = wire.transport().connect(dial);
      } catch (IllegalArgumentException | RejectedExecutionException e) {
        return CompletableFuture.failedFuture(e);
      }
      var unused =
          begun.whenComplete(
              (session, failure) -> {
                if (failure == null) {
                  handed.complete(session);
                } else {
                  handed.completeExceptionally(failure);
                }
                timers.arm(wire.loop());
              });
      // Not what this returns is handed out: cancelling that would not reach the handshakes.
      var unusedToo = handed.whenComplete((session, failure) -> begun.cancel(false));
      return handed;
    }

    @Override
    public @Nullable InetSocketAddress nextHop(long node) {
      return mesh.nextHop(node);
    }

    @Override
    public boolean isConnected(long node) {
      return peers.find(node) != null;
    }

    @Override
    public boolean tryPath(long node, InetSocketAddress address) {
      Peer peer = peers.find(node);
      return peer != null && peer.session().tryPath(address);
    }
  }
}
