// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lichen.conformance.child.Driver;
import io.lichen.conformance.matrix.Scenario;
import io.lichen.conformance.tap.UdpRelay;
import io.lichen.conformance.tap.Weather;
import io.lichen.conformance.tap.Weather.Rates;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Reliable streams from the dialer to the listener where datagrams get lost, doubled and late. */
@ParameterizedClass(name = "{0}")
@MethodSource("cells")
class LossyStreamTest extends NetPairScenario {
  private static final int EVENTS = NetCell.IS_FULL ? 10_000 : 2_000;
  private static final Duration LIMIT = Duration.ofSeconds(NetCell.IS_FULL ? 90 : 30);
  private static final String STREAM = "4731";

  /** Between Java nodes, and from Java to natives. */
  static Stream<NetCell> cells() {
    return Stream.concat(Stream.of(NetCell.javaOnly()), NetCell.core())
        .filter(cell -> cell.dialer() == Driver.JAVA);
  }

  @AfterEach
  void endPair() {
    endAll();
  }

  @Test
  @Scenario("reliable stream, fair weather: all, once, in order")
  void shouldCarryEverythingInFairWeather() {
    carry(Rates.losing(0), 11);
  }

  @Test
  @Scenario("reliable stream, 1 % lost: nothing missing")
  void shouldCarryEverythingAtOnePercentLoss() {
    assumeTrue(NetCell.IS_FULL, "full suite only");
    carry(Rates.losing(0.01), 12);
  }

  @Test
  @Scenario("reliable stream, 5 % lost: nothing missing")
  void shouldCarryEverythingAtFivePercentLoss() {
    carry(Rates.losing(0.05), 13);
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
      dialer.openStream(listener, STREAM, true);
      weather.become(rates);
      NetTalk.send(dialer, listener, STREAM, EVENTS, 10);
      List<NetEvent> events = NetTalk.awaitDistinct(listener, EVENTS, LIMIT);
      check(events, seed);
      System.out.println(
          cell
              + ", "
              + rates
              + ": "
              + weather.lost()
              + " datagrams lost, "
              + repeats(events)
              + " events came again");
    }
  }

  /** What a native shows twice, or late, is its own; that nothing is missing was waited for. */
  private void check(List<NetEvent> events, long seed) {
    if (cell.listener() == Driver.JAVA) {
      assertEquals(NetTalk.numbers(EVENTS), NetTalk.texts(events), () -> "seed " + seed);
    }
  }

  private static int repeats(List<NetEvent> events) {
    return events.size() - EVENTS;
  }
}
