// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.punch;

import io.lichen.core.moss.discovery.Endpoint;
import io.lichen.core.moss.runtime.exchange.AdvertisedAddress;
import io.lichen.core.moss.runtime.nat.NatContext;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.crypto.PeerId;
import io.lichen.nat.profile.NatProfile;
import io.lichen.nat.profile.NatType;
import io.lichen.transport.moss.Carrier;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
   * @param observed where this node was seen last, if the next mapping will be another; else {@code
   *     null}
   */
  record Seen(InetSocketAddress advertised, @Nullable InetSocketAddress observed) {}

  private record Answer(InetSocketAddress address, long untilNs) {}

  /** For how long an answer counts. */
  private static final long FRESH_NS = 3_000_000_000L;

  private static final int MAX_ANSWERS = 64;
  private static final int MAX_PORT = 65_535;

  private final NatContext context;
  private final AdvertisedAddress listening;
  private final Map<PeerId, Answer> answers =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PeerId, Answer> eldest) {
          return size() > MAX_ANSWERS;
        }
      };

  OwnEndpoint(NatContext context) {
    this.context = context;
    this.listening =
        new AdvertisedAddress(
            context.transport().localAddress(),
            () ->
                context.peers().all().stream()
                    .filter(link -> !link.session().isRelayed())
                    .map(link -> link.session().remoteAddress().getAddress()),
            AdvertisedAddress::ofThisMachine);
  }

  /**
   * Finds out.
   *
   * @param timeout for the coordinator's answer
   * @return completed on the node's loop, never exceptionally
   */
  CompletableFuture<Seen> find(PeerLink coordinator, Duration timeout, long nowNs) {
    Answer known = answers.get(coordinator.peer());
    if (known != null && nowNs - known.untilNs() < 0) {
      return CompletableFuture.completedFuture(seen(known.address()));
    }
    CompletableFuture<Seen> result = new CompletableFuture<>();
    if (coordinator.session().carrier() != Carrier.UDP) {
      result.complete(seen(null));
      return result;
    }
    var unused =
        coordinator
            .session()
            .observe(timeout)
            .whenComplete(
                (address, failure) ->
                    context.loop().execute(() -> answered(coordinator.peer(), address, result)));
    return result;
  }

  private void answered(
      PeerId from, @Nullable InetSocketAddress address, CompletableFuture<Seen> result) {
    if (address != null) {
      answers.put(from, new Answer(address, context.clockNs().getAsLong() + FRESH_NS));
    }
    result.complete(seen(address));
  }

  private Seen seen(@Nullable InetSocketAddress observed) {
    NatProfile profile = context.parts().profile();
    InetSocketAddress base = observed == null ? profile.external() : observed;
    if (base == null) {
      return new Seen(listening(), null);
    }
    boolean inOrder = profile.type() == NatType.SYMMETRIC_NAT && profile.portStep() != 0;
    return inOrder && context.config().nat().portPredictionEnabled()
        ? next(newest(base, profile.external(), profile.portStep()), profile.portStep())
        : new Seen(base, null);
  }

  /** The mapping that was made later, as far as their ports tell. */
  private static InetSocketAddress newest(
      InetSocketAddress one, @Nullable InetSocketAddress other, int step) {
    if (other == null || !other.getAddress().equals(one.getAddress())) {
      return one;
    }
    return (long) (other.getPort() - one.getPort()) * step > 0 ? other : one;
  }

  private static Seen next(InetSocketAddress newest, int step) {
    int port = newest.getPort() + step;
    return port < 1 || port > MAX_PORT
        ? new Seen(newest, null)
        : new Seen(new InetSocketAddress(newest.getAddress(), port), newest);
  }

  private InetSocketAddress listening() {
    Endpoint endpoint = Endpoint.parse(listening.text()).orElseThrow();
    return new InetSocketAddress(endpoint.host(), endpoint.port());
  }
}
