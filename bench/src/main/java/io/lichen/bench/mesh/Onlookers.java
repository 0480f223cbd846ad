// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.mesh;

import io.lichen.core.moss.MossNode;
import io.lichen.gateway.api.Gateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** What it costs a mesh that many look on through the gateway of a node, and what they see. */
final class Onlookers {
  private static final String NEWS = "news";
  private static final int SUBSCRIBERS = 800;
  private static final int DASHBOARDS = 20;
  private static final int NEWS_PER_SECOND = 20;
  private static final int PER_SECOND = 1_000;
  private static final int MESSAGES = 10_000;
  private static final int MOST_SEEN = 1_000_000;

  private Onlookers() {}

  /** Messages of a mesh: how many a second, and how long they took. */
  private record Stream(double perSecond, Latencies latencies) {
    static Stream through(Propagation pair) {
      long beganNs = System.nanoTime();
      Latencies measured = pair.run(1, PER_SECOND, MESSAGES);
      return new Stream(measured.count() * 1e9 / (System.nanoTime() - beganNs), measured);
    }
  }

  /** The stream alone, then with subscribers of another channel and with dashboards. */
  static void measure(Figures figures) throws IOException, InterruptedException {
    try (Propagation pair = Propagation.pair();
        Gateway gateway = gateway(pair.receiver());
        Sockets sockets = new Sockets()) {
      pair.run(1, PER_SECOND, MESSAGES / 4);
      Stream alone = Stream.through(pair);
      connect(sockets, gateway.address());
      Thread news = Thread.ofPlatform().daemon().start(() -> publishNews(pair.publisher()));
      pair.run(1, PER_SECOND, MESSAGES / 4);
      Latencies seen = new Latencies(MOST_SEEN);
      sockets.measure(seen);
      Stream together = Stream.through(pair);
      news.interrupt();
      news.join();
      tell(figures, alone, together, seen);
    }
  }

  private static Gateway gateway(MossNode node) {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return Gateway.builder().moss(node).bind(any).start();
  }

  private static void connect(Sockets sockets, InetSocketAddress gateway) throws IOException {
    for (int i = 0; i < SUBSCRIBERS; i++) {
      sockets.add(gateway, List.of(NEWS));
    }
    for (int i = 0; i < DASHBOARDS; i++) {
      sockets.add(gateway, List.of("$events", NEWS));
    }
    sockets.start();
  }

  private static void publishNews(MossNode node) {
    try {
      while (true) {
        Thread.sleep(1_000 / NEWS_PER_SECOND);
        Propagation.publish(node, NEWS);
      }
    } catch (InterruptedException e) {
      // That was all.
    }
  }

  private static void tell(Figures figures, Stream alone, Stream together, Latencies seen) {
    figures.title(
        "two nodes, 1 000 msg/s of 256 B; 820 WebSockets see 20 msg/s of another channel");
    figures.told("mesh alone", alone.perSecond, "msg/s");
    figures.atLeast("mesh with onlookers", together.perSecond, 0.9 * alone.perSecond, "msg/s");
    figures.told("mesh alone p50", alone.latencies.micros(0.5), "us");
    figures.told("mesh alone p99", alone.latencies.micros(0.99), "us");
    figures.told("mesh with onlookers p50", together.latencies.micros(0.5), "us");
    figures.told("mesh with onlookers p99", together.latencies.micros(0.99), "us");
    figures.told("publish to WebSocket p50", seen.micros(0.5) / 1e3, "ms");
    figures.atMost("publish to WebSocket p99", seen.micros(0.99) / 1e3, 50, "ms");
    figures.told("publish to WebSocket max", seen.micros(1) / 1e3, "ms");
    figures.told("messages seen", seen.count(), "");
  }
}
