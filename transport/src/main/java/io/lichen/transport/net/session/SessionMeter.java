// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import java.util.concurrent.atomic.AtomicLong;

/** Counts of one session: the loop alone adds, any thread reads. */
final class SessionMeter {
  private final AtomicLong packetsSent = new AtomicLong();
  private final AtomicLong packetsReceived = new AtomicLong();
  private final AtomicLong bytesSent = new AtomicLong();
  private final AtomicLong bytesReceived = new AtomicLong();

  void sent(int bytes) {
    add(packetsSent, 1);
    add(bytesSent, bytes);
  }

  void received(int bytes) {
    add(packetsReceived, 1);
    add(bytesReceived, bytes);
  }

  long packetsSent() {
    return packetsSent.getOpaque();
  }

  long packetsReceived() {
    return packetsReceived.getOpaque();
  }

  long bytesSent() {
    return bytesSent.getOpaque();
  }

  long bytesReceived() {
    return bytesReceived.getOpaque();
  }

  /** One thread writes, so that a plain addition is enough. */
  private static void add(AtomicLong counter, long amount) {
    counter.setOpaque(counter.getPlain() + amount);
  }
}
