// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.conformance.child.Driver;
import io.lichen.conformance.child.Waits;
import io.lichen.conformance.matrix.Scenario;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The dialer crashes and comes back as the same node, long before anybody missed it. */
@ParameterizedClass(name = "{0}")
@MethodSource("cells")
class NetRestartTest extends NetPairScenario {
  private static final String CHANNEL = "lab/again";
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  /** Where a Lichen node meets the peer that comes back. */
  static Stream<NetCell> cells() {
    return Stream.concat(Stream.of(NetCell.javaOnly()), NetCell.core())
        .filter(cell -> cell.listener() == Driver.JAVA);
  }

  @AfterEach
  void endPair() {
    endAll();
  }

  @Test
  @Scenario("restart with the same identity, seen at once")
  void shouldSeeThePeerAgainAtOnce() {
    assumeRunnable();
    NetPeer listener = peers.start(listener());
    NetPeer first = peers.start(dialer());
    NetTalk.connect(first, listener);
    announced(first, listener, "role:before");
    first.kill();

    NetPeer second = peers.start(dialer());
    assertEquals(first.nodeId(), second.nodeId());
    reconnect(second, listener);
    announced(second, listener, "role:after");
    listener.channel(CHANNEL, "{}");
    assertEquals(0, second.subscribe(listener, CHANNEL, ""), "code of subscribe");
    NetTalk.publish(listener, second, CHANNEL, 10);
  }

  /** A native cannot dial a node that has started; it waits until that one dials. */
  private static void reconnect(NetPeer second, NetPeer listener) {
    if (second.spec().driver() == Driver.JAVA) {
      second.start();
      assertEquals(0, second.connect(listener, listener.address()), "code of connect");
    } else {
      CompletableFuture<Integer> accepted = second.accept(listener);
      assertEquals(0, listener.connect(second, second.address()), "code of connect");
      assertEquals(0, second.await(accepted, "reply to accept"));
      second.start();
    }
  }

  private static void announced(NetPeer from, NetPeer at, String tag) {
    from.announce("{\"tags\":[\"" + tag + "\"]}");
    String filter = "{\"require_tags\":[\"" + tag + "\"]}";
    Waits.until(
        tag + " found at " + at, AT_ONCE, () -> at.find(filter).equals(Set.of(from.nodeId())));
  }
}
