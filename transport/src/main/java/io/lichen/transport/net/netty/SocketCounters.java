// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.netty;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What a socket has done. Thread-safe. */
final class SocketCounters {
  final LongAdder received = new LongAdder();
  final LongAdder sent = new LongAdder();
  final LongAdder sendOverflow = new LongAdder();
  final LongAdder segmentationRefused = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder engineFailed = new LongAdder();

  Map<String, Long> snapshot() {
    return Map.of(
        "datagrams_received", received.sum(),
        "datagrams_sent", sent.sum(),
        "datagrams_send_overflow", sendOverflow.sum(),
        "segmentation_refused", segmentationRefused.sum(),
        "socket_errors", failed.sum(),
        "engine_errors", engineFailed.sum());
  }
}
