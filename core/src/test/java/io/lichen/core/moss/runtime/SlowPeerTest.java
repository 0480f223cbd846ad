// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.MossNodeContract.assertCode;
import static io.lichen.core.moss.runtime.MossNodeContract.take;
import static io.lichen.core.moss.runtime.MossNodeContract.takeEvent;
import static io.lichen.core.moss.runtime.TestNodes.await;
import static io.lichen.core.moss.runtime.TestNodes.awaitTargets;
import static io.lichen.core.moss.runtime.TestNodes.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.MossEvent;
import io.lichen.core.moss.PublishReceipt;
import io.lichen.core.moss.PublishReport;
import io.lichen.core.moss.PublishReport.Outcome;
import io.lichen.core.moss.SlowPeer;
import io.lichen.core.moss.SlowPeer.Stage;
import io.lichen.core.moss.runtime.TestNodes.TestNode;
import io.lichen.crypto.PeerId;
import io.lichen.transport.moss.Carrier;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

  /** A publisher with a healthy and a stuck peer on channel a. */
  private record Three(TestNode publisher, TestNode healthy, TestNode stuck) {}

  private Three three(String config) {
    Three three =
        new Three(
            nodes.started(plan().config(config)), nodes.started(plan()), nodes.started(plan()));
    for (TestNode subscriber : List.of(three.healthy, three.stuck)) {
      subscriber.node().subscribe("a");
      three.publisher.node().connect(subscriber.address());
    }
    awaitTargets(three.publisher, "a", 2);
    return three;
  }

  private void freeze(TestNode node) {
    transportOf(node).open(Carrier.TCP).forEach(FakeSession::freeze);
  }

  @Test
  void shouldTellWhatBecameOfAPublishForEachPeer() throws Exception {
    Three three = three(SHORT_WAIT);
    PeerId healthy = three.healthy.node().id();
    PeerId stuck = three.stuck.node().id();
    BlockingQueue<SlowPeer> news = new LinkedBlockingQueue<>();
    three.publisher.node().onSlowPeer(news::add);

    PublishReport first = report(three.publisher, 1);
    assertEquals(Map.of(healthy, Outcome.SENT, stuck, Outcome.SENT), first.peers());
    assertEquals(2, first.count(Outcome.SENT));

    freeze(three.stuck);
    List<PublishReport> reports = new ArrayList<>();
    while (reports.isEmpty() || reports.getLast().peers().get(stuck) != Outcome.SHED) {
      reports.add(report(three.publisher, 60_000));
      // So that the healthy one is never behind.
      take(three.healthy, 60_000);
    }
    // 1 MiB goes into the queue; the copy that fills it lies behind that, the next one waits.
    assertEquals(Outcome.QUEUED, reports.get(reports.size() - 2).peers().get(stuck));
    assertEquals(Outcome.SENT, reports.get(reports.size() - 3).peers().get(stuck));
    for (PublishReport report : reports) {
      assertEquals(Outcome.SENT, report.peers().get(healthy));
      assertEquals(64, report.messageId().length());
    }
    await("the other has left", () -> three.publisher.node().info().peerCount() == 1);
    assertEquals(Map.of(healthy, Outcome.SENT), report(three.publisher, 1).peers());

    SlowPeer slow = news.poll(20, TimeUnit.SECONDS);
    assertEquals(new Seen(stuck, Stage.SLOW), Seen.of(slow));
    SlowPeer shed = news.poll(20, TimeUnit.SECONDS);
    assertEquals(new Seen(stuck, Stage.SHED), Seen.of(shed));
    assertTrue(shed != null && shed.behindMs() >= 300 && shed.queuedBytes() >= 1 << 20, "" + shed);
    assertEquals(three.stuck.address(), shed.address());
    assertTrue(news.isEmpty(), "no more of it: " + news);
  }

  private record Seen(PeerId peer, Stage stage) {
    static Seen of(@Nullable SlowPeer news) {
      assertNotNull(news, "news should have come");
      return new Seen(news.peer(), news.stage());
    }
  }

  private static PublishReport report(TestNode publisher, int size) throws Exception {
    return publisher.node().publishTracked("a", new byte[size]).get(20, TimeUnit.SECONDS);
  }

  @Test
  void shouldTellOfAPeerThatCatchesUp() throws Exception {
    Three three = three("\"lichen\":{\"publish_wait_ms\":8000}");
    BlockingQueue<SlowPeer> news = new LinkedBlockingQueue<>();
    three.publisher.node().onSlowPeer(news::add);
    FakeSession session = transportOf(three.stuck).open(Carrier.TCP).getFirst();
    session.setReading(false);
    CompletableFuture<PublishReport> waiting = new CompletableFuture<>();
    for (int i = 0; i < 30; i++) {
      waiting = three.publisher.node().publishTracked("a", new byte[60_000]);
    }
    assertFalse(waiting.isDone());
    assertEquals(Stage.SLOW, Seen.of(news.poll(40, TimeUnit.SECONDS)).stage());
    session.setReading(true);
    assertEquals(Stage.RECOVERED, Seen.of(news.poll(20, TimeUnit.SECONDS)).stage());
    // A copy that leaves while its peer is still behind counts as queued; each one comes.
    PublishReport last = waiting.get(20, TimeUnit.SECONDS);
    assertEquals(2, last.count(Outcome.SENT) + last.count(Outcome.QUEUED), last::toString);
    for (TestNode subscriber : List.of(three.healthy, three.stuck)) {
      for (int i = 0; i < 30; i++) {
        take(subscriber, 60_000);
      }
    }
  }

  @Test
  void shouldShedAPeerThatDoesNotTakeWhatIsForwardedToIt() throws Exception {
    TestNode author = nodes.started(plan().config("\"max_peers\":1"));
    Three three = three(SHORT_WAIT);
    TestNode middle = three.publisher;
    middle.node().subscribe("a");
    author.node().subscribe("a");
    author.node().connect(middle.address());
    awaitTargets(middle, "a", 3);
    BlockingQueue<SlowPeer> news = new LinkedBlockingQueue<>();
    middle.node().onSlowPeer(news::add);
    freeze(three.stuck);
    for (int i = 0; i < 40; i++) {
      author.node().publish("a", new byte[60_000]);
    }
    assertEquals(
        new Seen(three.stuck.node().id(), Stage.SLOW), Seen.of(news.poll(20, TimeUnit.SECONDS)));
    SlowPeer shed = news.poll(20, TimeUnit.SECONDS);
    assertEquals(Stage.SHED, Seen.of(shed).stage());
    assertTrue(shed != null && shed.behindMs() >= 1000, "not at once: " + shed);
    for (int i = 0; i < 40; i++) {
      take(three.healthy, 60_000);
    }
  }

  @Test
  void shouldNotTrackWhatNobodyGetsOrNoCarrierTakes() throws Exception {
    TestNode alone = nodes.started(plan());
    assertCode(-6, () -> join(alone.node().publishTracked("a", new byte[1])));
    assertCode(-4, () -> join(alone.node().publishTracked("", new byte[1])));
    alone.node().stop();
    assertCode(-3, () -> join(alone.node().publishTracked("a", new byte[1])));
  }

  private static void join(CompletableFuture<?> future) throws Throwable {
    try {
      future.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }

  @Test
  void shouldShedAPeerThatTakesNothingAndGoOnWithTheOthers() throws Exception {
    Three three = three(SHORT_WAIT);
    TestNode publisher = three.publisher;
    TestNode healthy = three.healthy;
    TestNode stuck = three.stuck;
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    publisher.node().metrics().bindTo(registry);
    takeEvent(publisher);
    takeEvent(publisher);
    freeze(stuck);
    int count = 200;
    long longestNs = 0;
    for (int i = 0; i < count; i++) {
      long startNs = System.nanoTime();
      publisher.node().publish("a", new byte[30_000]);
      longestNs = Math.max(longestNs, System.nanoTime() - startNs);
      // So that the healthy one is never behind.
      take(healthy, 30_000);
    }
    assertTrue(longestNs >= 250_000_000L, "one publish waited: " + longestNs);
    MossEvent left = takeEvent(publisher);
    assertEquals(MossEvent.Type.PEER_LEFT, left.type());
    assertEquals(Map.of("addr", stuck.address(), "peer", stuck.node().id().hex()), left.detail());
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
    Three three = three(LONG_WAIT);
    TestNode publisher = three.publisher;
    TestNode healthy = three.healthy;
    freeze(three.stuck);
    List<CompletableFuture<PublishReceipt>> accepted = new ArrayList<>();
    int refused = 0;
    for (int i = 0; i < 700; i++) {
      CompletableFuture<PublishReceipt> future =
          publisher.node().publishAsync("a", new byte[60_000]);
      if (future.isCompletedExceptionally()) {
        refused++;
        assertCode(-9, () -> join(future));
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
    awaitTargets(publisher, "a", 2);
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
    freeze(stuck);
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
    freeze(b);
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
