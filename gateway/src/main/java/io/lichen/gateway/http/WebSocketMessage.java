// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

/** What a WebSocket peer sends. */
public sealed interface WebSocketMessage {
  /** A whole text message. */
  record Text(String text) implements WebSocketMessage {}

  /** A whole binary message. */
  @SuppressWarnings("ArrayRecordComponent")
  record Binary(byte[] data) implements WebSocketMessage {}

  /** A ping; its pong is on the way already. */
  @SuppressWarnings("ArrayRecordComponent")
  record Ping(byte[] data) implements WebSocketMessage {}
}
