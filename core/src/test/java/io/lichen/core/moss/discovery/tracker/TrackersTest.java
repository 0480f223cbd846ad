// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.tracker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.lichen.core.moss.discovery.Endpoint;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Announces over real sockets on loopback. */
final class TrackersTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(300);

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Trackers trackers = new Trackers(executor);

  @AfterEach
  void close() {
    trackers.close();
    executor.close();
  }

  private static AnnounceRequest request(int who, AnnounceEvent event) {
    byte[] random = new byte[12];
    random[0] = (byte) who;
    return new AnnounceRequest(new byte[20], TrackerPeerId.of(random), 1000 + who, event, 50);
  }

  private AnnounceResponse announce(String url, AnnounceRequest request) throws Exception {
    return trackers.announce(URI.create(url), request, LONG);
  }

  private String refusal(String url, Duration timeout) {
    AnnounceRequest request = request(1, AnnounceEvent.STARTED);
    return String.valueOf(
        assertThrows(
                TrackerException.class, () -> trackers.announce(URI.create(url), request, timeout))
            .getMessage());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldBeToldOfOthersAndForgottenAfterAGoodbye(boolean udp) throws Exception {
    try (LoopbackTracker tracker = new LoopbackTracker()) {
      String url = udp ? tracker.udpUrl() : tracker.httpUrl();
      announce(url, request(1, AnnounceEvent.STARTED));
      AnnounceResponse second = announce(url, request(2, AnnounceEvent.STARTED));
      assertEquals(
          List.of("127.0.0.1:1001", "127.0.0.1:1002"),
          second.peers().stream().map(Endpoint::toString).sorted().toList());
      assertEquals(60, second.intervalSec());
      announce(url, request(1, AnnounceEvent.STOPPED));
      AnnounceResponse third = announce(url, request(2, AnnounceEvent.NONE));
      assertEquals(
          List.of("127.0.0.1:1002"), third.peers().stream().map(Endpoint::toString).toList());
      String carrier = udp ? "udp " : "http ";
      assertEquals(
          List.of(
              carrier + "started 1001",
              carrier + "started 1002",
              carrier + "stopped 1001",
              carrier + "none 1002"),
          tracker.announces);
    }
  }

  @Test
  void shouldAskAgainWhenADatagramIsLost() throws Exception {
    try (DatagramSocket tracker = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
      Thread.ofVirtual().start(() -> answerEverySecondPacket(tracker));
      AnnounceResponse response =
          announce("udp://127.0.0.1:" + tracker.getLocalPort(), request(1, AnnounceEvent.NONE));
      assertEquals(77, response.intervalSec());
    }
  }

  private static void answerEverySecondPacket(DatagramSocket socket) {
    byte[] buffer = new byte[200];
    try {
      for (int i = 0; ; i++) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        if (i % 2 == 1) {
          ByteBuffer asked = ByteBuffer.wrap(buffer);
          byte[] answer =
              ByteBuffer.allocate(20)
                  .putInt(asked.getInt(8))
                  .putInt(asked.getInt(12))
                  .putInt(77)
                  .array();
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  @Test
  void shouldGiveUpOnATrackerThatSaysNothing() throws Exception {
    try (DatagramSocket udp = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0));
        ServerSocket http = new ServerSocket(0, 1, LOOPBACK)) {
      assertEquals(
          "no answer within 300 ms", refusal("udp://127.0.0.1:" + udp.getLocalPort(), SHORT));
      assertEquals(
          "no answer within 300 ms",
          refusal("http://127.0.0.1:" + http.getLocalPort() + "/announce", SHORT));
    }
  }

  @Test
  void shouldGiveUpOnATrackerThatTalksWithoutEnd() throws Exception {
    HttpServer http = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
    http.createContext(
        "/",
        exchange -> {
          byte[] some = new byte[1024];
          Arrays.fill(some, (byte) 'd');
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; i <= 2 * HttpTrackerClient.MAX_BODY_BYTES / some.length; i++) {
            exchange.getResponseBody().write(some);
          }
          exchange.close();
        });
    http.start();
    try {
      String refusal = refusal("http://127.0.0.1:" + http.getAddress().getPort(), LONG);
      assertTrue(refusal.startsWith("the tracker cannot be asked: "), refusal);
    } finally {
      http.stop(0);
    }
  }

  @Test
  void shouldNotFollowATrackerToAnotherPlace() throws Exception {
    try (LoopbackTracker elsewhere = new LoopbackTracker()) {
      HttpServer http = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
      http.createContext(
          "/",
          exchange -> {
            exchange.getResponseHeaders().add("Location", elsewhere.httpUrl());
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
          });
      http.start();
      try {
        refusal("http://127.0.0.1:" + http.getAddress().getPort() + "/announce", LONG);
        assertEquals(List.of(), elsewhere.announces);
      } finally {
        http.stop(0);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://127.0.0.1/", "127.0.0.1", "udp:nothing", "http:x", "http:///x"})
  void shouldSayWhatIsWrongWithAUrl(String url) {
    String refusal = refusal(url, SHORT);
    assertTrue(refusal.contains(url), refusal);
  }
}
