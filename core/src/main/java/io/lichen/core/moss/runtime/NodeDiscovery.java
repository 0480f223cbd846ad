// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.core.moss.MossEvent;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.discovery.Candidates;
import io.lichen.core.moss.discovery.Candidates.Attempt;
import io.lichen.core.moss.discovery.Discovery;
import io.lichen.core.moss.discovery.DiscoveryHost;
import io.lichen.core.moss.discovery.DiscoverySource;
import io.lichen.core.moss.discovery.Endpoint;
import io.lichen.core.moss.runtime.dial.DialBackoff;
import io.lichen.core.moss.runtime.dial.Dialer;
import io.lichen.core.moss.runtime.dial.OwnAddressException;
import io.lichen.core.moss.runtime.dial.PeerAddress;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.transport.moss.Carrier;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Between discovery and the dialer: what is found becomes a candidate, and candidates are dialled a
 * few at a time as long as there is room for peers. The node's loop, but for what {@link
 * DiscoveryHost} says.
 */
final class NodeDiscovery implements DiscoveryHost, AutoCloseable {
  /** Candidates dialled at a time. */
  private static final int MAX_DIALING = 8;

  private static final Logger LOG = LoggerFactory.getLogger(NodeDiscovery.class);

  private final NodeParts parts;
  private final Dialer dialer;
  private final InetSocketAddress bound;
  private final Candidates candidates;
  private volatile @Nullable Discovery discovery;

  NodeDiscovery(NodeParts parts, Dialer dialer, InetSocketAddress bound) {
    this.parts = parts;
    this.dialer = dialer;
    this.bound = bound;
    long baseNs = parts.settings.handshakeTimeout().toNanos();
    this.candidates =
        new Candidates(failures -> DialBackoff.waitNs(baseNs, failures), parts.discoveryCounters);
  }

  /** Begins to look for peers; once the loop runs. */
  void start() {
    discovery = Discovery.start(parts.settings.discovery(bound), this, parts.discoveryCounters);
  }

  /** Dials what is due. */
  void upkeep(long nowNs) {
    if (candidates.size() > 0 && parts.peers.directSize() < parts.settings.maxPeers()) {
      candidates.takeDue(MAX_DIALING, this::isSettled, nowNs).forEach(this::dial);
    }
  }

  /** Addresses that led to a peer once are the redialer's concern. */
  private boolean isSettled(Endpoint endpoint) {
    return parts.redialer.peerAt(address(endpoint, Carrier.TCP)) != null
        || parts.redialer.peerAt(address(endpoint, Carrier.UDP)) != null;
  }

  private void dial(Attempt attempt) {
    Carrier carrier = attempt.overUdp() ? Carrier.UDP : Carrier.TCP;
    var unused =
        dialer
            .connect(address(attempt.endpoint(), carrier))
            .whenComplete((ok, e) -> parts.loop.execute(() -> dialled(attempt, e)));
  }

  private void dialled(Attempt attempt, @Nullable Throwable failure) {
    long nowNs = parts.clockNs.getAsLong();
    if (failure == null) {
      candidates.reached(attempt, nowNs);
    } else if (failure instanceof MossException e && e.getCause() instanceof OwnAddressException) {
      candidates.isOwn(attempt);
    } else {
      candidates.failed(attempt, nowNs);
    }
  }

  private static PeerAddress address(Endpoint endpoint, Carrier carrier) {
    return new PeerAddress(carrier, endpoint.host().getHostAddress(), endpoint.port());
  }

  @Override
  public void found(DiscoverySource source, Collection<Endpoint> endpoints) {
    List<Endpoint> others = endpoints.stream().filter(e -> !isOwn(e)).toList();
    parts.loop.execute(() -> candidates.offer(source, others, parts.clockNs.getAsLong()));
  }

  /** Trackers and beacons name this node too; seen from here that can be told by the address. */
  private boolean isOwn(Endpoint endpoint) {
    return endpoint.port() == bound.getPort()
        && (bound.getAddress().isAnyLocalAddress()
            ? isOfThisMachine(endpoint.host())
            : bound.getAddress().equals(endpoint.host()));
  }

  private static boolean isOfThisMachine(InetAddress host) {
    try {
      return host.isLoopbackAddress() || NetworkInterface.getByInetAddress(host) != null;
    } catch (SocketException e) {
      return false;
    }
  }

  @Override
  public int connectedPeers() {
    return ask(parts.peers::size, 0);
  }

  @Override
  public List<Endpoint> reachedPeers() {
    return ask(
        () -> {
          List<Endpoint> reached = new ArrayList<>();
          for (PeerLink link : parts.peers.all()) {
            if (link.session().outbound() && !link.session().isRelayed()) {
              reached.add(Endpoint.of(link.session().remoteAddress()));
            }
          }
          return reached;
        },
        List.of());
  }

  private <T> T ask(Supplier<T> question, T otherwise) {
    try {
      return parts.loop.call(question);
    } catch (MossException e) {
      LOG.debug("The node stopped while discovery asked it", e);
      return otherwise;
    }
  }

  @Override
  public void announced(int found, @Nullable String error) {
    Map<String, String> detail = new LinkedHashMap<>();
    if (error != null) {
      detail.put("error", error);
      parts.events.add(new MossEvent(MossEvent.Type.TRACKER_FAILURE, detail));
    } else {
      detail.put("candidate_peers", Integer.toString(found));
      detail.put("connected_peers", Integer.toString(connectedPeers()));
      parts.events.add(new MossEvent(MossEvent.Type.TRACKER_ANNOUNCE, detail));
    }
  }

  @Override
  public void close() {
    Discovery running = discovery;
    if (running != null) {
      running.close();
    }
  }
}
