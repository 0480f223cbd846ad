// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.conformance.child.Driver;
import io.lichen.conformance.child.Waits;
import io.lichen.conformance.matrix.Scenario;
import io.lichen.conformance.tap.UdpRelay;
import io.lichen.conformance.tap.Weather;
import io.lichen.conformance.tap.Weather.Rates;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The network between two peers falls silent, and comes back. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lichen.conformance.net.NetCell#withJava")
class NetFailureTest extends NetPairScenario {
  private static final String CHANNEL = "lab/alive";
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** Failed after three timeouts, 2.4 s; the session is given up after thirty, past all limits. */
  private static final String BRISK = "{\"heartbeat_ms\":100,\"session_timeout_ms\":800}";

  @AfterEach
  void endPair() {
    endAll();
  }

  @Test
  @Scenario("failure of a silent peer detected, and its recovery")
  void shouldSeeThePeerFailAndRecover() {
    assumeRunnable();
    Weather weather = new Weather(1, Rates.FAIR);
    try (UdpRelay relay = UdpRelay.open(weather.way(), weather::way)) {
      NetPeer listener = peers.start(listener().withConfig(BRISK));
      NetPeer dialer = peers.start(dialer().withConfig(BRISK));
      relay.target(new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.port()));
      NetTalk.connect(dialer, listener, relay.address());
      failAndRecover(listener, dialer, weather, 1);
      failAndRecover(dialer, listener, weather, 2);
    }
  }

  /** Who fails loses its subscription for good; the session outlives the silence. */
  private static void failAndRecover(
      NetPeer publisher, NetPeer subscriber, Weather weather, int round) {
    List<NetPeer> both = List.of(publisher, subscriber);
    publisher.channel(CHANNEL, "{}");
    assertEquals(0, subscriber.subscribe(publisher, CHANNEL, ""), "code of subscribe");
    assertEquals(1, attempted(publisher));
    weather.become(Rates.DARK);
    Waits.until("a failed peer's subscription ends", LIMIT, () -> attempted(publisher) == 0);
    both.forEach(node -> awaitNews(node, "failed", round));
    weather.become(Rates.FAIR);
    both.forEach(node -> awaitNews(node, "recovered", round));
    both.forEach(NetFailureTest::awaitHeartbeats);
    assertEquals(0, attempted(publisher), "a subscription came back by itself");
    assertEquals(0, subscriber.subscribe(publisher, CHANNEL, ""), "code of subscribe");
    NetTalk.publish(publisher, subscriber, CHANNEL, 10);
  }

  private static int attempted(NetPeer publisher) {
    return publisher.publish(CHANNEL, new byte[] {'x'}).path("attempted").asInt();
  }

  /** A native tells no news. */
  private static void awaitNews(NetPeer node, String event, int times) {
    if (node.spec().driver() == Driver.JAVA) {
      Waits.until(node + " says " + event, LIMIT, () -> news(node, event) >= times);
      assertEquals(times, news(node, event), () -> event + " too often: " + node.notes().all());
    }
  }

  private static long news(NetPeer node, String event) {
    return node.notes().all().stream()
        .filter(note -> note.path("event").asText().equals(event))
        .count();
  }

  /** Lets the other side hear of a node again, which a native would not tell. */
  private static void awaitHeartbeats(NetPeer node) {
    if (node.spec().driver() == Driver.JAVA) {
      long before = heartbeats(node);
      Waits.until("heartbeats of " + node, LIMIT, () -> heartbeats(node) >= before + 2);
    }
  }

  private static long heartbeats(NetPeer node) {
    return node.stats().path("counters").path("heartbeats.sent").asLong();
  }
}
