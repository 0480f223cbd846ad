// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
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
  private final AtomicInteger connections;
  private final AtomicInteger webSockets;
  private final AtomicInteger eventStreams;

  private record Seen(String method, String route, int status) {}

  ServerMeters(MeterRegistry registry) {
    this.registry = registry;
    this.seconds = registry.timer("lichen.http.request");
    this.received = registry.counter("lichen.ws.messages", "dir", "in");
    this.sent = registry.counter("lichen.ws.messages", "dir", "out");
    this.slow = registry.counter("lichen.ws.slow.consumer");
    this.refusedConnections = registry.counter("lichen.http.connections.refused");
    this.connections = gauge("lichen.http.connections");
    this.webSockets = gauge("lichen.ws.connections");
    this.eventStreams = gauge("lichen.sse.connections");
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

  private AtomicInteger gauge(String name) {
    return registry.gauge(name, new AtomicInteger());
  }
}
