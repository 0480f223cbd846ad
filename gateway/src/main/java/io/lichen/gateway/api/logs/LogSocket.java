// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.logs;

import io.lichen.core.net.redex.RecordJson;
import io.lichen.gateway.http.HttpException;
import io.lichen.gateway.http.Request;
import io.lichen.gateway.http.WebSocketHandler;
import io.lichen.gateway.http.WebSocketMessage;
import io.lichen.gateway.http.WebSocketPeer;
import io.lichen.redex.RedexException;
import io.lichen.redex.RedexFile;
import io.lichen.redex.RedexGap;
import io.lichen.redex.RedexIterator;
import io.lichen.redex.RedexRecord;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Logs over WebSockets: one text message a record. What the client sends means nothing. Close codes
 * from 4000 on are the status that a request would have got, with 4000 added.
 */
final class LogSocket implements WebSocketHandler {
  private static final int END = 1000;
  private static final int FAULT = 1011;
  private static final int SLOW = 1013;
  private static final int STATUS = 4000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final LogStore store;
  private final Map<String, RedexIterator> tails = new ConcurrentHashMap<>();

  LogSocket(LogStore store) {
    this.store = store;
  }

  @Override
  public void onOpen(WebSocketPeer peer) {
    try {
      Request request = peer.request();
      RedexFile file = store.get(request.param("file"));
      RedexIterator items = file.iterator(Seqs.toFollow(request, file));
      tails.put(peer.id(), items);
      Thread.ofVirtual().name("log-tail-" + peer.id()).start(() -> run(peer, items));
    } catch (HttpException e) {
      peer.close(STATUS + e.status(), String.valueOf(e.getMessage()));
    } catch (RedexException e) {
      peer.close(FAULT, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void onMessage(WebSocketPeer peer, WebSocketMessage message) {}

  @Override
  public void onClose(WebSocketPeer peer, int code, String reason) {
    RedexIterator items = tails.remove(peer.id());
    if (items != null) {
      items.close();
    }
  }

  private void run(WebSocketPeer peer, RedexIterator items) {
    try (items) {
      while (items.hasNext()) {
        if (!peer.awaitRoom(PATIENCE)) {
          peer.close(SLOW, "nothing was taken for " + PATIENCE.toSeconds() + " s");
          return;
        }
        peer.sendText(
            switch (items.next()) {
              case RedexRecord record -> RecordJson.of(record);
              case RedexGap gap -> "{\"gap\":" + range(gap) + "}";
            });
      }
      end(peer, END, "the log was closed");
    } catch (RedexException e) {
      end(peer, FAULT, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      peer.close(FAULT, "interrupted");
    }
  }

  /** Of a gateway that closes the server says what there is to say. */
  private void end(WebSocketPeer peer, int code, String reason) {
    if (!store.isClosed()) {
      peer.close(code, reason);
    }
  }

  /** Numbers that went by because their records were evicted. */
  static String range(RedexGap gap) {
    return "{\"from\":%s,\"to\":%s}"
        .formatted(Long.toUnsignedString(gap.from()), Long.toUnsignedString(gap.to()));
  }
}
