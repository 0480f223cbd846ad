// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.CallbackContract.take;
import static io.lichen.core.moss.runtime.TestNodes.await;
import static io.lichen.core.moss.runtime.TestNodes.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.MessageValidator;
import io.lichen.core.moss.MessageValidator.Verdict;
import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.MossMessage;
import io.lichen.core.moss.SubscribeOptions;
import io.lichen.core.moss.runtime.TestNodes.TestNode;
import io.lichen.core.moss.runtime.channel.ChannelValidator;
import io.lichen.crypto.PeerId;
import io.lichen.transport.moss.MossTransport;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What validators decide, and that they cannot hold up the node; over real sockets. */
final class ChannelValidatorTest {
  private static final byte BAD = 13;

  private final TestNodes nodes = new TestNodes(MossTransport::open);

  /** The author, who knows the judge only, who passes on to the reader what it accepts. */
  private final TestNode author = nodes.started(plan().config("\"max_peers\":1"));

  private final TestNode judge = nodes.started(plan());
  private final TestNode reader = nodes.started(plan().config("\"max_peers\":1"));
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  /** What the judge's engine thinks of its peers. */
  private final Map<PeerId, Double> scores = new ConcurrentHashMap<>();

  @AfterEach
  void close() {
    nodes.close();
  }

  private void start(MessageValidator validator) {
    judge.node().metrics().bindTo(registry);
    judge
        .node()
        .scoring(
            (peer, base) -> {
              scores.put(peer, base);
              return base;
            });
    author.node().subscribe("a");
    judge.node().subscribe("a", SubscribeOptions.defaults().withValidator(validator));
    reader.node().subscribe("a");
    author.node().connect(judge.address());
    reader.node().connect(judge.address());
    await("the judge has both", () -> targets(judge, "a") == 2);
    await("the author has the judge", () -> targets(author, "a") == 1);
    await("that was heard", () -> judge.messages().stream().anyMatch(m -> isFrom(author, m)));
    judge.messages().clear();
    reader.messages().clear();
  }

  private static boolean isFrom(TestNode node, MossMessage message) {
    return node.node().id().equals(message.sender());
  }

  private static int targets(TestNode node, String channel) {
    try {
      return node.node().publish(channel, new byte[0]).peers();
    } catch (MossException e) {
      assertEquals(MossError.NO_PEERS, e.error());
      return 0;
    }
  }

  private static Verdict unlessBad(MossMessage message, Verdict otherwise) {
    return message.data().length == 1 && message.data()[0] == BAD ? otherwise : Verdict.ACCEPT;
  }

  private void say(int... values) {
    for (int value : values) {
      author.node().publish("a", new byte[] {(byte) value});
    }
  }

  private static void assertHears(TestNode node, int... values) throws InterruptedException {
    for (int value : values) {
      assertEquals(value, take(node, 1).data()[0]);
    }
  }

  private double counted(String name) {
    return registry.get("lichen.moss.gossip").tag("counter", name).functionCounter().count();
  }

  @Test
  void shouldNeitherDeliverNorForwardWhatIsRejectedAndBlameWhoBroughtIt() throws Exception {
    start((message, from) -> unlessBad(message, Verdict.REJECT));

    say(1, BAD, 2);

    assertHears(judge, 1, 2);
    assertHears(reader, 1, 2);
    await("it is counted", () -> counted("rejected") == 1);
    await("its score falls", () -> scores.getOrDefault(author.node().id(), 0.0) <= -5);
    assertTrue(scores.getOrDefault(reader.node().id(), 0.0) >= 0, "the reader did nothing");
  }

  @Test
  void shouldNeitherDeliverNorForwardWhatIsIgnoredAndBlameNobody() throws Exception {
    start((message, from) -> unlessBad(message, Verdict.IGNORE));

    say(1, BAD, 2);

    assertHears(judge, 1, 2);
    assertHears(reader, 1, 2);
    await("it is counted", () -> counted("ignored") == 1);
    double beats = heartbeats();
    await("scores were asked for since", () -> heartbeats() > beats + 1);
    assertTrue(scores.getOrDefault(author.node().id(), -1.0) >= 0, "scores: " + scores);
  }

  private double heartbeats() {
    return registry.get("lichen.moss.heartbeats").functionCounter().count();
  }

  @Test
  void shouldIgnoreWhatTheValidatorThrowsOn() throws Exception {
    start(
        (message, from) -> {
          if (unlessBad(message, Verdict.REJECT) == Verdict.REJECT) {
            throw new IllegalStateException("on purpose");
          }
          return Verdict.ACCEPT;
        });

    say(1, BAD, 2);

    assertHears(judge, 1, 2);
    assertHears(reader, 1, 2);
    await("it is ignored", () -> counted("ignored") == 1);
    assertEquals(1, registry.get("lichen.moss.callback.failures").functionCounter().count());
  }

  @Test
  void shouldGoOnWhileAValidatorDoesNotReturn() throws Exception {
    CompletableFuture<Void> over = new CompletableFuture<>();
    start(
        (message, from) -> {
          if (message.data().length > 0) {
            over.join();
          }
          return Verdict.ACCEPT;
        });
    judge.node().subscribe("b");
    await("the judge is on b", () -> targets(author, "b") == 1);
    int waiting = ChannelValidator.MAX_WAITING;
    for (int i = 0; i < waiting + 20; i++) {
      say(i);
    }
    author.node().publish("b", new byte[] {7});
    while (take(judge).data().length == 0) {
      // Those of the setting up.
    }
    await("what does not fit is ignored", () -> refused() == 20);
    double beats = heartbeats();
    await("the loop goes on", () -> heartbeats() > beats + 1);
    over.complete(null);
    for (int i = 0; i < waiting; i++) {
      assertEquals((byte) i, take(judge, 1).data()[0], "in order");
      assertEquals((byte) i, take(reader, 1).data()[0], "in order");
    }
  }

  private double refused() {
    return registry
        .get("lichen.moss.rejected")
        .tag("reason", "validator_busy")
        .functionCounter()
        .count();
  }

  @Test
  void shouldTakeAnotherValidatorOrNoneWhileSubscribed() throws Exception {
    start((message, from) -> Verdict.ACCEPT);
    say(1, BAD);
    assertHears(judge, 1, BAD);
    SubscribeOptions strict =
        SubscribeOptions.defaults()
            .withValidator((message, from) -> unlessBad(message, Verdict.IGNORE));
    judge.node().subscribe("a", strict);
    say(2, BAD, 3);
    assertHears(judge, 2, 3);
    judge.node().subscribe("a", SubscribeOptions.defaults());
    say(BAD, 4);
    assertHears(judge, BAD, 4);
    assertHears(reader, 1, BAD, 2, 3, BAD, 4);
  }

  @Test
  void shouldTellTheValidatorWhoBroughtAMessageAndWhoWroteIt() throws Exception {
    CompletableFuture<List<Object>> seen = new CompletableFuture<>();
    reader
        .node()
        .subscribe(
            "a",
            SubscribeOptions.defaults()
                .withValidator(
                    (message, from) -> {
                      if (isFrom(author, message) && message.data().length == 1) {
                        seen.complete(List.of(from, message.room(), message.channel()));
                      }
                      return Verdict.ACCEPT;
                    }));
    start((message, from) -> Verdict.ACCEPT);
    reader.node().subscribe("a");
    say(1);
    assertHears(reader, 1);
    assertEquals(List.of(judge.node().id(), "room", "a"), seen.join());
  }
}
