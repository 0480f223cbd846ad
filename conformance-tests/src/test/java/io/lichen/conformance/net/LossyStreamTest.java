// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.conformance.child.Driver;
import io.lichen.conformance.child.Waits;
import io.lichen.conformance.matrix.Scenario;
import io.lichen.conformance.tap.UdpRelay;
import io.lichen.conformance.tap.Weather;
import io.lichen.conformance.tap.Weather.Rates;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reliable streams where datagrams get lost, doubled and late: from the dialer to the listener, and
 * between Java nodes both ways at once.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lichen.conformance.net.NetCell#withJava")
class LossyStreamTest extends NetPairScenario {
  private static final int COUNT = NetCell.IS_FULL ? 10_000 : 1_000;

  /** Long enough that some are lost where one datagram in a hundred is. */
  private static final Numbered EVENTS = new Numbered(COUNT, 1_024);

  /** What natives send: they hardly put several events into one datagram. */
  private static final Numbered FROM_NATIVES = Numbered.brief(COUNT);

  /** The same where natives get hardly anything through. */
  private static final Numbered FEW_FROM_NATIVES = Numbered.brief(500);

  private static final Duration LIMIT = Duration.ofSeconds(NetCell.IS_FULL ? 90 : 30);
  private static final Duration QUIET = Duration.ofSeconds(1);
  private static final String STREAM = "4731";
  private static final int BATCH = 10;

  @AfterEach
  void endPair() {
    endAll();
  }

  @Test
  @Scenario("reliable stream, fair weather: all, once, in order")
  void shouldCarryEverythingInFairWeather() {
    assumeTrue(cell.dialer() == Driver.JAVA, "from Java only; " + DOES_NOT_APPLY);
    carry(Rates.losing(0), 11);
  }

  @Test
  @Scenario("reliable stream, 1 % lost: nothing missing unnoticed")
  void shouldCarryEverythingAtOnePercentLoss() {
    assumeTrue(NetCell.IS_FULL, "full suite only");
    carry(Rates.losing(0.01), 12);
  }

  @Test
  @Scenario("reliable stream, 5 % lost: nothing missing unnoticed")
  void shouldCarryEverythingAtFivePercentLoss() {
    carry(Rates.losing(0.05), 13);
  }

  @Test
  @Scenario("reliable stream, 20 % lost: nothing missing unnoticed")
  void shouldNoticeWhatANativeLosesAtTwentyPercentLoss() {
    assumeTrue(cell.dialer() == Driver.NATIVE, "from natives only; " + DOES_NOT_APPLY);
    carry(Rates.losing(0.2), 16);
  }

  @Test
  @Scenario("reliable stream, 40 % lost: nothing missing unnoticed")
  void shouldNoticeWhatANativeLosesAtFortyPercentLoss() {
    assumeTrue(cell.dialer() == Driver.NATIVE, "from natives only; " + DOES_NOT_APPLY);
    assumeTrue(NetCell.IS_FULL, "full suite only");
    carry(Rates.losing(0.4), 17);
  }

  @Test
  @Scenario("reliable stream, 20 % lost in bursts: all, once, in order")
  void shouldCarryEverythingBetweenJavaNodesAtTwentyPercentLoss() {
    assumeTrue(cell.isJavaOnly(), "between Java nodes only; " + DOES_NOT_APPLY);
    carry(Rates.losing(0.2).inBursts(4), 14);
  }

  @Test
  @Scenario("reliable stream, 40 % lost: all, once, in order")
  void shouldCarryEverythingBetweenJavaNodesAtFortyPercentLoss() {
    assumeTrue(cell.isJavaOnly(), "between Java nodes only; " + DOES_NOT_APPLY);
    carry(Rates.losing(0.4), 15);
  }

  /** The weather begins when the session stands. */
  private void carry(Rates rates, long seed) {
    assumeRunnable();
    Weather weather = new Weather(seed, Rates.FAIR);
    try (UdpRelay relay = UdpRelay.open(weather.way(), weather::way)) {
      NetPeer listener = peers.start(listener());
      NetPeer dialer = peers.start(dialer());
      relay.target(new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.port()));
      NetTalk.connect(dialer, listener, relay.address());
      weather.become(rates);
      if (cell.dialer() == Driver.JAVA) {
        sendAll(dialer, listener, seed);
      } else {
        Numbered events = rates.loss() > 0.3 ? FEW_FROM_NATIVES : FROM_NATIVES;
        sendWhatANativeCan(dialer, listener, events, seed);
      }
      System.out.println(cell + ", " + rates + ": " + weather.lost() + " datagrams lost");
    }
  }

  private void sendAll(NetPeer dialer, NetPeer listener, long seed) {
    CompletableFuture<Void> back =
        cell.isJavaOnly()
            ? CompletableFuture.runAsync(() -> sendOneWay(listener, dialer, seed))
            : CompletableFuture.completedFuture(null);
    sendOneWay(dialer, listener, seed);
    back.join();
  }

  private static void sendOneWay(NetPeer from, NetPeer to, long seed) {
    from.openStream(to, STREAM, true);
    NetTalk.send(from, to, STREAM, EVENTS, BATCH);
    check(to, NetTalk.awaitDistinct(to, EVENTS.count(), LIMIT), seed);
  }

  /** What a native shows twice, or late, is its own; that nothing is missing was waited for. */
  private static void check(NetPeer receiver, List<NetEvent> events, long seed) {
    if (receiver.spec().driver() == Driver.JAVA) {
      assertEquals("", EVENTS.difference(NetTalk.texts(events)), () -> "seed " + seed);
    } else {
      int twice = events.size() - EVENTS.count();
      System.out.println(receiver.spec() + " delivered " + twice + " events more than once");
    }
  }

  /** A native may refuse to send, or give up what it sent; the latter is to be noticed. */
  private static void sendWhatANativeCan(
      NetPeer dialer, NetPeer listener, Numbered events, long seed) {
    dialer.openStream(listener, STREAM, true);
    List<String> sent = NetTalk.trySend(dialer, listener, STREAM, events, BATCH);
    Waits.until(
        "all that was sent, or word of what is missing",
        LIMIT,
        () -> listener.events().all().size() >= sent.size() || !streamNews(listener).isEmpty());
    awaitQuiet(listener);
    List<String> came = NetTalk.texts(listener.events().all());
    List<String> inOrder = new ArrayList<>(events.texts());
    inOrder.retainAll(new HashSet<>(came));
    assertEquals("", Numbered.difference(inOrder, came), () -> "seed " + seed);
    List<String> missing = new ArrayList<>(sent);
    missing.removeAll(new HashSet<>(came));
    assertTrue(
        missing.isEmpty() || !streamNews(listener).isEmpty(),
        () -> missing.size() + " events are missing without a word, seed " + seed);
    System.out.println(
        dialer.spec()
            + " took "
            + sent.size()
            + " events, "
            + missing.size()
            + " of which never came; the stream ended "
            + streamNews(listener).size()
            + " times");
  }

  private static List<JsonNode> streamNews(NetPeer node) {
    return node.notes().all().stream()
        .filter(note -> note.path("type").asText().equals("stream"))
        .toList();
  }

  private static void awaitQuiet(NetPeer listener) {
    int known;
    do {
      known = listener.events().all().size();
    } while (isMoreComing(listener, known));
  }

  private static boolean isMoreComing(NetPeer listener, int known) {
    return Waits.holdsWithin(QUIET, () -> listener.events().all().size() > known);
  }
}
