// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.nat.PortMapperCounters;
import io.lichen.core.net.NetStats;
import io.lichen.core.net.capability.AnnouncementEngine;
import io.lichen.core.net.capability.AnnouncementStats;
import io.lichen.core.net.delivery.DeliveryCounters;
import io.lichen.core.net.delivery.EventDelivery;
import io.lichen.core.net.nat.NatCounters;
import io.lichen.core.net.nat.RejectReason;
import io.lichen.core.net.peer.PeerCounters;
import io.lichen.core.net.route.MeshRouting;
import io.lichen.core.net.route.RouteStats;
import io.lichen.transport.net.DropReason;
import io.lichen.transport.net.NetTransport;
import io.lichen.transport.net.SessionEnd;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * Shows a node's counters to a meter registry and to {@link NetStats}; docs/metrics.md lists the
 * names. Reads only: nothing here costs the node anything between two readings.
 */
final class NetMetrics implements MeterBinder {
  static final String PREFIX = "lichen.net.";

  /**
   * Something that can be read.
   *
   * @param tags names and values by turns
   * @param isGauge whether it may fall
   */
  private record Reading(String name, List<String> tags, LongSupplier value, boolean isGauge) {
    /** The name with the values of its tags. */
    String key() {
      return tags.isEmpty() ? name : name + "." + tags.get(1);
    }
  }

  private final NetParts parts;
  private final NetTransport transport;
  private final List<Reading> readings = new ArrayList<>();

  /** What is asked of the loop's own tables, and what it answered last. */
  private final List<LongSupplier> ofLoop = new ArrayList<>();

  private volatile long[] answers = {};

  NetMetrics(NetParts parts, NetTransport transport) {
    this.parts = parts;
    this.transport = transport;
    ofPeers();
    ofEvents();
    ofNode();
    ofChannels();
    ofMesh();
    ofNat();
    ofTransport();
    answers = new long[ofLoop.size()];
  }

  /** Looks at what belongs to the loop; loop only. */
  void refresh() {
    long[] now = new long[ofLoop.size()];
    for (int i = 0; i < now.length; i++) {
      now[i] = ofLoop.get(i).getAsLong();
    }
    answers = now;
  }

  NetStats stats() {
    Map<String, Long> counters = new TreeMap<>();
    for (Reading reading : readings) {
      counters.put(reading.key(), reading.value.getAsLong());
    }
    parts.subprotocols.ignored.forEach(
        (name, count) -> counters.put("subprotocol.ignored." + name, count.sum()));
    EventDelivery events = parts.events;
    return new NetStats(
        parts.peers.table().size(),
        events.received.sum(),
        events.counters.delivered.sum(),
        events.counters.dropped(),
        counters);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    parts.replicaMeters.bindTo(registry);
    for (Reading reading : readings) {
      String[] tags = reading.tags.toArray(String[]::new);
      if (reading.isGauge) {
        Gauge.builder(PREFIX + reading.name, reading, r -> r.value.getAsLong())
            .tag("node", parts.name())
            .tags(tags)
            .strongReference(true)
            .register(registry);
      } else {
        FunctionCounter.builder(PREFIX + reading.name, reading, r -> r.value.getAsLong())
            .tag("node", parts.name())
            .tags(tags)
            .register(registry);
      }
    }
  }

  private void ofPeers() {
    PeerCounters peers = parts.peerCounters;
    gauge("peers", () -> parts.peers.table().size());
    counter("sessions", peers.sessions);
    for (SessionEnd reason : SessionEnd.values()) {
      String tag = reason.name().toLowerCase(Locale.ROOT);
      counter("sessions.ended", peers.sessionsEnded(reason), "reason", tag);
    }
    counter("heartbeats", peers.heartbeatsSent, "direction", "sent");
    counter("heartbeats", peers.heartbeatsReceived, "direction", "received");
    counter("peers.failed", peers.failed);
    counter("peers.recovered", peers.recovered);
    counter("peers.evicted", peers.evicted);
    counter("peers.redialled", peers.redialled);
    counter("peer_events.dropped", parts.newsCounters.droppedOldest);
  }

  private void ofEvents() {
    EventDelivery events = parts.events;
    DeliveryCounters counters = events.counters;
    counter("events.received", events.received);
    counter("events.received.bytes", events.receivedBytes);
    counter("events.delivered", counters.delivered);
    counter("events.dropped", counters.droppedOldest, "policy", "drop_oldest");
    counter("events.dropped", counters.droppedNewest, "policy", "drop_newest");
    counter("events.dropped", counters.droppedBlocked, "policy", "block");
    counter("events.dropped", counters.droppedAtEnd, "policy", "ended");
    counter("events.dropped", counters.unclaimed, "policy", "unclaimed");
    gauge("events.waiting.bytes", events::waitingBytes);
  }

  private void ofNode() {
    NetCounters counters = parts.counters;
    counter("handshakes", counters.handshakesSucceeded, "result", "success");
    counter("handshakes", counters.handshakesFailed, "result", "failure");
    counter("streams.gaps", counters.streamGaps);
    counter("streams.ended", counters.streamsEnded);
    counter("stream_events.dropped", parts.streamNewsCounters.droppedOldest);
    counter("async.refused", counters.asyncRefused);
    counter("subprotocol.dropped", parts.subprotocols.dropped);
    readings.add(
        new Reading("subprotocol.ignored", List.of(), parts.subprotocols::ignoredEvents, false));
    gauge("replicas", parts.replicas::size);
    counter("replicas.messages.dropped", counters.replicaMessagesDropped);
    counter("replicas.news.dropped", parts.replicaNewsCounters.droppedOldest);
    counter("callback.failures", counters.callbackFailures);
    counter("loop.faults", counters.loopFaults);
  }

  private void ofChannels() {
    ChannelEngines channels = parts.channelEngines;
    Publisher publisher = parts.publisher;
    counter("published", publisher.published);
    counter("publish.delivered", publisher.delivered);
    counter("publish.failed", publisher.failed);
    counter("publish.waits", publisher.waits);
    counter("identity.conflicts", parts.identities.conflicts);
    onLoop("subscriptions", true, parts.subscriptions::size, "direction", "own");
    onLoop("subscriptions", true, channels.roster::size, "direction", "peers");
    onLoop("subscriptions.expired", false, channels.planner::expired);
    onLoop("membership", false, channels.responder::accepted, "result", "accepted");
    onLoop("membership", false, channels.responder::refused, "result", "refused");
    onLoop("membership", false, channels.responder::overloaded, "result", "overloaded");
    onLoop("membership", false, channels.membership::undecodable, "result", "undecodable");
    onLoop("membership", false, channels.requester::strayAcks, "result", "stray");
    onLoop("proofs", false, channels.verifier::accepted, "result", "accepted");
    onLoop("proofs", false, channels.verifier::refused, "result", "refused");
    onLoop("proofs", false, channels.proofs::undecodable, "result", "undecodable");
  }

  private void ofMesh() {
    ofAnnouncements("received", AnnouncementStats::received);
    ofAnnouncements("accepted", AnnouncementStats::accepted);
    ofAnnouncements("forwarded", AnnouncementStats::forwarded);
    ofAnnouncements("dropped", stats -> sum(stats.dropped()));
    AnnouncementEngine engine = parts.meshEngines.announcements;
    onLoop("capabilities.nodes", true, () -> engine.stats().nodesKnown());
    ofRoutes("pingwaves", "received", RouteStats::wavesReceived);
    ofRoutes("pingwaves", "forwarded", RouteStats::wavesForwarded);
    ofRoutes("pingwaves", "sent", RouteStats::wavesEmitted);
    ofRoutes("pingwaves", "dropped", stats -> sum(stats.wavesDropped()));
    ofRoutes("withdrawals", "received", RouteStats::withdrawalsReceived);
    ofRoutes("withdrawals", "ignored", RouteStats::withdrawalsIgnored);
    ofRoutes("withdrawals", "sent", RouteStats::withdrawalsSent);
    onLoop("routes", true, () -> parts.meshEngines.routing.stats().destinations());
  }

  private void ofNat() {
    NatCounters nat = parts.natEngines.counters;
    counter("nat.punches", nat.punchesAttempted, "result", "attempted");
    counter("nat.punches", nat.punchesSucceeded, "result", "succeeded");
    counter("nat.punches", nat.punchTimeouts, "result", "timed_out");
    counter("nat.punches", nat.punchRejections, "result", "rejected");
    counter("nat.relay_fallbacks", nat.relayFallbacks);
    counter("nat.no_coordinator", nat.noCoordinator);
    counter("nat.introductions", nat.introduced, "result", "made");
    counter("nat.introductions", nat.introductionsFollowed, "result", "followed");
    counter("nat.introductions", nat.introductionsRefused, "result", "refused");
    for (RejectReason reason : RejectReason.values()) {
      counter(
          "nat.rejects", nat.rejected(reason), "reason", reason.name().toLowerCase(Locale.ROOT));
    }
    counter("nat.keep_alives", nat.keepAlivesSent, "result", "sent");
    counter("nat.keep_alives", nat.keepAlivesReceived, "result", "received");
    counter("nat.keep_alives", nat.keepAlivesIgnored, "result", "ignored");
    counter("nat.messages.refused", nat.refusedAcks, "kind", "ack");
    counter("nat.messages.refused", nat.strayMessages, "kind", "stray");
    PortMapperCounters port = parts.port.counters;
    counter("nat.port", port.found, "result", "found");
    counter("nat.port", port.notFound, "result", "not_found");
    counter("nat.port", port.changed, "result", "changed");
    counter("nat.port", port.lost, "result", "lost");
    gauge("nat.port.open", () -> parts.port.isOpen() ? 1 : 0);
    onLoop("nat.reflex.unasked", false, parts.natEngines.probes::unasked);
  }

  private void ofAnnouncements(String result, ToLongFunction<AnnouncementStats> value) {
    AnnouncementEngine engine = parts.meshEngines.announcements;
    onLoop("capabilities", false, () -> value.applyAsLong(engine.stats()), "result", result);
  }

  private void ofRoutes(String name, String result, ToLongFunction<RouteStats> value) {
    MeshRouting routing = parts.meshEngines.routing;
    onLoop(name, false, () -> value.applyAsLong(routing.stats()), "result", result);
  }

  private static long sum(Map<?, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private void onLoop(String name, boolean isGauge, LongSupplier value, String... tags) {
    int index = ofLoop.size();
    ofLoop.add(value);
    readings.add(new Reading(name, List.of(tags), () -> answers[index], isGauge));
  }

  private void ofTransport() {
    for (DropReason reason : DropReason.values()) {
      LongSupplier value = () -> transport.drops().getOrDefault(reason, 0L);
      readings.add(new Reading("transport.dropped", List.of("reason", reason.tag()), value, false));
    }
    for (String name : transport.counters().keySet()) {
      LongSupplier value = () -> transport.counters().getOrDefault(name, 0L);
      readings.add(new Reading("transport", List.of("counter", name), value, false));
    }
  }

  private void counter(String name, LongAdder adder, String... tags) {
    readings.add(new Reading(name, List.of(tags), adder::sum, false));
  }

  private void gauge(String name, LongSupplier value) {
    readings.add(new Reading(name, List.of(), value, true));
  }
}
