// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.lichen.gateway.http.HttpLimits;
import java.time.Duration;

/** Limits that tests can wait for. */
final class Limits {
  static final Duration LONG = Duration.ofMinutes(5);

  private Limits() {}

  /** Time limits in their order, the others as usual. */
  static HttpLimits times(
      Duration header, Duration body, Duration idle, Duration ping, Duration silence) {
    return of(HttpLimits.defaults().maxConnections(), header, body, idle, ping, silence);
  }

  static HttpLimits connections(int most) {
    return of(most, LONG, LONG, LONG, LONG, LONG);
  }

  private static HttpLimits of(
      int connections,
      Duration header,
      Duration body,
      Duration idle,
      Duration ping,
      Duration silence) {
    HttpLimits usual = HttpLimits.defaults();
    return new HttpLimits(
        usual.maxLineBytes(),
        usual.maxHeaderBytes(),
        usual.maxBodyBytes(),
        connections,
        usual.maxWebSockets(),
        header,
        body,
        idle,
        usual.maxQueuedFrames(),
        usual.maxQueuedBytes(),
        ping,
        silence);
  }
}
