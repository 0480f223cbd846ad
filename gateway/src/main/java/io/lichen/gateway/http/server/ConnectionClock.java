// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.lichen.gateway.http.HttpLimits;
import java.time.Duration;

/** How long a connection may stay in the state that it is in. Not thread-safe. */
final class ConnectionClock {
  private static final Duration LINGER = Duration.ofSeconds(2);

  private final HttpLimits limits;
  private Phase phase = Phase.HEADER;
  private long deadlineNs;
  private long lastProgress;

  /** What a connection does. */
  private enum Phase {
    HEADER,
    BODY,
    ANSWER,
    WRITE,
    IDLE,
    LINGER
  }

  /** What is to be done about it. */
  enum Verdict {
    FINE,
    /** Tell the client that it is too slow. */
    ANSWER,
    CLOSE
  }

  /** The first request's header is awaited. */
  ConnectionClock(HttpLimits limits) {
    this.limits = limits;
    enter(Phase.IDLE, limits.headerTimeout());
  }

  /** Something has come; after a pause it is a request's beginning. */
  void bytes() {
    if (phase == Phase.IDLE) {
      enter(Phase.HEADER, limits.headerTimeout());
    }
  }

  void body() {
    enter(Phase.BODY, limits.bodyTimeout());
  }

  /** A handler takes the time that it takes. */
  void answer() {
    phase = Phase.ANSWER;
  }

  /** The client is to take a response. */
  void write() {
    enter(Phase.WRITE, limits.silenceTimeout());
  }

  /** How far it is with that; time begins anew whenever this is another number. */
  void written(long progress) {
    if (phase == Phase.WRITE && progress != lastProgress) {
      lastProgress = progress;
      write();
    }
  }

  void idle() {
    enter(Phase.IDLE, limits.idleTimeout());
  }

  /** All is said; the client has a little time to read it. */
  void linger() {
    enter(Phase.LINGER, LINGER);
  }

  Verdict verdict(long nowNs) {
    if (phase == Phase.ANSWER || nowNs - deadlineNs < 0) {
      return Verdict.FINE;
    }
    return phase == Phase.HEADER || phase == Phase.BODY ? Verdict.ANSWER : Verdict.CLOSE;
  }

  private void enter(Phase next, Duration limit) {
    phase = next;
    deadlineNs = System.nanoTime() + limit.toNanos();
  }
}
