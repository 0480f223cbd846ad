// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import org.jspecify.annotations.Nullable;

/** Takes server-sent events for one client. For one thread at a time. */
public interface EventSink {
  /**
   * Sends one event; waits while the client is slow. A client that takes nothing for too long is
   * closed and counted, and the waiting thread is interrupted.
   *
   * @param id what the client sends as {@code Last-Event-ID} when it comes again, or null
   * @param event the event's name, or null for {@code message}
   * @param data text; line ends in it are kept
   */
  void send(@Nullable String id, @Nullable String event, String data) throws InterruptedException;

  /** Whether the client is still there. */
  boolean isOpen();
}
