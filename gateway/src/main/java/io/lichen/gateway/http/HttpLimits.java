// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import java.time.Duration;

/**
 * What a server takes from one client and from all of them. Sizes in bytes; everything must be
 * positive.
 *
 * @param maxLineBytes of a request line; above: 414
 * @param maxHeaderBytes of all header fields; above: 431
 * @param maxBodyBytes of a request body, and of a WebSocket message; above: 413, or close 1009
 * @param maxConnections at a time; above, new ones are closed at once
 * @param maxWebSockets at a time; above: 503
 * @param headerTimeout from a request's first byte (or the connection's beginning) to the end of
 *     its header
 * @param bodyTimeout from the end of the header to the end of the body
 * @param idleTimeout between requests
 * @param maxQueuedFrames of one WebSocket or event stream
 * @param maxQueuedBytes of one WebSocket or event stream
 * @param pingInterval between pings to a WebSocket, and comments to an event stream
 * @param silenceTimeout without any frame of a WebSocket's client, or without a byte taken by a
 *     client that has a full queue
 */
public record HttpLimits(
    int maxLineBytes,
    int maxHeaderBytes,
    int maxBodyBytes,
    int maxConnections,
    int maxWebSockets,
    Duration headerTimeout,
    Duration bodyTimeout,
    Duration idleTimeout,
    int maxQueuedFrames,
    int maxQueuedBytes,
    Duration pingInterval,
    Duration silenceTimeout) {
  /** The defaults. */
  public static HttpLimits defaults() {
    return new HttpLimits(
        8192,
        16384,
        1024 * 1024,
        4096,
        1024,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        1024,
        4 * 1024 * 1024,
        Duration.ofSeconds(15),
        Duration.ofSeconds(60));
  }
}
