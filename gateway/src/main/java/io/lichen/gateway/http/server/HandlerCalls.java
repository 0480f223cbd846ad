// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.lichen.gateway.http.WebSocketHandler;
import io.lichen.gateway.http.WebSocketMessage;
import io.lichen.gateway.http.WebSocketPeer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls of a WebSocket's handler, in their order; bounded in messages and bytes. */
final class HandlerCalls {
  private static final Logger LOG = LoggerFactory.getLogger(HandlerCalls.class);
  private static final int MAX_WAITING = 64;

  private final SerialTasks tasks;
  private final WebSocketHandler handler;
  private final WebSocketPeer peer;
  private final int maxBytes;
  private Runnable room = () -> {};
  private int waiting;
  private long bytes;
  private boolean full;

  HandlerCalls(Workers workers, WebSocketHandler handler, WebSocketPeer peer, int maxBytes) {
    this.tasks = new SerialTasks(workers);
    this.handler = handler;
    this.peer = peer;
    this.maxBytes = maxBytes;
  }

  /** What to do when there is room again after {@link #message} was false. */
  void onRoom(Runnable action) {
    room = action;
  }

  void open() {
    tasks.execute(() -> call(() -> handler.onOpen(peer)));
  }

  /** False when no more should come for now; this one was taken. */
  synchronized boolean message(WebSocketMessage message) {
    int size = size(message);
    waiting++;
    bytes += size;
    // Full until half of it is handled: what was on its way already must not end that sooner, or
    // nobody would hear that there is room.
    full |= waiting >= MAX_WAITING || bytes >= maxBytes;
    tasks.execute(
        () -> {
          call(() -> handler.onMessage(peer, message));
          handled(size);
        });
    return !full;
  }

  void close(int code, String reason) {
    tasks.execute(() -> call(() -> handler.onClose(peer, code, reason)));
  }

  private synchronized void handled(int size) {
    waiting--;
    bytes -= size;
    if (full && waiting <= MAX_WAITING / 2 && bytes <= maxBytes / 2) {
      full = false;
      room.run();
    }
  }

  private void call(Call call) {
    try {
      call.run();
    } catch (Exception e) {
      LOG.warn("handler of WebSocket {} failed", peer.request().route(), e);
      if (peer.isOpen()) {
        peer.close(CloseCode.INTERNAL, "internal error");
      }
    }
  }

  private interface Call {
    void run() throws Exception;
  }

  private static int size(WebSocketMessage message) {
    return switch (message) {
      case WebSocketMessage.Text text -> text.text().length();
      case WebSocketMessage.Binary binary -> binary.data().length;
      case WebSocketMessage.Ping ping -> ping.data().length;
    };
  }
}
