// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What a server counts (docs/metrics.md). Thread-safe. */
final class ServerMeters {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final MeterRegistry registry;
  private final Map<Seen, Counter> requests = new ConcurrentHashMap<>();
  private final Timer seconds;
  private final Counter received;
  private final Counter sent;
  private final Counter slow;
  private final Counter refusedConnections;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger webSockets = new AtomicInteger();
  private final AtomicInteger eventStreams = new AtomicInteger();
  private final List<Gauge> gauges = new ArrayList<>();

  private record Seen(String method, String route, int status) {}

  ServerMeters(MeterRegistry registry) {
    this.registry = registry;
    this.seconds = registry.timer("lichen.http.request");
    this.received = registry.counter("lichen.ws.messages", "dir", "in");
    this.sent = registry.counter("lichen.ws.messages", "dir", "out");
    this.slow = registry.counter("lichen.ws.slow.consumer");
    this.refusedConnections = registry.counter("lichen.http.connections.refused");
  }

  /**
   * Shows what is open. Servers with one registry count what happens together, but each shows its
   * own connections, until it is closed.
   */
  synchronized void open(InetSocketAddress address) {
    String server = NetUtil.toSocketAddressString(address);
    gauges.add(gauge("lichen.http.connections", connections, server));
    gauges.add(gauge("lichen.ws.connections", webSockets, server));
    gauges.add(gauge("lichen.sse.connections", eventStreams, server));
  }

  synchronized void close() {
    gauges.forEach(registry::remove);
    gauges.clear();
  }

  /** A request was answered. */
  void answered(String method, String route, int status, long ns) {
    Seen seen = new Seen(METHODS.contains(method) ? method : "other", route, status);
    requests.computeIfAbsent(seen, this::counter).increment();
    seconds.record(Duration.ofNanos(ns));
  }

  /** Closed because it took nothing for too long. */
  void slowConsumer() {
    slow.increment();
  }

  void messageReceived() {
    received.increment();
  }

  void messageSent() {
    sent.increment();
  }

  void connectionRefused() {
    refusedConnections.increment();
  }

  /** Open connections of any kind. */
  AtomicInteger connections() {
    return connections;
  }

  AtomicInteger webSockets() {
    return webSockets;
  }

  AtomicInteger eventStreams() {
    return eventStreams;
  }

  private Counter counter(Seen seen) {
    return registry.counter(
        "lichen.http.requests",
        "method",
        seen.method,
        "route",
        seen.route.isEmpty() ? "none" : seen.route,
        "status",
        Integer.toString(seen.status));
  }

  private Gauge gauge(String name, AtomicInteger open, String server) {
    return Gauge.builder(name, open, AtomicInteger::get).tag("server", server).register(registry);
  }
}
