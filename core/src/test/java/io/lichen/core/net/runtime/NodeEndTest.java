// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import static io.lichen.core.net.runtime.NetNodes.await;
import static io.lichen.core.net.runtime.NetNodes.bytes;
import static io.lichen.core.net.runtime.NetNodes.connect;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.net.NetError;
import io.lichen.core.net.NetEvent;
import io.lichen.core.net.NetException;
import io.lichen.core.net.NetNode;
import io.lichen.core.net.PeerEvent;
import io.lichen.core.net.PeerStream;
import io.lichen.core.net.capability.CapabilityFilter;
import io.lichen.core.net.capability.ScopeFilter;
import io.lichen.core.net.channel.ChannelConfig;
import io.lichen.transport.net.NetTransport;
import io.lichen.transport.net.StreamOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
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
  void shouldFailEveryCallThatRacesWithItsEnd() {
    NetNode a = nodes.started();
    NetNode b = nodes.started();
    connect(a, b);
    b.channels().register("c", ChannelConfig.open());
    a.channels().register("c", ChannelConfig.open());
    PeerStream stream = a.openStream(b.nodeId(), 1, StreamOptions.ofReliable());
    List<Runnable> calls =
        List.of(
            () -> stream.send(List.of(bytes("x"))),
            () -> a.channels().publish("c", bytes("x")),
            () -> a.channels().subscribe(b.nodeId(), "c"),
            () -> a.capabilities().findNodes(CapabilityFilter.ofTags("x"), ScopeFilter.ANY),
            () -> a.openStream(b.nodeId(), 2, StreamOptions.ofReliable()));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch under = new CountDownLatch(calls.size());
      List<CompletableFuture<NetError>> racing =
          calls.stream()
              .map(call -> CompletableFuture.supplyAsync(() -> error(call, under), threads))
              .toList();
      await("all have called", () -> under.getCount() == 0);
      a.close();
      for (CompletableFuture<NetError> call : racing) {
        NetError error = call.orTimeout(30, TimeUnit.SECONDS).join();
        assertTrue(
            error == NetError.SHUTTING_DOWN || error == NetError.MESH_NOT_CONNECTED,
            error::toString);
      }
    }
  }

  /** Calls until that fails. */
  private static NetError error(Runnable call, CountDownLatch under) {
    try {
      call.run();
      under.countDown();
      while (true) {
        call.run();
      }
    } catch (NetException e) {
      return e.error();
    }
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
