// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.gossipsub.GossipSubParams;
import io.lichen.testkit.LinkProfile;
import io.lichen.testkit.SimNetwork;
import io.lichen.testkit.SimNode;
import io.lichen.testkit.VirtualTime;
import io.lichen.testkit.gossipsub.Attack;
import io.lichen.testkit.gossipsub.DeliveryReport;
import io.lichen.testkit.gossipsub.GossipWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of docs/testkit.md, which has them word for word. */
class ExampleTest {
  @Test
  void shouldDeliverAroundCrashesAndAttackers() {
    // example: engines
    long second = 1_000_000_000L;
    LinkProfile datagrams = LinkProfile.lossy(20_000_000, 60_000_000, 0.01, 0.001);
    GossipWorld world =
        new GossipWorld(42)
            .addEngines(100, GossipSubParams.defaults())
            .add(5, Attack.iHaveSpam().nodes())
            .subscribeAll()
            .connectRandomly(6, datagrams);
    world.run(10 * second);
    world.crash(17, 3 * second); // its neighbours notice after three seconds
    world.publishRandomly(50, second / 10);
    world.restart(17, 6, datagrams);
    world.run(15 * second);

    DeliveryReport report = world.report();
    assertTrue(report.share() == 1.0, () -> report + ", seed " + world.seed());
    // example: end
  }

  // example: protocol
  /** Passes on to everybody what is larger than anything it has seen. */
  static final class Maximum implements SimNode<Integer> {
    private final SimNetwork<Integer> network;
    private int self;
    int largest;

    Maximum(SimNetwork<Integer> network) {
      this.network = network;
    }

    @Override
    public void onStart(int number) {
      self = number;
      network.scheduleEvery(number, 0, 100_000_000, this::tellAll);
    }

    private void tellAll() {
      for (int peer : network.neighbours(self)) {
        network.send(self, peer, largest);
      }
    }

    @Override
    public void onConnect(int peer, boolean outbound) {}

    @Override
    public void onDisconnect(int peer) {}

    @Override
    public void onMessage(int from, Integer value) {
      largest = Math.max(largest, value);
    }
  }

  @Test
  void shouldAgreeOnTheMaximum() {
    VirtualTime time = new VirtualTime();
    SimNetwork<Integer> network = new SimNetwork<>(time, 42, Integer::longValue);
    Maximum first = new Maximum(network);
    Maximum last = new Maximum(network);
    List.of(first, new Maximum(network), last).forEach(network::addNode);
    network.connect(0, 1, LinkProfile.lossy(1_000_000, 9_000_000, 0.5, 0));
    network.connect(1, 2, LinkProfile.stream(5_000_000, 0.1, 200_000_000));
    first.largest = 7;
    time.runFor(5_000_000_000L);
    assertEquals(7, last.largest);
  }

  // example: end

  @Test
  void shouldStandInTheDocumentation() throws IOException {
    String docs = Files.readString(Path.of("../docs/testkit.md"));
    String source =
        Files.readString(Path.of("src/test/java/io/lichen/testkit/example/ExampleTest.java"));
    List<String> examples =
        Pattern.compile(" *// example: \\w+\n(.*?) *// example: end", Pattern.DOTALL)
            .matcher(source)
            .results()
            .map(ExampleTest::body)
            .toList();
    assertEquals(2, examples.size());
    for (String example : examples) {
      assertTrue(docs.contains(example), () -> "docs/testkit.md lacks\n" + example);
    }
  }

  private static String body(MatchResult match) {
    return match.group(1).stripTrailing().stripIndent();
  }
}
