// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.demo;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** Lets the nodes tell each other now and then what the weather is like, so that there is life. */
final class DemoWeather {
  private static final String CHANNEL = "weather";
  private static final Duration PAUSE = Duration.ofMillis(700);
  private static final int PERIOD = 60;

  private final List<DemoNode> nodes;

  private DemoWeather(List<DemoNode> nodes) {
    this.nodes = nodes;
  }

  /** Lets the nodes listen; nothing is said yet. */
  static DemoWeather among(List<DemoNode> nodes) {
    nodes.forEach(node -> node.node().subscribe(CHANNEL));
    return new DemoWeather(nodes);
  }

  /** One station after the other, until the end. */
  void runUntil(UntilSignal signal) {
    for (int reading = 0; !signal.awaitFor(PAUSE); reading++) {
      publish(nodes.get(reading % nodes.size()), reading);
    }
  }

  private static void publish(DemoNode station, int reading) {
    double degrees = 18 + 6 * Math.sin(2 * Math.PI * reading / PERIOD) + noise();
    String text =
        String.format(
            Locale.ROOT,
            "{\"station\":\"%s\",\"reading\":%d,\"temperature_c\":%.1f,\"humidity\":%.2f}",
            station.name(),
            reading,
            degrees,
            0.55 + 0.1 * noise());
    try {
      station.node().publish(CHANNEL, text.getBytes(StandardCharsets.UTF_8));
    } catch (MossException e) {
      // The own dashboard shows it all the same.
      if (e.error() != MossError.NO_PEERS) {
        throw e;
      }
    }
  }

  private static double noise() {
    return ThreadLocalRandom.current().nextDouble(-1, 1);
  }
}
