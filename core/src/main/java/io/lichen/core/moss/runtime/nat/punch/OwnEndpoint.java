// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.punch;

import io.lichen.core.moss.discovery.Endpoint;
import io.lichen.core.moss.runtime.exchange.AdvertisedAddress;
import io.lichen.core.moss.runtime.nat.NatContext;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.crypto.PeerId;
import io.lichen.nat.profile.NatProfile;
import io.lichen.nat.profile.NatType;
import io.lichen.nat.punch.NextPort;
import io.lichen.transport.moss.Carrier;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the other end of a punch is to expect this node (docs/wire/moss-nat.md, "Own address"): as
 * the coordinator sees its UDP socket, asked anew at most every few seconds; else as others saw it;
 * else where it listens.
 */
final class OwnEndpoint {
  /**
   * What is told.
   *
   * @param advertised where the other end should fire
   * @param observed one step before that, if the next mapping will be another; else {@code null}
   */
  record Seen(InetSocketAddress advertised, @Nullable InetSocketAddress observed) {}

  private record Answer(InetSocketAddress address, long untilNs) {}

  /** For how long an answer counts. */
  private static final long FRESH_NS = 3_000_000_000L;

  /** Peers asked besides the coordinator, where each sees another port. */
  private static final int MAX_OTHERS = 7;

  private static final int MAX_ANSWERS = 64;

  private final NatContext context;
  private final LongSupplier flows;
  private final AdvertisedAddress listening;
  private final NextPort nextPort = new NextPort();
  private final Map<PeerId, Answer> answers =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PeerId, Answer> eldest) {
          return size() > MAX_ANSWERS;
        }
      };

  /**
   * Makes one.
   *
   * @param flows to how many others this node has sent something for a punch
   */
  OwnEndpoint(NatContext context, LongSupplier flows) {
    this.context = context;
    this.flows = flows;
    this.listening =
        new AdvertisedAddress(
            context.transport().localAddress(),
            () ->
                context.peers().all().stream()
                    .filter(link -> !link.session().isRelayed())
                    .map(link -> link.session().remoteAddress().getAddress()),
            AdvertisedAddress::ofThisMachine,
            () -> NatProfile.UNKNOWN);
  }

  /** What this node is behind has changed: what others saw counts no more. */
  void forget() {
    answers.clear();
    nextPort.forget();
  }

  /**
   * Finds out.
   *
   * @param timeout for the answers
   * @return completed on the node's loop, never exceptionally
   */
  CompletableFuture<Seen> find(PeerLink coordinator, Duration timeout, long nowNs) {
    Answer known = answers.get(coordinator.peer());
    if (!givesPortsInOrder() && known != null && nowNs - known.untilNs() < 0) {
      return CompletableFuture.completedFuture(seen(coordinator));
    }
    List<CompletableFuture<InetSocketAddress>> asked = new ArrayList<>();
    for (PeerLink link : toAsk(coordinator)) {
      asked.add(
          link.session()
              .observe(timeout)
              .whenComplete(
                  (address, failure) ->
                      context.loop().execute(() -> answered(link.peer(), address))));
    }
    CompletableFuture<Seen> result = new CompletableFuture<>();
    if (asked.isEmpty()) {
      result.complete(seen(coordinator));
    } else {
      var unused =
          CompletableFuture.allOf(asked.toArray(new CompletableFuture<?>[0]))
              .whenComplete(
                  (done, e) -> context.loop().execute(() -> result.complete(seen(coordinator))));
    }
    return result;
  }

  /** The coordinator; and others, where the newest mapping of all is what counts. */
  private List<PeerLink> toAsk(PeerLink coordinator) {
    List<PeerLink> links = new ArrayList<>();
    if (coordinator.session().carrier() == Carrier.UDP) {
      links.add(coordinator);
    }
    if (givesPortsInOrder()) {
      context.peers().all().stream()
          .filter(link -> link.session().carrier() == Carrier.UDP && link != coordinator)
          .limit(MAX_OTHERS)
          .forEach(links::add);
    }
    return links;
  }

  private void answered(PeerId from, @Nullable InetSocketAddress address) {
    if (address == null) {
      return;
    }
    answers.put(from, new Answer(address, context.clockNs().getAsLong() + FRESH_NS));
    if (givesPortsInOrder()) {
      nextPort.saw(address, context.parts().profile().portStep(), flows.getAsLong());
    }
  }

  private boolean givesPortsInOrder() {
    NatProfile profile = context.parts().profile();
    return profile.type() == NatType.SYMMETRIC_NAT
        && profile.portStep() != 0
        && context.config().nat().portPredictionEnabled();
  }

  private Seen seen(PeerLink coordinator) {
    NatProfile profile = context.parts().profile();
    InetSocketAddress external = profile.external();
    Answer answer = answers.get(coordinator.peer());
    InetSocketAddress base = answer == null ? external : answer.address();
    if (base == null) {
      return new Seen(listening(), null);
    }
    if (!givesPortsInOrder()) {
      return new Seen(base, null);
    }
    int step = profile.portStep();
    nextPort.saw(external == null ? base : external, step, flows.getAsLong());
    nextPort.saw(base, step, flows.getAsLong());
    InetSocketAddress next = nextPort.next(step, flows.getAsLong());
    return next == null || next.getPort() - step < 1
        ? new Seen(base, null)
        : new Seen(next, new InetSocketAddress(next.getAddress(), next.getPort() - step));
  }

  private InetSocketAddress listening() {
    Endpoint endpoint = Endpoint.parse(listening.text()).orElseThrow();
    return new InetSocketAddress(endpoint.host(), endpoint.port());
  }
}
