// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.gateway.http.WebSocketHandler;
import io.lichen.gateway.http.WebSocketMessage;
import io.lichen.gateway.http.WebSocketPeer;
import io.lichen.transport.wait.Await;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a client that sends faster than its handler takes is read from again. */
class HandlerCallsTest {
  private static final WebSocketPeer NOBODY =
      (WebSocketPeer)
          Proxy.newProxyInstance(
              WebSocketPeer.class.getClassLoader(),
              new Class<?>[] {WebSocketPeer.class},
              (proxy, method, arguments) -> {
                throw new AssertionError("nobody asks it for anything: " + method);
              });

  private final Workers workers = new Workers();
  private final Semaphore permits = new Semaphore(0);
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger rooms = new AtomicInteger();
  private final HandlerCalls calls = new HandlerCalls(workers, handler(), NOBODY, 1 << 20);

  private WebSocketHandler handler() {
    return (peer, message) -> {
      begun.incrementAndGet();
      permits.acquire();
    };
  }

  @AfterEach
  void stop() {
    permits.release(1000);
    assertTrue(workers.stop(Duration.ofSeconds(10)));
  }

  private boolean isRoomAfterOneMore() {
    return calls.message(new WebSocketMessage.Text("x"));
  }

  @Test
  void shouldTellOfRoomThoughMoreCameWhileThereWasNone() {
    calls.onRoom(rooms::incrementAndGet);
    while (isRoomAfterOneMore()) {
      assertTrue(begun.get() <= 1, "the first one blocks");
    }
    permits.release(10);
    Await.until(() -> begun.get() == 11);
    // These were read together with those before: nobody is reading now.
    assertFalse(isRoomAfterOneMore(), "not half of them are handled");
    permits.release(1000);
    Await.until(() -> rooms.get() > 0);
    Await.until(this::isRoomAfterOneMore);
  }
}
