// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat;

import io.lichen.core.moss.discovery.Endpoint;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.nat.profile.AddressRank;
import io.lichen.nat.profile.Sample;
import io.lichen.transport.moss.Carrier;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks some peers at once how they see this node: over UDP what address its datagrams have, over
 * TCP from which host its session comes (docs/wire/moss-nat.md, "Inputs"). The node's loop only.
 */
final class PeerRound {
  /** Told what a round has brought. */
  interface Then {
    /**
     * A round is over.
     *
     * @param seen by peers that got datagrams
     * @param claimed by peers that go by sessions
     */
    void told(List<Sample> seen, List<Sample> claimed, long nowNs);
  }

  /** Peers that are asked in a round, for each way of asking. */
  static final int MAX_ASKED = 4;

  private static final long LIMIT_NS = 1_000_000_000L;
  private static final Duration OBSERVE_LIMIT = Duration.ofMillis(900);
  private static final int ID_BYTES = 16;

  private final NatContext context;
  private final NatCounters counters;
  private final Supplier<String> advertised;
  private final Then then;
  private final Map<String, PeerLink> requests = new HashMap<>();
  private final List<Sample> seen = new ArrayList<>();
  private final List<Sample> claimed = new ArrayList<>();
  private int number;
  private int waiting;
  private long deadlineNs = Long.MAX_VALUE;

  PeerRound(NatContext context, NatCounters counters, Supplier<String> advertised, Then then) {
    this.context = context;
    this.counters = counters;
    this.advertised = advertised;
    this.then = then;
  }

  /** Whether one has begun and not ended. */
  boolean isUnderWay() {
    return deadlineNs != Long.MAX_VALUE;
  }

  /** Begins one, unless one is under way. */
  void start(long nowNs) {
    if (isUnderWay()) {
      return;
    }
    deadlineNs = nowNs + LIMIT_NS;
    chosen(Carrier.UDP).forEach(this::observe);
    chosen(Carrier.TCP).forEach(this::request);
    if (waiting == 0) {
      finish(nowNs);
    }
  }

  /** Peers at different hosts, those first that are farthest away. */
  private Collection<PeerLink> chosen(Carrier carrier) {
    Map<InetAddress, PeerLink> byHost = new LinkedHashMap<>();
    context.peers().all().stream()
        .filter(link -> link.session().carrier() == carrier && link.session().isOpen())
        .sorted((a, b) -> rank(b).compareTo(rank(a)))
        .forEach(link -> byHost.putIfAbsent(host(link), link));
    return byHost.values().stream().limit(MAX_ASKED).toList();
  }

  private static AddressRank rank(PeerLink link) {
    return AddressRank.of(host(link));
  }

  private static InetAddress host(PeerLink link) {
    return link.session().remoteAddress().getAddress();
  }

  private void observe(PeerLink link) {
    waiting++;
    int round = number;
    var unused =
        link.session()
            .observe(OBSERVE_LIMIT)
            .whenComplete(
                (@Nullable InetSocketAddress address, @Nullable Throwable failure) ->
                    context.loop().execute(() -> observed(round, link, address)));
  }

  private void observed(int round, PeerLink link, @Nullable InetSocketAddress address) {
    if (round != number) {
      return;
    }
    waiting--;
    if (address != null) {
      take(link, address, seen);
    }
    finishIfComplete();
  }

  private void request(PeerLink link) {
    byte[] octets = new byte[ID_BYTES];
    context.random().nextBytes(octets);
    String id = HexFormat.of().formatHex(octets);
    requests.put(id, link);
    waiting++;
    link.control(
        EnvelopeCodec.encode(
            Envelope.of(EnvelopeType.BINDING_REQUEST)
                .requestId(id)
                .advertisedAddress(advertised.get())
                .build()));
  }

  /** A peer has answered a request, or says so. */
  void onResponse(PeerLink from, Envelope envelope) {
    PeerLink asked = requests.get(envelope.requestId());
    if (asked == null || !asked.peer().equals(from.peer())) {
      counters.observedRefused.increment();
      return;
    }
    requests.remove(envelope.requestId());
    waiting--;
    Endpoint.parse(envelope.observedAddress())
        .ifPresentOrElse(
            endpoint ->
                take(from, new InetSocketAddress(endpoint.host(), endpoint.port()), claimed),
            counters.observedRefused::increment);
    finishIfComplete();
  }

  private void take(PeerLink from, InetSocketAddress address, List<Sample> samples) {
    if (isPlausible(from, address)) {
      counters.observed.increment();
      samples.add(new Sample(host(from), address));
    } else {
      counters.observedRefused.increment();
    }
  }

  /**
   * Only whoever is on this machine sees it under the loopback's address, and nobody under none.
   */
  private static boolean isPlausible(PeerLink from, InetSocketAddress address) {
    InetAddress host = address.getAddress();
    boolean near = host(from).isLoopbackAddress();
    return address.getPort() != 0
        && near == host.isLoopbackAddress()
        && (near || AddressRank.of(host) != AddressRank.OTHER);
  }

  private void finishIfComplete() {
    if (isUnderWay() && waiting == 0) {
      finish(context.clockNs().getAsLong());
    }
  }

  private void finish(long nowNs) {
    number++;
    waiting = 0;
    deadlineNs = Long.MAX_VALUE;
    requests.clear();
    List<Sample> nowSeen = List.copyOf(seen);
    List<Sample> nowClaimed = List.copyOf(claimed);
    seen.clear();
    claimed.clear();
    then.told(nowSeen, nowClaimed, nowNs);
  }

  long nextDeadlineNs() {
    return deadlineNs;
  }

  void onTimer(long nowNs) {
    if (deadlineNs - nowNs <= 0) {
      finish(nowNs);
    }
  }
}
