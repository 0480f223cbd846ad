// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.core.moss.MossConfig;
import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossEvent;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.MossMessage;
import io.lichen.core.moss.MossNode;
import io.lichen.crypto.PeerId;
import io.lichen.crypto.identity.Identity;
import io.lichen.transport.moss.Era;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Makes nodes over one kind of transport, and stops them all. */
public final class TestNodes implements AutoCloseable {
  static final String QUIET =
      "{\"trackers\":[],\"dht_enabled\":false,\"lan_discovery_enabled\":false%s}";

  /** A node with what it was told. */
  public record TestNode(
      MossNode node, BlockingQueue<MossMessage> messages, BlockingQueue<MossEvent> events) {
    String address() {
      return address("127.0.0.1");
    }

    String address(String host) {
      return host + ":" + node.info().listenPort();
    }

    /** The sum of its meters of this name that have these tags; docs/metrics.md lists them. */
    double figure(String name, String... tags) {
      SimpleMeterRegistry registry = new SimpleMeterRegistry();
      node.metrics().bindTo(registry);
      return registry.get("lichen.moss." + name).tags(tags).meters().stream()
          .mapToDouble(meter -> meter.measure().iterator().next().getValue())
          .sum();
    }
  }

  private final TransportOpener opener;
  private final List<MossNode> nodes = new ArrayList<>();

  public TestNodes(TransportOpener opener) {
    this.opener = opener;
  }

  /** What a node is made of. */
  static final class Plan {
    String meshId = "room";
    byte @Nullable [] psk;
    Era era = Era.C;
    String moreConfig = "";
    String host = "127.0.0.1";
    int port;
    List<String> staticPeers = List.of();
    Set<PeerId> directPeers = Set.of();
    Identity identity = Identity.generate(new SecureRandom());

    Plan era(Era value) {
      era = value;
      return this;
    }

    Plan meshId(String value) {
      meshId = value;
      return this;
    }

    Plan psk(int fill) {
      psk = new byte[32];
      java.util.Arrays.fill(psk, (byte) fill);
      return this;
    }

    Plan config(String members) {
      moreConfig = "," + members;
      return this;
    }

    Plan host(String value) {
      host = value;
      return this;
    }

    Plan port(int value) {
      port = value;
      return this;
    }

    Plan staticPeer(String address) {
      staticPeers = List.of(address);
      return this;
    }

    Plan directPeer(TestNode peer) {
      directPeers = Set.of(peer.node().id());
      return this;
    }

    Plan identity(Identity value) {
      identity = value;
      return this;
    }
  }

  public static Plan plan() {
    return new Plan();
  }

  public TestNode started(Plan plan) {
    TestNode made = made(plan);
    made.node().start();
    return made;
  }

  TestNode made(Plan plan) {
    MossConfig config = MossConfig.parse(String.format(QUIET, plan.moreConfig));
    NodeSettings settings =
        new NodeSettings(
            plan.meshId,
            plan.psk,
            config,
            plan.era,
            plan.host,
            plan.port,
            plan.staticPeers,
            plan.directPeers,
            NodeSettings.gossipSub(config),
            plan.identity);
    MossNode node = new MossNodeRuntime(settings, opener);
    nodes.add(node);
    TestNode made = new TestNode(node, new LinkedBlockingQueue<>(), new LinkedBlockingQueue<>());
    node.onMessage(made.messages()::add);
    node.onEvent(made.events()::add);
    return made;
  }

  @Override
  public void close() {
    nodes.forEach(MossNode::close);
  }

  /** Takes its time, as a slow application would. */
  public static void pause(long ms) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ms));
  }

  /** Publishes nothing on a channel until it goes to so many peers. */
  static void awaitTargets(TestNode node, String channel, int peers) {
    await(
        peers + " peers are on " + channel,
        () -> {
          try {
            return node.node().publish(channel, new byte[0]).peers() >= peers;
          } catch (MossException e) {
            assertEquals(MossError.NO_PEERS, e.error());
            return false;
          }
        });
  }

  /** Waits until something is so. */
  public static void await(String what, BooleanSupplier condition) {
    await(what, Duration.ofSeconds(20), condition);
  }

  /** Waits until something is so, for so long. */
  public static void await(String what, Duration limit, BooleanSupplier condition) {
    long deadlineNs = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadlineNs > 0) {
        throw new AssertionError("waited in vain until " + what);
      }
      pause(2);
    }
  }
}
