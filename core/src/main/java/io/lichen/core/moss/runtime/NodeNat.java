// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.core.moss.MossException;
import io.lichen.core.moss.runtime.dial.Dialer;
import io.lichen.core.moss.runtime.nat.DirectPath;
import io.lichen.core.moss.runtime.nat.NatContext;
import io.lichen.core.moss.runtime.nat.NatPart;
import io.lichen.core.moss.runtime.nat.PeerPaths;
import io.lichen.core.moss.runtime.nat.WantedPeers;
import io.lichen.core.moss.runtime.nat.punch.DirectPaths;
import io.lichen.core.moss.runtime.nat.relay.RelayPart;
import io.lichen.crypto.PeerId;
import io.lichen.transport.moss.MossTransport;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of NAT traversal that need sockets, made and tied together in one place. */
final class NodeNat {
  private static final Logger LOG = LoggerFactory.getLogger(NodeNat.class);

  private final NodeParts parts;
  private final NatContext context;
  private final NodeProfile profile;
  private final DirectPaths paths;
  private final PeerPaths peerPaths;
  private final WantedPeers wanted;
  private final RelayPart relays;
  private final Dialer dialer;
  private volatile @Nullable NodeSurroundings surroundings;

  /** Makes them, and adds them to those of the node; before its loop starts. */
  NodeNat(NodeParts parts, MossTransport transport, Dialer dialer, Supplier<String> advertised) {
    this.parts = parts;
    this.dialer = dialer;
    this.context = context(parts, transport, dialer);
    this.profile =
        new NodeProfile(
            context,
            parts.natCounters,
            advertised,
            parts.settings.staticPeers(),
            () -> parts.relayCounters.forwardedSessions);
    this.paths = new DirectPaths(context);
    context.parts().add(paths);
    this.relays = new RelayPart(context, paths, parts.relayCounters, parts.relayed);
    this.peerPaths = new PeerPaths(context, paths, relays);
    context.parts().add(peerPaths);
    this.wanted = new WantedPeers(context, this::connect);
    context.parts().add(wanted);
    context.parts().add(recovery());
  }

  private NatPart recovery() {
    return new NatPart() {
      @Override
      public void moved(long nowNs) {
        NodeSurroundings running = surroundings;
        if (running != null) {
          running.moved();
        }
      }
    };
  }

  /** Begins to look after the network around the machine; once the node's loop runs. */
  void start() {
    surroundings =
        new NodeSurroundings(
            parts,
            dialer,
            context.transport().localAddress(),
            NodeProfile.probeNs(context.config()),
            profile::gateway,
            profile::reprobe);
  }

  /** Whether a router has opened the node's port; any thread. */
  boolean isPortOpen() {
    NodeSurroundings running = surroundings;
    return running != null && running.isPortOpen();
  }

  /** What the node is behind, and what it is for others because of that. */
  NodeProfile profile() {
    return profile;
  }

  /** Tries to connect with a peer, if need be through a relay; see {@link PeerPaths#connect}. */
  CompletableFuture<Boolean> connect(PeerId peer) {
    return peerPaths.connect(peer, context.handshakeTimeout());
  }

  /** Connects with a peer and keeps at it; see {@link WantedPeers#want}. */
  CompletableFuture<Void> want(PeerId peer) {
    return wanted.want(peer);
  }

  /** The ways to peers that no relay is between. */
  DirectPath paths() {
    return paths;
  }

  /** Sessions through relays. */
  RelayPart relays() {
    return relays;
  }

  /**
   * Gives back what was opened, as long as sessions are still there; waits for the node's loop, and
   * up to three seconds for a router.
   */
  void stop() {
    NodeSurroundings running = surroundings;
    if (running != null) {
      running.stop();
    }
    stopParts();
    if (running != null) {
      running.close();
    }
  }

  private void stopParts() {
    try {
      parts.loop.call(this::stopped);
    } catch (MossException e) {
      LOG.debug("The node's loop has ended before the parts of NAT traversal", e);
    }
  }

  private boolean stopped() {
    context.parts().stop();
    return true;
  }

  private static NatContext context(NodeParts parts, MossTransport transport, Dialer dialer) {
    return new NatContext(
        parts.settings.identity(),
        parts.settings.config(),
        parts.settings.era(),
        parts.settings.handshakeTimeout(),
        parts.peers,
        parts.known,
        parts.membership,
        parts.exchange,
        parts.gossip,
        parts.loop,
        parts.executor,
        parts.resolver,
        parts.completions,
        parts.events,
        parts.counters,
        transport,
        dialer,
        parts.clockNs,
        System::currentTimeMillis,
        new SecureRandom(),
        parts.nat);
  }
}
