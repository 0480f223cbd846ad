// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.net.NetConfig;
import io.lichen.core.net.nat.Answers;
import io.lichen.core.net.nat.Classification;
import io.lichen.core.net.nat.Dials;
import io.lichen.core.net.nat.DirectConnects;
import io.lichen.core.net.nat.Introductions;
import io.lichen.core.net.nat.Meeting;
import io.lichen.core.net.nat.NatCounters;
import io.lichen.core.net.nat.NatOutput;
import io.lichen.core.net.nat.NatView;
import io.lichen.core.net.nat.OwnPorts;
import io.lichen.core.net.nat.ReflexProbes;
import io.lichen.core.net.nat.Requests;
import io.lichen.core.net.peer.Peer;
import io.lichen.core.net.peer.PeerTable;
import io.lichen.core.net.peer.Peers;
import io.lichen.core.net.wire.ReflexAddress;
import io.lichen.core.net.wire.SubprotocolIds;
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
  final KnownPeers known;
  private final OwnPorts ports;
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
    known = new KnownPeers(peers, wire, mesh, clockNs);
    ports = new OwnPorts(config.portPrediction());
    probes = new ReflexProbes(out);
    classification =
        new Classification(probes, known, ports, this::isBound, this::changed, clockNs);
    Introductions introductions = new Introductions(out, known, counters);
    requests =
        new Requests(
            self,
            out,
            known,
            counters,
            probes,
            this::ownAddress,
            ports,
            new SecureRandom(),
            clockNs);
    answers = new Answers(self, out, known, counters, ports);
    meeting = new Meeting(self, introductions, requests, answers, counters);
    connects =
        new DirectConnects(
            known,
            requests,
            new Handshakes(),
            () -> classification.view().openness(),
            ports,
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
    LOG.info("This node is behind: {}; seen at {}", view.tags(), view.seen());
    InetSocketAddress seen = view.seen();
    mesh.announcements.setNat(
        view.tags(), seen == null ? null : ReflexAddress.of(seen), clockNs.getAsLong());
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

  /**
   * What an operator or a gateway says, else the coordinator, else what peers said before; and of
   * the last two what follows from that for the next port.
   */
  private @Nullable InetSocketAddress ownAddress(@Nullable InetSocketAddress seen) {
    NatView view = classification.view();
    InetSocketAddress here = seen == null || view.isOverride() ? view.seen() : seen;
    return here == null ? null : ports.next(here);
  }

  @Override
  public void onConnected(Peer peer) {
    onMoved(peer);
  }

  @Override
  public void onMoved(Peer peer) {
    known.onPath(peer);
    if (!peer.session().viaRelay()) {
      long nowNs = clockNs.getAsLong();
      ports.spokeTo(peer.session().address());
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
    known.onGone(peer);
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
