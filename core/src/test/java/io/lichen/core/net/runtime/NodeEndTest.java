// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import static io.lichen.core.net.runtime.NetNodes.await;
import static io.lichen.core.net.runtime.NetNodes.bytes;
import static io.lichen.core.net.runtime.NetNodes.connect;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.net.NetEvent;
import io.lichen.core.net.NetNode;
import io.lichen.core.net.PeerEvent;
import io.lichen.transport.net.NetTransport;
import io.lichen.transport.net.StreamOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** How nodes end, over real sockets. */
class NodeEndTest {
  @AutoClose private final NetNodes nodes = new NetNodes(NetTransport::open);

  @Test
  void shouldCloseOnceHoweverManyCallIt() {
    NetNode a = nodes.started();
    NetNode b = nodes.started();
    connect(a, b);
    List<CompletableFuture<Void>> closers =
        IntStream.range(0, 8).mapToObj(i -> CompletableFuture.runAsync(a::close)).toList();
    closers.forEach(CompletableFuture::join);
    assertTrue(a.peers().isEmpty());
  }

  @Test
  void shouldLetACallbackCloseTheNode() {
    NetNode a = nodes.started();
    NetNode b = nodes.started();
    CountDownLatch closed = new CountDownLatch(1);
    Listener<NetEvent> listener =
        Listener.to(
            b.events(),
            Long.MAX_VALUE,
            event -> {
              b.close();
              closed.countDown();
            });
    connect(a, b);
    a.openStream(b.nodeId(), 1, StreamOptions.ofReliable()).send(List.of(bytes("end")));
    await("the callback returned", () -> closed.getCount() == 0);
    await("the subscription is complete", listener::isCompleted);
  }

  @Test
  void shouldCompleteSubscriptionsAtTheEnd() {
    NetNode a = nodes.started();
    Listener<NetEvent> events = Listener.to(a.events());
    Listener<PeerEvent> news = Listener.to(a.peerEvents());
    a.close();
    await("both are complete", () -> events.isCompleted() && news.isCompleted());
  }
}
