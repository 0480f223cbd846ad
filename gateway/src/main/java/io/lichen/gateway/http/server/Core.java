// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.lichen.gateway.http.Answer;
import io.lichen.gateway.http.HttpLimits;
import io.lichen.gateway.http.Request;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** What all connections of a server share. */
record Core(
    HttpLimits limits,
    Function<Request, Answer> answers,
    Workers workers,
    Channels channels,
    ServerMeters meters,
    AtomicInteger webSockets,
    AtomicBoolean stopping) {

  static Core of(HttpLimits limits, MeterRegistry registry, Function<Request, Answer> answers) {
    return new Core(
        limits,
        answers,
        new Workers(),
        new Channels(),
        new ServerMeters(registry),
        new AtomicInteger(),
        new AtomicBoolean());
  }

  /** A place for one more WebSocket; false when there is none. */
  boolean admitWebSocket() {
    if (webSockets.incrementAndGet() <= limits.maxWebSockets()) {
      return true;
    }
    webSockets.decrementAndGet();
    return false;
  }
}
