// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.TestNodes.await;
import static io.lichen.core.moss.runtime.TestNodes.plan;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.runtime.TestNodes.TestNode;
import io.lichen.core.topic.DurableTopic;
import io.lichen.core.topic.TopicMessage;
import io.lichen.core.topic.TopicOptions;
import io.lichen.core.topic.TopicReader;
import io.lichen.redex.Redex;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexFile;
import io.lichen.transport.moss.MossTransport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Channels kept in logs, over real sockets. */
class DurableTopicTest {
  private static final int RESTARTS = "full".equals(System.getProperty("lichen.suite")) ? 20 : 5;
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String CHANNEL = "events";

  private final Path directory;
  private final TestNodes nodes = new TestNodes(MossTransport::open);
  private final List<Keeper> keepers = new ArrayList<>();

  DurableTopicTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void closeAll() {
    nodes.close();
    keepers.forEach(keeper -> keeper.redex.close());
  }

  /** A node that keeps the channel below a directory of its own. */
  private final class Keeper {
    final Redex redex;
    final RedexFile log;
    final TestNode node;
    final DurableTopic topic;

    Keeper(String name, TestNodes.Plan plan) {
      redex = Redex.open(directory.resolve(name));
      log = redex.open(CHANNEL, RedexConfig.onDisk());
      node = nodes.made(plan);
      TopicOptions options =
          TopicOptions.defaults().withCursorFile(directory.resolve(name + ".cursors"));
      topic = node.node().keep(CHANNEL, log, options);
      node.node().start();
      keepers.add(this);
    }

    void publish(String text) {
      try {
        node.node().publish(CHANNEL, text.getBytes(UTF_8));
      } catch (MossException e) {
        // It is in the own log, from which the others will have it.
        assertEquals(MossError.NO_PEERS, e.error());
      }
    }

    void close() {
      node.node().close();
      redex.close();
    }

    List<String> texts() throws InterruptedException {
      List<String> texts = new ArrayList<>();
      try (TopicReader reader = topic.readFrom(0)) {
        while (reader.lag() > 0) {
          TopicMessage message = reader.next(Duration.ZERO);
          assertNotNull(message);
          texts.add(new String(message.data(), UTF_8));
        }
      }
      return texts;
    }

    void assertHasOnce(Set<String> all) throws InterruptedException {
      await("all are there", LONG, () -> log.size() >= all.size());
      List<String> texts = texts();
      assertEquals(all, new HashSet<>(texts));
      assertEquals(all.size(), texts.size());
    }
  }

  @Test
  void shouldHaveEveryMessageOnceInTheLogOfANodeThatIsRestartedUnderLoad() throws Exception {
    Keeper a = new Keeper("a", plan());
    Keeper b = new Keeper("b", plan().staticPeer(a.node.address()));
    Set<String> all = ConcurrentHashMap.newKeySet();
    AtomicBoolean ends = new AtomicBoolean();
    List<Thread> load = List.of(load(a, "a", all, ends), load(b, "b", all, ends));
    TestNodes.Plan plan = plan().staticPeer(a.node.address());
    Keeper c = new Keeper("c", plan);
    for (int restart = 0; restart < RESTARTS; restart++) {
      Keeper running = c;
      long before = running.log.size();
      await("it takes part", LONG, () -> running.log.size() > before + 50);
      say(running, "c" + restart, all);
      running.close();
      TestNodes.pause(50);
      c = new Keeper("c", plan);
    }
    ends.set(true);
    for (Thread thread : load) {
      thread.join();
    }
    for (Keeper keeper : List.of(a, b, c)) {
      keeper.assertHasOnce(all);
    }
  }

  private static Thread load(Keeper by, String name, Set<String> all, AtomicBoolean ends) {
    return Thread.ofVirtual()
        .start(
            () -> {
              for (int i = 0; !ends.get(); i++) {
                say(by, name + i, all);
                TestNodes.pause(1);
              }
            });
  }

  private static void say(Keeper by, String text, Set<String> all) {
    all.add(text);
    by.publish(text);
  }

  @Test
  void shouldFetchTheWholeLogOfASealedRoomWhenItComesLate() throws Exception {
    Keeper early = new Keeper("early", plan().psk(3));
    Set<String> all = new HashSet<>();
    for (int i = 0; i < 3_000; i++) {
      say(early, "message " + i, all);
    }
    Keeper late = new Keeper("late", plan().psk(3).staticPeer(early.node.address()));
    late.assertHasOnce(all);
    // Gossip offers the very last ones by itself.
    assertTrue(late.topic.stats().fetched() > all.size() / 2);
  }

  @Test
  void shouldGiveNothingToAPeerWithAnotherKey() throws Exception {
    Keeper one = new Keeper("one", plan().psk(3));
    say(one, "secret", new HashSet<>());
    Keeper other = new Keeper("other", plan().psk(4).staticPeer(one.node.address()));
    await("they have met", () -> other.node.node().info().peerCount() == 1);
    Keeper same = new Keeper("same", plan().psk(3).staticPeer(one.node.address()));
    same.assertHasOnce(Set.of("secret"));
    assertEquals(0, other.log.size());
  }

  @Test
  void shouldReplayAndGoLiveWithoutGap() throws Exception {
    Keeper keeper = new Keeper("a", plan());
    Set<String> all = ConcurrentHashMap.newKeySet();
    say(keeper, "before", all);
    AtomicBoolean ends = new AtomicBoolean();
    Thread load = load(keeper, "m", all, ends);
    await("some are there", () -> keeper.log.size() > 100);
    List<String> read = new ArrayList<>();
    try (TopicReader reader = keeper.topic.readFrom(0)) {
      for (int i = 0; i < 300; i++) {
        TopicMessage message = reader.next(LONG);
        assertNotNull(message);
        assertEquals(i, message.offset());
        read.add(new String(message.data(), UTF_8));
      }
    }
    ends.set(true);
    load.join();
    assertEquals("before", read.getFirst());
    assertEquals(300, new HashSet<>(read).size());
    assertTrue(all.containsAll(read));
  }

  @Test
  void shouldTellTwoMessagesOfARestartedPublisherApartThatSayTheSame() throws Exception {
    for (int start = 0; start < 2; start++) {
      Keeper keeper = new Keeper("a", plan().meshId(""));
      keeper.publish("up");
      keeper.close();
    }
    Keeper keeper = new Keeper("a", plan());
    assertEquals(List.of("up", "up"), keeper.texts());
  }

  @Test
  void shouldPublishNothingThatTheLogCannotTake() {
    Keeper keeper = new Keeper("a", plan());
    keeper.log.close();
    MossException refused =
        assertThrows(
            MossException.class, () -> keeper.node.node().publish(CHANNEL, new byte[] {1}));
    assertEquals(MossError.INTERNAL, refused.error());
    assertEquals(1, keeper.topic.stats().failures());
  }

  @Test
  void shouldRefuseToKeepAChannelTwiceAtOnce() {
    Keeper keeper = new Keeper("a", plan());
    MossException refused =
        assertThrows(
            MossException.class,
            () -> keeper.node.node().keep(CHANNEL, keeper.log, TopicOptions.defaults()));
    assertEquals(MossError.CONFIG_INVALID, refused.error());
    keeper.topic.close();
    keeper.node.node().keep(CHANNEL, keeper.log, TopicOptions.defaults());
  }
}
