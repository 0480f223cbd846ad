// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.moss;

import io.lichen.gateway.http.WebSocketHandler;
import io.lichen.gateway.http.WebSocketMessage;
import io.lichen.gateway.http.WebSocketPeer;
import java.util.concurrent.ConcurrentHashMap;

/** The WebSockets of {@code /v1/ws} (docs/gateway.md, "WebSocket"). */
final class SocketProtocol implements WebSocketHandler {
  private final ConcurrentHashMap<String, SocketClient> clients = new ConcurrentHashMap<>();
  private final Channels channels;

  SocketProtocol(Channels channels) {
    this.channels = channels;
  }

  @Override
  public void onOpen(WebSocketPeer peer) {
    boolean binary = "binary".equals(peer.request().query("format"));
    clients.put(peer.id(), new SocketClient(peer, channels, binary));
  }

  @Override
  public void onMessage(WebSocketPeer peer, WebSocketMessage message) {
    SocketClient client = clients.get(peer.id());
    if (client == null) {
      return;
    }
    switch (message) {
      case WebSocketMessage.Text text -> client.onText(text.text());
      case WebSocketMessage.Binary binary -> client.onBinary(binary.data());
      case WebSocketMessage.Ping ignored -> {}
    }
  }

  @Override
  public void onClose(WebSocketPeer peer, int code, String reason) {
    SocketClient client = clients.remove(peer.id());
    if (client != null) {
      client.close();
    }
  }
}
