// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.gateway.http.Response;
import io.lichen.gateway.http.WebSocketHandler;
import io.lichen.gateway.http.WebSocketMessage;
import io.lichen.gateway.http.WebSocketPeer;
import io.lichen.transport.wait.Await;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WebSocket frames that are none. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(300)
final class HostileFramesTest {
  private static final boolean FULL = System.getProperty("lichen.suite", "sample").equals("full");
  private static final int PIECE = 0x00;
  private static final int FIRST_TEXT = 0x01;
  private static final int LAST_PIECE = 0x80;

  private final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();
  private final AtomicInteger peers = new AtomicInteger();
  private final TestServer server =
      new TestServer().on("/ws", request -> Response.webSocket(new Echo()));

  private final class Echo implements WebSocketHandler {
    @Override
    public void onOpen(WebSocketPeer peer) {
      peers.incrementAndGet();
    }

    @Override
    public void onMessage(WebSocketPeer peer, WebSocketMessage message) {
      if (message instanceof WebSocketMessage.Text text) {
        peer.sendText(text.text());
      }
    }

    @Override
    public void onClose(WebSocketPeer peer, int code, String reason) {
      closed.add(code);
      peers.decrementAndGet();
    }
  }

  @AfterEach
  void awaitTheirEnd() {
    Await.until(() -> peers.get() == 0);
    closed.clear();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "not masked, 810161, 1002",
    "first reserved bit, c18101020304, 1002",
    "second reserved bit, a18101020304, 1002",
    "third reserved bit, 918101020304, 1002",
    "reserved data opcode, 8380, 1002",
    "reserved control opcode, 8b80, 1002",
    "control frame in pieces, 0980, 1002",
    "control frame that is too long, 89fe0080, 1002",
    "piece without a beginning, 8080, 1002",
    "beginning within a message, 0180000000008180, 1002",
    "length of three bytes in nine, 81ff0000000000000003, 1002",
    "length of three bytes in three, 81fe0003, 1002",
    "negative length, 81ff8000000000000003, 1002",
    "length above the limit, 81ff0000000000100001, 1009",
    "huge length, 82ff7fffffffffffffff, 1009",
    "bad text, 818200000000c328, 1007",
    "cut text, 818200000000e282, 1007",
    "surrogate, 818300000000eda080, 1007",
    "bad text in pieces, 018100000000c3808100000000ff, 1007",
    "close with one byte, 888100000000ff, 1002",
    "close with 999, 88820000000003e7, 1002",
    "close with 1004, 88820000000003ec, 1002",
    "close with 1005, 88820000000003ed, 1002",
    "close with 1006, 88820000000003ee, 1002",
    "close with 1015, 88820000000003f7, 1002",
    "close with 2999, 8882000000000bb7, 1002",
    "close with 65535, 888200000000ffff, 1002",
    "close with bad text, 88840000000003e8c328, 1007"
  })
  void shouldCloseWithTheCodeForIt(String name, String hex, int code) throws Exception {
    try (RawWebSocket socket = new RawWebSocket(server, "/ws")) {
      socket.client().send(HexFormat.of().parseHex(hex));
      assertEquals(code, socket.readData().closeCode(), name);
      assertEquals(0, socket.client().rest().length);
    }
    assertEquals(code, closed.poll(20, TimeUnit.SECONDS));
  }

  @ParameterizedTest
  @CsvSource({"03e8, 1000", "03eb, 1003", "0bb8, 3000", "1387, 4999"})
  void shouldAnswerACloseWithTheSameCode(String hex, int code) throws Exception {
    try (RawWebSocket socket = new RawWebSocket(server, "/ws")) {
      socket.frame(0x88, HexFormat.of().parseHex(hex));
      assertEquals(code, socket.readData().closeCode());
      assertEquals(0, socket.client().rest().length);
    }
    assertEquals(code, closed.poll(20, TimeUnit.SECONDS));
  }

  @Test
  void shouldTellOfAConnectionThatBroke() throws Exception {
    try (RawWebSocket socket = new RawWebSocket(server, "/ws")) {
      socket.text("a");
      assertEquals("a", socket.readData().text());
    }
    assertEquals(1006, closed.poll(20, TimeUnit.SECONDS));
    try (RawWebSocket socket = new RawWebSocket(server, "/ws")) {
      socket.frame(0x88);
      assertEquals(0, socket.readData().data().length);
    }
    assertEquals(1005, closed.poll(20, TimeUnit.SECONDS));
  }

  @Test
  void shouldTakeAMessageInManyPiecesButNotInAMillion() throws Exception {
    try (RawWebSocket socket = new RawWebSocket(server, "/ws")) {
      socket.frame(FIRST_TEXT, (byte) 'a');
      for (int i = 0; i < 4000; i++) {
        socket.frame(PIECE, (byte) 'b');
      }
      socket.frame(LAST_PIECE);
      assertEquals(4001, socket.readData().text().length());
    }
    byte[] empty = RawWebSocket.frameBytes(PIECE);
    byte[] thousand = new byte[1000 * empty.length];
    for (int i = 0; i < thousand.length; i++) {
      thousand[i] = empty[i % empty.length];
    }
    try (RawWebSocket socket = new RawWebSocket(server, "/ws")) {
      socket.frame(FIRST_TEXT);
      for (int i = 0; i < (FULL ? 1000 : 100); i++) {
        socket.client().send(thousand);
      }
      assertEquals(1009, socket.readData().closeCode());
    } catch (SocketException e) {
      // Closed before all of it was sent.
    }
    // The first of the two was left by its client.
    assertEquals(1006, closed.poll(20, TimeUnit.SECONDS));
    assertEquals(1009, closed.poll(20, TimeUnit.SECONDS));
  }

  @Test
  void shouldOutliveRandomFrames() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < (FULL ? 50_000 : 1_500); i++) {
      try (RawWebSocket socket = new RawWebSocket(server, "/ws")) {
        socket.client().send(frames(random)).endOutput().rest();
      } catch (SocketException e) {
        // It closed while this was still sending.
      } catch (IOException e) {
        throw new AssertionError("seed " + seed + ", input " + i, e);
      }
    }
    try (RawWebSocket socket = new RawWebSocket(server, "/ws")) {
      assertEquals("still there", socket.text("still there").readData().text());
    }
  }

  private static byte[] frames(Random random) {
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    for (int i = random.nextInt(5); i >= 0; i--) {
      byte[] data = "x".repeat(random.nextInt(200)).getBytes(StandardCharsets.UTF_8);
      bytes.writeBytes(RawWebSocket.frameBytes(random.nextInt(256), data));
    }
    byte[] noise = new byte[random.nextInt(20)];
    random.nextBytes(noise);
    bytes.writeBytes(noise);
    return bytes.toByteArray();
  }
}
