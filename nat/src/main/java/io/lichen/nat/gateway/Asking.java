// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.gateway;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One request at a time, sent again in ever longer intervals until it is answered. */
final class Asking {
  /** Told what became of a request. */
  interface Then {
    /** The answer, or {@code null} if none came. */
    void accept(@Nullable GatewayAnswer answer, long nowNs);
  }

  private record Request(
      byte[] datagram, Function<byte[], @Nullable GatewayAnswer> reader, Then then) {}

  private final GatewaySettings settings;
  private final GatewayOutput output;
  private @Nullable Request request;
  private int sends;
  private long deadlineNs = Long.MAX_VALUE;

  Asking(GatewaySettings settings, GatewayOutput output) {
    this.settings = settings;
    this.output = output;
  }

  /** Asks, in place of what was asked before. */
  void ask(
      byte[] datagram, Function<byte[], @Nullable GatewayAnswer> reader, long nowNs, Then then) {
    request = new Request(datagram, reader, then);
    sends = 0;
    send(request, nowNs);
  }

  private void send(Request asked, long nowNs) {
    deadlineNs = nowNs + (settings.firstWaitNs() << sends);
    sends++;
    output.send(asked.datagram);
  }

  void onDatagram(byte[] datagram, long nowNs) {
    Request asked = request;
    GatewayAnswer answer = asked == null ? null : asked.reader.apply(datagram);
    if (asked != null && answer != null) {
      settle(asked, answer, nowNs);
    }
  }

  void onTimer(long nowNs) {
    Request asked = request;
    if (asked == null || deadlineNs - nowNs > 0) {
      return;
    }
    if (sends < settings.sends()) {
      send(asked, nowNs);
    } else {
      settle(asked, null, nowNs);
    }
  }

  private void settle(Request asked, @Nullable GatewayAnswer answer, long nowNs) {
    stop();
    asked.then.accept(answer, nowNs);
  }

  /** Waits for nothing any more. */
  void stop() {
    request = null;
    deadlineNs = Long.MAX_VALUE;
  }

  /** When {@link #onTimer} is due; {@link Long#MAX_VALUE} if nothing is asked. */
  long nextDeadlineNs() {
    return deadlineNs;
  }
}
