// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.lichen.gateway.http.HttpLimits;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The open connections of a server; bounded. Thread-safe. */
final class Connections {
  private final int most;
  private final ServerMeters meters;
  private final Set<Channel> open = new HashSet<>();

  Connections(HttpLimits limits, ServerMeters meters) {
    this.most = limits.maxConnections();
    this.meters = meters;
  }

  /** False when there are as many as there may be. */
  synchronized boolean add(Channel channel) {
    if (open.size() >= most) {
      meters.connectionRefused();
      return false;
    }
    open.add(channel);
    meters.connections().incrementAndGet();
    Wire.after(channel.closeFuture(), () -> remove(channel));
    return true;
  }

  /** Closes all of them. */
  void close() {
    all().forEach(Wire::close);
  }

  /** Waits until there are none; false when there still are some after {@code patience}. */
  synchronized boolean awaitNone(Duration patience) throws InterruptedException {
    long endNs = System.nanoTime() + patience.toNanos();
    while (!open.isEmpty()) {
      long leftMs = Duration.ofNanos(endNs - System.nanoTime()).toMillis();
      if (leftMs <= 0) {
        return false;
      }
      wait(leftMs);
    }
    return true;
  }

  private synchronized List<Channel> all() {
    return List.copyOf(open);
  }

  private synchronized void remove(Channel channel) {
    if (open.remove(channel)) {
      meters.connections().decrementAndGet();
      notifyAll();
    }
  }
}
