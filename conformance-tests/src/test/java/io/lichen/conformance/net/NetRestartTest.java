// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.lichen.conformance.child.Driver;
import io.lichen.conformance.child.Waits;
import io.lichen.conformance.matrix.Scenario;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A node crashes and comes back as the same node, at the same address. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lichen.conformance.net.NetCell#withJava")
class NetRestartTest extends NetPairScenario {
  private static final String CHANNEL = "lab/again";
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration AFTER_TIMEOUT = SESSION_TIMEOUT.plus(AT_ONCE);
  private static final String BRISK = "{\"session_timeout_ms\":" + SESSION_TIMEOUT.toMillis() + "}";
  private static final String IMPATIENT =
      "{\"lichen\":{\"handshake_timeout_ms\":400,\"handshake_attempts\":1}}";

  @AfterEach
  void endPair() {
    endAll();
  }

  @Test
  @Scenario("dialer restarts with the same identity and address, seen at once")
  void shouldSeeThePeerAgainAtOnce() {
    assumeRunnable();
    NetPeer listener = peers.start(listener());
    NetPeer first = peers.start(dialer());
    NetTalk.connect(first, listener);
    NetTalk.announce(first, listener, "role:before", AT_ONCE);
    first.kill();

    NetPeer second = restarted(first, "{}");
    reconnect(second, listener);
    assertIsBack(second, listener);
  }

  /**
   * A native that has used a stream on its session, or that opened the session itself, lets nobody
   * take that session's place while it may be alive.
   */
  @Test
  @Scenario("Lichen restarts while a stream is open, seen after libnet's session timeout")
  void shouldBeLetInWhenTheSessionHasTimedOut() {
    assumeFalse(cell.isJavaOnly(), "of natives only; " + DOES_NOT_APPLY);
    assumeRunnable();
    NetPeer dialer = peers.start(dialer().withConfig(BRISK));
    NetPeer listener = peers.start(listener().withConfig(BRISK));
    NetTalk.connect(dialer, listener);
    NetPeer first = cell.dialer() == Driver.JAVA ? dialer : listener;
    NetPeer other = first == dialer ? listener : dialer;
    first.openStream(other, "4751", true);
    NetTalk.send(first, other, "4751", Numbered.brief(10), 10);
    NetTalk.awaitDistinct(other, 10, NetTalk.LIMIT);
    first.kill();

    NetPeer second = restarted(first, IMPATIENT);
    second.start();
    long beginNs = System.nanoTime();
    Waits.until(
        "let in by " + other, AFTER_TIMEOUT, () -> second.connect(other, other.address()) == 0);
    long tookMs = Duration.ofNanos(System.nanoTime() - beginNs).toMillis();
    System.out.println(cell + ": let in after " + tookMs + " ms of dialling");
    assertIsBack(second, other);
  }

  private NetPeer restarted(NetPeer first, String config) {
    NetPeer second = peers.start(first.spec().withBind(first.address()).withConfig(config));
    assertEquals(first.nodeId(), second.nodeId());
    return second;
  }

  private static void assertIsBack(NetPeer second, NetPeer other) {
    NetTalk.announce(second, other, "role:after", AT_ONCE);
    other.channel(CHANNEL, "{}");
    assertEquals(0, second.subscribe(other, CHANNEL, ""), "code of subscribe");
    NetTalk.publish(other, second, CHANNEL, 10);
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
}
