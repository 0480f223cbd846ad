// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.core.moss.discovery.DiscoveryCounters;
import io.lichen.core.moss.discovery.DiscoverySource;
import io.lichen.core.moss.discovery.dht.DhtCounters;
import io.lichen.core.moss.overlay.OverlayStats;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.transport.moss.CloseReason;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Shows a node's counters to a meter registry; docs/metrics.md lists the names. Reads only: nothing
 * here costs the node anything between two scrapes.
 */
final class NodeMetrics implements MeterBinder {
  static final String PREFIX = "lichen.moss.";

  private final NodeParts parts;
  private final NodeCounters counters;
  private final Supplier<@Nullable NodeNetwork> network;
  private final String node;

  NodeMetrics(NodeParts parts, Supplier<@Nullable NodeNetwork> network) {
    this.parts = parts;
    this.counters = parts.counters;
    this.network = network;
    this.node = parts.settings.identity().peerId().hex().substring(0, 8);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    bindPublishing(registry);
    bindReceiving(registry);
    bindSessions(registry);
    bindHeartbeat(registry);
    new GossipMetrics(parts, node).bindTo(registry);
    new PunchMetrics(counters.punch, node).bindTo(registry);
    new NatMetrics(parts, network, node).bindTo(registry);
    bindStatistics(registry);
    bindDiscovery(registry);
    bindOverlay(registry);
    new RelayMetrics(parts.relayCounters, node).bindTo(registry);
    bindTransport(registry);
  }

  private void bindDiscovery(MeterRegistry registry) {
    DiscoveryCounters discovery = parts.discoveryCounters;
    for (DiscoverySource source : DiscoverySource.values()) {
      counter(registry, "discovery.found", discovery.found(source), "source", source.tag());
      counter(registry, "discovery.refused", discovery.refused(source), "source", source.tag());
      counter(registry, "discovery.connected", discovery.connected(source), "source", source.tag());
    }
    counter(registry, "tracker.announces", discovery.trackerAnswers, "result", "success");
    counter(registry, "tracker.announces", discovery.trackerFailures, "result", "failure");
    counter(registry, "lan.beacons.sent", discovery.beaconsSent);
    counter(registry, "lan.beacons.received", discovery.beaconsAccepted, "result", "accepted");
    counter(registry, "lan.beacons.received", discovery.beaconsOwn, "result", "own");
    counter(registry, "lan.beacons.received", discovery.beaconsIgnored, "result", "ignored");
    bindDht(registry, discovery.dht);
  }

  private void bindDht(MeterRegistry registry, DhtCounters dht) {
    counter(registry, "dht.questions", dht.asked);
    counter(registry, "dht.answers", dht.answered, "result", "answered");
    counter(registry, "dht.answers", dht.refused, "result", "refused");
    counter(registry, "dht.answers", dht.timeouts, "result", "timeout");
    counter(registry, "dht.answers", dht.strayAnswers, "result", "stray");
    counter(registry, "dht.received", dht.served, "result", "answered");
    counter(registry, "dht.received", dht.declined, "result", "refused");
    counter(registry, "dht.received", dht.ignored, "result", "ignored");
    counter(registry, "dht.received", dht.malformed, "result", "malformed");
    counter(registry, "dht.searches", dht.searches);
    counter(registry, "dht.announced", dht.announced);
    counter(registry, "dht.evicted", dht.nodesDropped, "table", "nodes");
    counter(registry, "dht.evicted", dht.peersDropped, "table", "peers");
    counter(registry, "dht.refused", dht.nodesRefused);
    gauge(registry, "dht.nodes", p -> p.discoveryCounters.dht.nodes.get());
    gauge(registry, "dht.peers", p -> p.discoveryCounters.dht.storedPeers.get());
  }

  private void bindPublishing(MeterRegistry registry) {
    counter(registry, "published", counters.published);
    counter(registry, "published.bytes", counters.publishedBytes);
    counter(registry, "publish.refused", counters.publishedToNobody, "reason", "no_peers");
    counter(registry, "publish.refused", counters.publishTooLarge, "reason", "too_large");
    counter(
        registry, "publish.refused", counters.publishAsyncRefused, "reason", "too_many_waiting");
    counter(registry, "publish.waits", counters.publishWaits);
    counter(registry, "publish.wait.ns", counters.publishWaitNs);
    counter(registry, "sent", counters.messagesSent);
    counter(registry, "sent.bytes", counters.messagesSentBytes);
    counter(registry, "send.refused", counters.sendOverflows, "reason", "overflow");
    counter(registry, "send.refused", counters.sendTooLarge, "reason", "too_large");
    counter(registry, "send.refused", counters.controlRefused, "reason", "control");
    gauge(registry, "send.queue.bytes", p -> p.sendQueuedBytes);
    gauge(registry, "publish.ring", p -> p.ring.count());
    gauge(registry, "publish.async.waiting", p -> p.asyncPublisher.underWay());
  }

  private void bindReceiving(MeterRegistry registry) {
    counter(registry, "received", counters.messagesReceived);
    counter(registry, "received.bytes", counters.messagesReceivedBytes);
    counter(registry, "delivered", counters.delivered);
    counter(registry, "delivered.bytes", counters.deliveredBytes);
    counter(registry, "rejected", counters.badEnvelopes, "reason", "bad_envelope");
    counter(registry, "rejected", counters.badPublishes, "reason", "bad_publish");
    counter(registry, "rejected", counters.forgedIds, "reason", "forged_id");
    counter(registry, "rejected", counters.unopened, "reason", "not_opened");
    counter(registry, "rejected", counters.validationsRefused, "reason", "validator_busy");
    counter(registry, "rejected", counters.announcesThrottled, "reason", "announce_rate");
    counter(registry, "rejected", counters.announcesInvalid, "reason", "announce_signature");
    counter(registry, "rejected", counters.announcesRefused, "reason", "announce_refused");
    counter(registry, "rejected", counters.natThrottled, "reason", "nat_rate");
    counter(registry, "ignored", counters.ignoredEnvelopes);
    counter(registry, "topic.frames.dropped", parts.topics.droppedFrames());
    counter(
        registry, "delivery.dropped", counters.deliveriesDroppedOldest, "policy", "drop_oldest");
    counter(
        registry, "delivery.dropped", counters.deliveriesDroppedNewest, "policy", "drop_newest");
    counter(registry, "delivery.dropped", counters.deliveriesDroppedStill, "policy", "block");
    counter(registry, "delivery.blocks", counters.deliveryBlocks);
    counter(registry, "delivery.self.dropped", counters.selfDeliveriesDropped);
    counter(registry, "events.dropped", counters.eventsDropped);
    counter(registry, "callback.failures", counters.callbackFailures);
    counter(registry, "read.pauses", counters.readPauses);
    counter(registry, "loop.faults", counters.loopFaults);
    gauge(registry, "delivery.waiting", p -> p.routes.waitingDeliveries());
    gauge(registry, "inbound.bytes", p -> p.inbound.bytes());
  }

  private void bindStatistics(MeterRegistry registry) {
    counter(registry, "statistics", counters.statisticsNew, "result", "new");
    counter(registry, "statistics", counters.statisticsKnown, "result", "known");
    counter(registry, "statistics", counters.statisticsOutOfWindow, "result", "out_of_window");
    counter(registry, "statistics", counters.statisticsBad, "result", "bad");
    counter(registry, "statistics", counters.statisticsRefused, "result", "refused");
    counter(registry, "statistics", counters.statisticsThrottled, "result", "throttled");
    counter(registry, "statistics.evicted", counters.statisticsEvicted);
  }

  private void bindOverlay(MeterRegistry registry) {
    overlay(registry, "overlay.received", OverlayStats::answered, "result", "answered");
    overlay(registry, "overlay.received", OverlayStats::stored, "result", "stored");
    overlay(registry, "overlay.received", OverlayStats::refused, "result", "refused");
    counter(registry, "overlay.received", counters.overlayThrottled, "result", "throttled");
    overlay(registry, "overlay.published", OverlayStats::published);
    overlay(registry, "overlay.searches", OverlayStats::lookups);
    overlay(registry, "overlay.questions", OverlayStats::asked);
    overlay(registry, "overlay.timeouts", OverlayStats::timeouts);
    overlay(registry, "overlay.found", OverlayStats::providersFound);
    overlay(registry, "overlay.evicted", OverlayStats::recordsEvicted, "table", "records");
    overlay(registry, "overlay.evicted", OverlayStats::contactsEvicted, "table", "contacts");
    counter(registry, "overlay.attachments", counters.attachmentsDialed, "result", "dialed");
    counter(registry, "overlay.attachments", counters.attachmentsRefused, "result", "refused");
    gauge(registry, "overlay.records", p -> p.rendezvous.stats().records());
    gauge(registry, "overlay.contacts", p -> p.rendezvous.stats().contacts());
  }

  private void bindSessions(MeterRegistry registry) {
    gauge(registry, "peers", p -> p.peers.size());
    counter(registry, "sessions.registered", counters.sessionsRegistered);
    for (CloseReason reason : CloseReason.values()) {
      String tag = reason.name().toLowerCase(java.util.Locale.ROOT);
      counter(registry, "sessions.closed", counters.sessionsClosed(reason), "reason", tag);
    }
    counter(registry, "peers.slow", counters.peersSlow);
    counter(registry, "peers.shed", counters.peersShed);
    gauge(registry, "peers.known", p -> p.knownPeers);
    counter(registry, "peers.known.evicted", counters.knownPeersEvicted);
    counter(registry, "announces.dropped", counters.announcesDropped);
    counter(registry, "dials", counters.dialsSucceeded, "result", "success");
    counter(registry, "dials", counters.dialsFailed, "result", "failure");
  }

  private void bindHeartbeat(MeterRegistry registry) {
    counter(registry, "heartbeats", parts.heartbeats.count);
    counter(registry, "heartbeat.ns", parts.heartbeats.spentNs);
    gauge(registry, "heartbeat.late.max.ns", p -> p.heartbeats.maxLateNs());
    gauge(registry, "heartbeat.late.p50.ns", p -> p.heartbeats.lateNs(0.5));
    gauge(registry, "heartbeat.late.p99.ns", p -> p.heartbeats.lateNs(0.99));
  }

  /** The names of the socket layer's counters are its own; they are known when it is bound. */
  private void bindTransport(MeterRegistry registry) {
    NodeNetwork bound = network.get();
    if (bound == null) {
      return;
    }
    for (String name : bound.transportCounters().keySet()) {
      FunctionCounter.builder(PREFIX + "transport", bound, n -> value(n, name))
          .tag("node", node)
          .tag("counter", name)
          .register(registry);
    }
  }

  private static double value(NodeNetwork bound, String name) {
    Map<String, Long> values = bound.transportCounters();
    return values.getOrDefault(name, 0L);
  }

  private void counter(MeterRegistry registry, String name, LongAdder adder, String... tags) {
    FunctionCounter.builder(PREFIX + name, adder, LongAdder::doubleValue)
        .tag("node", node)
        .tags(tags)
        .register(registry);
  }

  private void overlay(
      MeterRegistry registry, String name, ToLongFunction<OverlayStats> value, String... tags) {
    FunctionCounter.builder(PREFIX + name, parts, p -> value.applyAsLong(p.rendezvous.stats()))
        .tag("node", node)
        .tags(tags)
        .register(registry);
  }

  private void gauge(MeterRegistry registry, String name, ToDoubleFunction<NodeParts> value) {
    Gauge.builder(PREFIX + name, parts, value).tag("node", node).register(registry);
  }
}
