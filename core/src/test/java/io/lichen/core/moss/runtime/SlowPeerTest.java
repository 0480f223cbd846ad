// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.MossNodeContract.assertCode;
import static io.lichen.core.moss.runtime.MossNodeContract.take;
import static io.lichen.core.moss.runtime.MossNodeContract.takeEvent;
import static io.lichen.core.moss.runtime.TestNodes.await;
import static io.lichen.core.moss.runtime.TestNodes.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.MossEvent;
import io.lichen.core.moss.PublishReceipt;
import io.lichen.core.moss.runtime.TestNodes.TestNode;
import io.lichen.transport.moss.Carrier;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a peer that does not take what it is sent can do to others: nothing. */
final class SlowPeerTest {
  private static final String SHORT_WAIT = "\"lichen\":{\"publish_wait_ms\":300}";

  /** Longer than a loaded machine takes to publish more than may wait. */
  private static final String LONG_WAIT = "\"lichen\":{\"publish_wait_ms\":4000}";

  private final FakeNetwork network = new FakeNetwork();
  private final TestNodes nodes = new TestNodes(network);

  @AfterEach
  void close() {
    nodes.close();
  }

  private FakeNetwork.FakeTransport transportOf(TestNode node) {
    int port = node.node().info().listenPort();
    return network.opened.stream().filter(t -> t.port == port).findFirst().orElseThrow();
  }

  private static double count(SimpleMeterRegistry registry, String name) {
    return registry.get("lichen.moss." + name).functionCounters().stream()
        .mapToDouble(c -> c.count())
        .sum();
  }

  @Test
  void shouldShedAPeerThatTakesNothingAndGoOnWithTheOthers() throws Exception {
    TestNode publisher = nodes.started(plan().config(SHORT_WAIT));
    TestNode healthy = nodes.started(plan());
    TestNode stuck = nodes.started(plan());
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    publisher.node().metrics().bindTo(registry);
    healthy.node().subscribe("a");
    stuck.node().subscribe("a");
    publisher.node().connect(healthy.address());
    publisher.node().connect(stuck.address());
    await("both are on it", () -> publisher.node().publish("a", new byte[1]).peers() == 2);
    takeEvent(publisher);
    takeEvent(publisher);
    transportOf(stuck).open(Carrier.TCP).forEach(FakeSession::freeze);
    int count = 200;
    long longestNs = 0;
    for (int i = 0; i < count; i++) {
      long startNs = System.nanoTime();
      publisher.node().publish("a", new byte[30_000]);
      longestNs = Math.max(longestNs, System.nanoTime() - startNs);
    }
    assertTrue(longestNs >= 250_000_000L, "one publish waited: " + longestNs);
    MossEvent left = takeEvent(publisher);
    assertEquals(MossEvent.Type.PEER_LEFT, left.type());
    assertEquals(Map.of("addr", stuck.address(), "peer", stuck.node().id().hex()), left.detail());
    for (int i = 0; i < count; i++) {
      take(healthy, 30_000);
    }
    assertEquals(1, count(registry, "peers.shed"));
    assertTrue(count(registry, "publish.waits") >= 1);
    assertEquals(
        1,
        registry
            .get("lichen.moss.sessions.closed")
            .tag("reason", "slow")
            .functionCounter()
            .count());
  }

  @Test
  void shouldLetFuturesWaitInsteadOfTheCallerAndRefuseTooManyOfThem() throws Exception {
    TestNode publisher = nodes.started(plan().config(LONG_WAIT));
    TestNode healthy = nodes.started(plan());
    TestNode stuck = nodes.started(plan());
    healthy.node().subscribe("a");
    stuck.node().subscribe("a");
    publisher.node().connect(healthy.address());
    publisher.node().connect(stuck.address());
    await("both are on it", () -> publisher.node().publish("a", new byte[1]).peers() == 2);
    transportOf(stuck).open(Carrier.TCP).forEach(FakeSession::freeze);
    List<CompletableFuture<PublishReceipt>> accepted = new ArrayList<>();
    int refused = 0;
    for (int i = 0; i < 700; i++) {
      CompletableFuture<PublishReceipt> future =
          publisher.node().publishAsync("a", new byte[60_000]);
      if (future.isCompletedExceptionally()) {
        refused++;
        assertCode(
            -9,
            () -> {
              try {
                future.join();
              } catch (CompletionException e) {
                throw e.getCause();
              }
            });
      } else {
        accepted.add(future);
      }
    }
    assertTrue(refused > 0, "16 MiB of them may wait");
    assertFalse(accepted.getLast().isDone());
    for (CompletableFuture<PublishReceipt> future : accepted) {
      future.get(20, TimeUnit.SECONDS);
    }
    for (int i = 0; i < accepted.size(); i++) {
      take(healthy, 60_000);
    }
    assertEquals(0, healthy.messages().size());
  }

  @Test
  void shouldNotCallAPeerUnreachableForWhatOneOfTwoCarriersTakes() throws Exception {
    TestNode publisher = nodes.started(plan());
    TestNode tcp = nodes.started(plan());
    TestNode udp = nodes.started(plan());
    tcp.node().subscribe("a");
    udp.node().subscribe("a");
    publisher.node().connect("udp://" + udp.address());
    assertEquals(1, publisher.node().publish("a", new byte[40_000]).peers());
    assertCode(-5, () -> publisher.node().publish("a", new byte[60_000]));
    publisher.node().connect(tcp.address());
    await("both are on it", () -> publisher.node().publish("a", new byte[1]).peers() == 2);
    assertEquals(1, publisher.node().publish("a", new byte[60_000]).peers());
    await(
        "it comes over TCP",
        () -> tcp.messages().stream().anyMatch(m -> m.data().length == 60_000));
  }

  @Test
  void shouldEndWaitingPublishesWhenTheNodeStops() throws Exception {
    TestNode publisher = nodes.started(plan());
    TestNode stuck = nodes.started(plan());
    stuck.node().subscribe("a");
    publisher.node().connect(stuck.address());
    publisher.node().publish("a", new byte[1]);
    transportOf(stuck).open(Carrier.TCP).forEach(FakeSession::freeze);
    CompletableFuture<Integer> code = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    while (true) {
                      publisher.node().publish("a", new byte[60_000]);
                    }
                  } catch (io.lichen.core.moss.MossException e) {
                    code.complete(e.error().code());
                  }
                });
    FakeNetwork.FakeTransport mine = transportOf(publisher);
    await("it waits", () -> !mine.open(Carrier.TCP).getFirst().isWritable());
    publisher.node().stop();
    assertEquals(-3, code.get(20, TimeUnit.SECONDS));
    thread.join();
  }

  @Test
  void shouldAcceptAPeerAgainSoonThatHasVanishedWithoutAWord() throws Exception {
    TestNode a = nodes.started(plan());
    TestNodes.Plan plan = plan();
    TestNode b = nodes.started(plan);
    a.node().subscribe("a");
    b.node().connect(a.address());
    b.node().publish("a", new byte[] {1});
    take(a);
    transportOf(b).open(Carrier.TCP).forEach(FakeSession::freeze);
    b.node().close();
    TestNode again = nodes.started(plan);
    long startNs = System.nanoTime();
    again.node().connect(a.address());
    await(
        "it is heard",
        () -> {
          try {
            again.node().publish("a", new byte[] {2});
          } catch (io.lichen.core.moss.MossException e) {
            assertEquals(io.lichen.core.moss.MossError.NO_PEERS, e.error());
          }
          return a.messages().stream().anyMatch(m -> m.data()[0] == 2);
        });
    long tookNs = System.nanoTime() - startNs;
    assertTrue(tookNs < 5_000_000_000L, "it took " + tookNs + " ns");
    assertEquals(1, a.node().info().peerCount());
  }

  @Test
  void shouldDialKnownPeersWithTheirKey() {
    TestNodes.Plan plan = plan();
    TestNode a = nodes.started(plan);
    int port = a.node().info().listenPort();
    TestNode b = nodes.started(plan());
    b.node().connect(a.address());
    a.node().close();
    await("lost", () -> b.node().info().peerCount() == 0);
    nodes.started(plan.port(port));
    await("back", () -> b.node().info().peerCount() == 1);
    var dials = transportOf(b).dials;
    assertEquals(null, dials.getFirst().remoteStatic());
    org.junit.jupiter.api.Assertions.assertArrayEquals(
        plan.identity.noisePublic(), dials.getLast().remoteStatic());
  }
}
