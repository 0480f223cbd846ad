// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api;

import io.lichen.transport.wait.Await;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Keeps the texts that a WebSocket brings, and how it was closed. */
final class TextListener implements WebSocket.Listener {
  private final List<String> texts = new ArrayList<>();
  private final StringBuilder part = new StringBuilder();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      synchronized (texts) {
        texts.add(part.toString());
      }
      part.setLength(0);
    }
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    closed.completeExceptionally(error);
  }

  /** The texts so far, once there are so many. */
  List<String> await(int count) {
    Await.until(() -> count() >= count);
    synchronized (texts) {
      return List.copyOf(texts);
    }
  }

  private int count() {
    synchronized (texts) {
      return texts.size();
    }
  }

  /** The close code that came. */
  CompletableFuture<Integer> closed() {
    return closed;
  }
}
