// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.moss;

import io.lichen.gateway.http.HttpServer;
import org.jspecify.annotations.Nullable;

/** The WebSockets of the server, as soon as there is one. */
final class Audience {
  private volatile @Nullable HttpServer server;

  /** The server that has them. */
  void server(HttpServer listening) {
    server = listening;
  }

  /** Sends a text to all that are subscribed to a topic. */
  void publish(String topic, String text) {
    HttpServer current = server;
    if (current != null) {
      current.publish(topic, text);
    }
  }

  /** Sends bytes to all that are subscribed to a topic. */
  void publish(String topic, byte[] data) {
    HttpServer current = server;
    if (current != null) {
      current.publish(topic, data);
    }
  }
}
