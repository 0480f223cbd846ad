// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.conformance.child.Waits;
import io.lichen.transport.moss.Carrier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** What peers say to each other in the scenarios. */
final class Talk {
  static final String CHANNEL = "talk";
  static final Duration LIMIT = Duration.ofSeconds(12);

  /** Longer than a heartbeat, in which both sides gossip what they have. */
  static final Duration SILENCE = Duration.ofMillis(1_500);

  /** Between two windows of a flow. */
  private static final Duration PAUSE = Duration.ofMillis(20);

  private static final AtomicInteger PROBE = new AtomicInteger();

  private static final String PROBES = "probe ";

  private Talk() {}

  /** Dials, and waits until both sides say that they are connected. */
  static void connect(Cell cell, MeshPeer dialer, MeshPeer listener, String address) {
    connect(dialer, listener, address, cell.carrier());
  }

  /** {@link #connect} over a carrier that need not be the cell's. */
  static void connect(MeshPeer dialer, MeshPeer listener, String address, Carrier carrier) {
    String target = target(address, carrier);
    assertEquals(0, dialer.connect(target), "code of connect to " + target);
    dialer.awaitEvent("PEER_JOINED", listener.id(), LIMIT);
    listener.awaitEvent("PEER_JOINED", dialer.id(), LIMIT);
  }

  /** What to dial to reach {@code host:port}. */
  static String target(String address, Carrier carrier) {
    return carrier == Carrier.UDP ? "udp://" + address : address;
  }

  /** Returns once a message published by one has reached the other, both ways. */
  static void bothWays(MeshPeer one, MeshPeer other) {
    bothWays(one, other, LIMIT);
  }

  /** {@link #bothWays} within a limit of its own, for both directions together. */
  static void bothWays(MeshPeer one, MeshPeer other, Duration limit) {
    long deadlineNs = System.nanoTime() + limit.toNanos();
    oneWay(one, other, limit);
    oneWay(other, one, Duration.ofNanos(deadlineNs - System.nanoTime()));
  }

  /**
   * Publishes probes until one arrives: right after a handshake a publisher does not yet know who
   * listens, and what it publishes then goes nowhere.
   */
  static void oneWay(MeshPeer from, MeshPeer to, Duration limit) {
    String mark = PROBES + PROBE.incrementAndGet() + " of " + from.id() + ' ';
    AtomicInteger count = new AtomicInteger();
    Waits.until(
        "a probe from " + from.spec().driver() + " to " + to.spec().driver(),
        limit,
        () -> {
          from.publish(CHANNEL, (mark + count.incrementAndGet()).getBytes(StandardCharsets.UTF_8));
          return Waits.holdsWithin(
              Duration.ofMillis(150), () -> heard(to, mark.getBytes(StandardCharsets.UTF_8)));
        });
  }

  private static boolean heard(MeshPeer peer, byte[] mark) {
    return peer.messages().stream().anyMatch(message -> begins(message, mark));
  }

  private static boolean begins(Received message, byte[] mark) {
    return message.data().length > mark.length
        && Arrays.equals(message.data(), 0, mark.length, mark, 0, mark.length);
  }

  /** Publishes from both sides; whether one has heard the other by now. */
  static boolean hearEachOther(MeshPeer one, MeshPeer other) {
    one.publish(CHANNEL, new byte[] {1});
    other.publish(CHANNEL, new byte[] {2});
    return count(one, other.id()) > 0 || count(other, one.id()) > 0;
  }

  /** Publishes one payload and checks that exactly it arrives, from its sender, on its channel. */
  static void deliver(MeshPeer from, MeshPeer to, byte[] payload) {
    assertEquals(0, from.publish(CHANNEL, payload), "code of publish of " + payload.length);
    Received received =
        to.awaitMessage(
            message -> message.sender().equals(from.id()) && Arrays.equals(message.data(), payload),
            "payload of " + payload.length + " bytes from " + from.spec().driver(),
            LIMIT);
    assertEquals(CHANNEL, received.channel());
  }

  /**
   * Publishes many messages each way, a window at a time so that a native's 256-packet queues hold
   * them, and checks that each arrived exactly once.
   */
  static void exchange(MeshPeer one, MeshPeer other, int count, int window, Random random) {
    Set<String> fromOne = new HashSet<>();
    Set<String> fromOther = new HashSet<>();
    for (int sent = 0; sent < count; sent += window) {
      List<CompletableFuture<Integer>> codes = new ArrayList<>();
      for (int i = 0; i < window; i++) {
        codes.add(one.publishAsync(CHANNEL, fresh(fromOne, random)));
        codes.add(other.publishAsync(CHANNEL, fresh(fromOther, random)));
      }
      codes.forEach(code -> assertEquals(0, code.join(), "code of publish"));
      int expected = sent + window;
      Waits.until(
          expected + " of " + count + " messages each way",
          LIMIT,
          () -> count(other, one.id()) >= expected && count(one, other.id()) >= expected);
    }
    assertEquals(fromOne, uniquePayloads(other, one.id()));
    assertEquals(fromOther, uniquePayloads(one, other.id()));
  }

  /**
   * Publishes many messages one way, a window at a time; each must arrive exactly once. It takes
   * its time: natives think about their neighbours once a second.
   */
  static void flow(MeshPeer from, MeshPeer to, int count, int window, Random random) {
    Set<String> published = new HashSet<>();
    for (int sent = 0; sent < count; sent += window) {
      for (int i = 0; i < window; i++) {
        assertEquals(0, from.publish(CHANNEL, fresh(published, random)), "code of publish");
      }
      int expected = sent + window;
      Waits.until(
          expected + " of " + count + " messages", LIMIT, () -> count(to, from.id()) >= expected);
      Waits.holdsWithin(PAUSE, () -> false);
    }
    assertEquals(published, uniquePayloads(to, from.id()));
  }

  private static byte[] fresh(Set<String> sent, Random random) {
    byte[] payload = new byte[64];
    random.nextBytes(payload);
    sent.add(HexFormat.of().formatHex(payload));
    return payload;
  }

  private static long count(MeshPeer receiver, String sender) {
    return said(receiver, sender).count();
  }

  private static Set<String> uniquePayloads(MeshPeer receiver, String sender) {
    Set<String> payloads = new HashSet<>();
    for (Received message : said(receiver, sender).toList()) {
      String hex = HexFormat.of().formatHex(message.data());
      if (!payloads.add(hex)) {
        throw new AssertionError("delivered twice: " + hex);
      }
    }
    return payloads;
  }

  /** What one has heard of another but probes, of which some may come late. */
  private static Stream<Received> said(MeshPeer receiver, String sender) {
    byte[] probes = PROBES.getBytes(StandardCharsets.UTF_8);
    return receiver.messages().stream()
        .filter(message -> message.sender().equals(sender) && !begins(message, probes));
  }
}
