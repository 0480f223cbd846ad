// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import static io.lichen.core.net.runtime.NetNodes.await;
import static io.lichen.core.net.runtime.NetNodes.bytes;
import static io.lichen.core.net.runtime.NetNodes.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.net.NetError;
import io.lichen.core.net.NetNode;
import io.lichen.core.net.channel.ChannelConfig;
import io.lichen.core.net.topic.NetTopic;
import io.lichen.core.net.topic.NetTopics;
import io.lichen.core.topic.TopicMessage;
import io.lichen.core.topic.TopicOptions;
import io.lichen.crypto.entity.EntityKeyPair;
import io.lichen.redex.Redex;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexFile;
import io.lichen.transport.net.NetTransport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Channels of Net nodes kept in logs, over real sockets. */
class NetTopicTest {
  private static final int RESTARTS = "full".equals(System.getProperty("lichen.suite")) ? 20 : 4;
  private static final String CHANNEL = "lab/metrics";

  private final Path folder;
  private final NetNodes nodes = new NetNodes(NetTransport::open);
  private final List<Keeper> keepers = new ArrayList<>();

  NetTopicTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void closeAll() {
    keepers.forEach(Keeper::close);
    nodes.close();
  }

  /** A node that keeps the channel below a directory of its own. */
  private final class Keeper {
    final NetNode node;
    final NetTopics topics;
    final Redex redex;
    final RedexFile log;
    final NetTopic topic;

    Keeper(String name, EntityKeyPair identity) {
      node = nodes.open(NetNodes.quick(), identity);
      node.start();
      redex = Redex.open(folder.resolve(name));
      log = redex.open(CHANNEL, RedexConfig.onDisk());
      topics = NetTopics.on(node);
      Path cursors = folder.resolve(name + ".cursors");
      topic = topics.keep(CHANNEL, log, TopicOptions.defaults().withCursorFile(cursors));
      node.channels().register(CHANNEL, ChannelConfig.open());
      keepers.add(this);
    }

    boolean follow(NetNode publisher) {
      NetNodes.connect(node, publisher);
      return topic.follow(publisher.nodeId(), null);
    }

    List<String> texts() {
      return log.readRange(0, log.nextSeq()).stream()
          .map(TopicMessage::of)
          .flatMap(Optional::stream)
          .map(message -> new String(message.data(), UTF_8))
          .toList();
    }

    void close() {
      topics.close();
      node.close();
      redex.close();
    }
  }

  private static List<String> numbered(int count) {
    return IntStream.range(0, count).mapToObj(i -> "event " + i).toList();
  }

  @Test
  void shouldHaveEveryEventOnceAndInOrderHoweverOftenTheFollowerIsRestarted() {
    Keeper publisher = new Keeper("publisher", nodes.identity());
    EntityKeyPair identity = nodes.identity();
    int said = 0;
    for (int life = 0; life <= RESTARTS; life++) {
      Keeper follower = new Keeper("follower", identity);
      for (int i = 0; i < 100; i++) {
        publisher.topic.publish(bytes("event " + said++));
      }
      assertTrue(follower.follow(publisher.node));
      for (int i = 0; i < 100; i++) {
        publisher.topic.publish(bytes("event " + said++));
      }
      int wanted = life == RESTARTS ? said : said - 50;
      await("it follows", () -> follower.log.size() >= wanted);
      if (life == RESTARTS) {
        assertEquals(numbered(said), follower.texts());
      }
      follower.close();
    }
    assertEquals(numbered(said), publisher.texts());
  }

  @Test
  void shouldGoOnWithAPublisherThatWasRestarted() {
    EntityKeyPair identity = nodes.identity();
    Keeper first = new Keeper("publisher", identity);
    Keeper follower = new Keeper("follower", nodes.identity());
    assertTrue(follower.follow(first.node));
    first.topic.publish(bytes("the same"));
    await("it follows", () -> follower.log.size() == 1);
    first.close();
    Keeper second = new Keeper("publisher", identity);
    second.topic.publish(bytes("the same"));
    assertTrue(follower.follow(second.node));
    await("it follows again", () -> follower.log.size() == 2);
    assertEquals(List.of("the same", "the same"), follower.texts());
  }

  @Test
  void shouldKeepWhatIsDeliveredByAPublisherWithoutALog() {
    NetNode publisher = nodes.started();
    publisher.channels().register(CHANNEL, ChannelConfig.open());
    Keeper follower = new Keeper("follower", nodes.identity());
    assertFalse(follower.follow(publisher));
    for (String text : List.of("a", "b", "a")) {
      publisher.channels().publish(CHANNEL, bytes(text));
    }
    await("all came", () -> follower.log.size() == 3);
    assertEquals(List.of("a", "b", "a"), follower.texts());
  }

  @Test
  void shouldGiveNothingToAPeerThatDoesNotSubscribe() {
    Keeper publisher = new Keeper("publisher", nodes.identity());
    Keeper follower = new Keeper("follower", nodes.identity());
    assertTrue(follower.follow(publisher.node));
    publisher.topic.publish(bytes("for members"));
    await("it came", () -> follower.log.size() == 1);
    follower.node.channels().unsubscribe(publisher.node.nodeId(), CHANNEL);
    publisher.topic.publish(bytes("for others"));
    await("it was refused what it asked for", () -> publisher.topic.stats().throttled() > 0);
    assertEquals(1, follower.log.size());
    publisher.node.channels().unregister(CHANNEL);
    refused(NetError.CHANNEL, () -> follower.topic.follow(publisher.node.nodeId(), null));
    assertEquals(1, follower.log.size());
  }

  @Test
  void shouldRefuseWhatNobodyCouldFetchAndFetchWhatIsJustShortEnough() {
    Keeper publisher = new Keeper("publisher", nodes.identity());
    Keeper follower = new Keeper("follower", nodes.identity());
    assertTrue(follower.follow(publisher.node));
    int longest = publisher.topic.maxEventBytes();
    refused(NetError.INVALID_ARGUMENT, () -> publisher.topic.publish(new byte[longest + 1]));
    publisher.topic.publish(new byte[longest]);
    await("it came", () -> follower.log.size() == 1);
  }

  @Test
  void shouldRefuseToKeepAChannelTwiceAtOnce() {
    Keeper keeper = new Keeper("one", nodes.identity());
    refused(
        NetError.INVALID_ARGUMENT,
        () -> keeper.topics.keep(CHANNEL, keeper.log, TopicOptions.defaults()));
    keeper.topic.close();
    keeper.topics.keep(CHANNEL, keeper.log, TopicOptions.defaults());
  }
}
