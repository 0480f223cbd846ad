// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.core.moss.discovery.DiscoveryCounters;
import io.lichen.core.moss.discovery.DiscoverySource;
import io.lichen.core.moss.discovery.dht.DhtCounters;
import io.lichen.core.moss.overlay.OverlayStats;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.transport.moss.CloseReason;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Shows a node's counters to a meter registry; docs/metrics.md lists the names. Reads only: nothing
 * here costs the node anything between two scrapes.
 */
final class NodeMetrics implements MeterBinder {
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
    NodeMeters meters = new NodeMeters(registry, node);
    bindPublishing(meters);
    bindReceiving(meters);
    bindSessions(meters);
    bindHeartbeat(meters);
    GossipMetrics.bind(parts, meters);
    PunchMetrics.bind(counters.punch, meters);
    NatMetrics.bind(parts, network, meters);
    bindStatistics(meters);
    bindDiscovery(meters);
    bindOverlay(meters);
    RelayMetrics.bind(parts.relayCounters, meters);
    bindTransport(meters);
  }

  private void bindDiscovery(NodeMeters meters) {
    DiscoveryCounters discovery = parts.discoveryCounters;
    for (DiscoverySource source : DiscoverySource.values()) {
      meters.counter("discovery.found", discovery.found(source), "source", source.tag());
      meters.counter("discovery.refused", discovery.refused(source), "source", source.tag());
      meters.counter("discovery.connected", discovery.connected(source), "source", source.tag());
    }
    meters.counter("tracker.announces", discovery.trackerAnswers, "result", "success");
    meters.counter("tracker.announces", discovery.trackerFailures, "result", "failure");
    meters.counter("lan.beacons.sent", discovery.beaconsSent);
    meters.counter("lan.beacons.received", discovery.beaconsAccepted, "result", "accepted");
    meters.counter("lan.beacons.received", discovery.beaconsOwn, "result", "own");
    meters.counter("lan.beacons.received", discovery.beaconsIgnored, "result", "ignored");
    bindDht(meters, discovery.dht);
  }

  private void bindDht(NodeMeters meters, DhtCounters dht) {
    meters.counter("dht.questions", dht.asked);
    meters.counter("dht.answers", dht.answered, "result", "answered");
    meters.counter("dht.answers", dht.refused, "result", "refused");
    meters.counter("dht.answers", dht.timeouts, "result", "timeout");
    meters.counter("dht.answers", dht.strayAnswers, "result", "stray");
    meters.counter("dht.received", dht.served, "result", "answered");
    meters.counter("dht.received", dht.declined, "result", "refused");
    meters.counter("dht.received", dht.ignored, "result", "ignored");
    meters.counter("dht.received", dht.malformed, "result", "malformed");
    meters.counter("dht.searches", dht.searches);
    meters.counter("dht.announced", dht.announced);
    meters.counter("dht.evicted", dht.nodesDropped, "table", "nodes");
    meters.counter("dht.evicted", dht.peersDropped, "table", "peers");
    meters.counter("dht.refused", dht.nodesRefused);
    meters.gauge("dht.nodes", parts, p -> p.discoveryCounters.dht.nodes.get());
    meters.gauge("dht.peers", parts, p -> p.discoveryCounters.dht.storedPeers.get());
  }

  private void bindPublishing(NodeMeters meters) {
    meters.counter("published", counters.published);
    meters.counter("published.bytes", counters.publishedBytes);
    meters.counter("publish.refused", counters.publishedToNobody, "reason", "no_peers");
    meters.counter("publish.refused", counters.publishTooLarge, "reason", "too_large");
    meters.counter("publish.refused", counters.publishAsyncRefused, "reason", "too_many_waiting");
    meters.counter("publish.waits", counters.publishWaits);
    meters.counter("publish.wait.ns", counters.publishWaitNs);
    meters.counter("sent", counters.messagesSent);
    meters.counter("sent.bytes", counters.messagesSentBytes);
    meters.counter("send.refused", counters.sendOverflows, "reason", "overflow");
    meters.counter("send.refused", counters.sendTooLarge, "reason", "too_large");
    meters.counter("send.refused", counters.controlRefused, "reason", "control");
    meters.gauge("send.queue.bytes", parts, p -> p.sendQueuedBytes);
    meters.gauge("publish.ring", parts, p -> p.ring.count());
    meters.gauge("publish.async.waiting", parts, p -> p.asyncPublisher.underWay());
  }

  private void bindReceiving(NodeMeters meters) {
    meters.counter("received", counters.messagesReceived);
    meters.counter("received.bytes", counters.messagesReceivedBytes);
    meters.counter("delivered", counters.delivered);
    meters.counter("delivered.bytes", counters.deliveredBytes);
    meters.counter("rejected", counters.badEnvelopes, "reason", "bad_envelope");
    meters.counter("rejected", counters.badPublishes, "reason", "bad_publish");
    meters.counter("rejected", counters.forgedIds, "reason", "forged_id");
    meters.counter("rejected", counters.unopened, "reason", "not_opened");
    meters.counter("rejected", counters.validationsRefused, "reason", "validator_busy");
    meters.counter("rejected", counters.announcesThrottled, "reason", "announce_rate");
    meters.counter("rejected", counters.announcesInvalid, "reason", "announce_signature");
    meters.counter("rejected", counters.announcesRefused, "reason", "announce_refused");
    meters.counter("rejected", counters.natThrottled, "reason", "nat_rate");
    meters.counter("ignored", counters.ignoredEnvelopes);
    meters.counter("topic.frames.dropped", parts.topics.droppedFrames());
    meters.counter("delivery.dropped", counters.deliveriesDroppedOldest, "policy", "drop_oldest");
    meters.counter("delivery.dropped", counters.deliveriesDroppedNewest, "policy", "drop_newest");
    meters.counter("delivery.dropped", counters.deliveriesDroppedStill, "policy", "block");
    meters.counter("delivery.blocks", counters.deliveryBlocks);
    meters.counter("delivery.self.dropped", counters.selfDeliveriesDropped);
    meters.counter("events.dropped", counters.eventsDropped);
    meters.counter("callback.failures", counters.callbackFailures);
    meters.counter("read.pauses", counters.readPauses);
    meters.counter("loop.faults", counters.loopFaults);
    meters.gauge("delivery.waiting", parts, p -> p.routes.waitingDeliveries());
    meters.gauge("inbound.bytes", parts, p -> p.inbound.bytes());
  }

  private void bindStatistics(NodeMeters meters) {
    meters.counter("statistics", counters.statisticsNew, "result", "new");
    meters.counter("statistics", counters.statisticsKnown, "result", "known");
    meters.counter("statistics", counters.statisticsOutOfWindow, "result", "out_of_window");
    meters.counter("statistics", counters.statisticsBad, "result", "bad");
    meters.counter("statistics", counters.statisticsRefused, "result", "refused");
    meters.counter("statistics", counters.statisticsThrottled, "result", "throttled");
    meters.counter("statistics.evicted", counters.statisticsEvicted);
  }

  private void bindOverlay(NodeMeters meters) {
    overlay(meters, "overlay.received", OverlayStats::answered, "result", "answered");
    overlay(meters, "overlay.received", OverlayStats::stored, "result", "stored");
    overlay(meters, "overlay.received", OverlayStats::refused, "result", "refused");
    meters.counter("overlay.received", counters.overlayThrottled, "result", "throttled");
    overlay(meters, "overlay.published", OverlayStats::published);
    overlay(meters, "overlay.searches", OverlayStats::lookups);
    overlay(meters, "overlay.questions", OverlayStats::asked);
    overlay(meters, "overlay.timeouts", OverlayStats::timeouts);
    overlay(meters, "overlay.found", OverlayStats::providersFound);
    overlay(meters, "overlay.evicted", OverlayStats::recordsEvicted, "table", "records");
    overlay(meters, "overlay.evicted", OverlayStats::contactsEvicted, "table", "contacts");
    meters.counter("overlay.attachments", counters.attachmentsDialed, "result", "dialed");
    meters.counter("overlay.attachments", counters.attachmentsRefused, "result", "refused");
    meters.gauge("overlay.records", parts, p -> p.rendezvous.stats().records());
    meters.gauge("overlay.contacts", parts, p -> p.rendezvous.stats().contacts());
  }

  private void bindSessions(NodeMeters meters) {
    meters.gauge("peers", parts, p -> p.peers.size());
    meters.counter("sessions.registered", counters.sessionsRegistered);
    for (CloseReason reason : CloseReason.values()) {
      String tag = reason.name().toLowerCase(java.util.Locale.ROOT);
      meters.counter("sessions.closed", counters.sessionsClosed(reason), "reason", tag);
    }
    meters.counter("peers.slow", counters.peersSlow);
    meters.counter("peers.shed", counters.peersShed);
    meters.gauge("peers.known", parts, p -> p.knownPeers);
    meters.counter("peers.known.evicted", counters.knownPeersEvicted);
    meters.counter("announces.dropped", counters.announcesDropped);
    meters.counter("dials", counters.dialsSucceeded, "result", "success");
    meters.counter("dials", counters.dialsFailed, "result", "failure");
  }

  private void bindHeartbeat(NodeMeters meters) {
    meters.counter("heartbeats", parts.heartbeats.count);
    meters.counter("heartbeat.ns", parts.heartbeats.spentNs);
    meters.gauge("heartbeat.late.max.ns", parts, p -> p.heartbeats.maxLateNs());
    meters.gauge("heartbeat.late.p50.ns", parts, p -> p.heartbeats.lateNs(0.5));
    meters.gauge("heartbeat.late.p99.ns", parts, p -> p.heartbeats.lateNs(0.99));
  }

  /** The names of the socket layer's counters are its own; they are known when it is bound. */
  private void bindTransport(NodeMeters meters) {
    NodeNetwork bound = network.get();
    if (bound == null) {
      return;
    }
    for (String name : bound.transportCounters().keySet()) {
      meters.counter("transport", bound, n -> value(n, name), "counter", name);
    }
  }

  private static double value(NodeNetwork bound, String name) {
    Map<String, Long> values = bound.transportCounters();
    return values.getOrDefault(name, 0L);
  }

  private void overlay(
      NodeMeters meters, String name, ToLongFunction<OverlayStats> value, String... tags) {
    meters.counter(name, parts, p -> value.applyAsLong(p.rendezvous.stats()), tags);
  }
}
