// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

/** Where the events of a {@code text/event-stream} response come from. */
@FunctionalInterface
public interface EventSource {
  /**
   * Sends events until there are no more; returning ends the stream. Has a virtual thread of its
   * own and may block; it is interrupted when the client is gone or the server stops.
   */
  void run(EventSink sink) throws Exception;
}
