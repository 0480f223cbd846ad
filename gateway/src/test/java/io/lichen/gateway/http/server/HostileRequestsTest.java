// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.gateway.http.Response;
import io.lichen.transport.wait.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are none, that two servers could read in two ways, or that are sent in crumbs. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(300)
final class HostileRequestsTest {
  private static final boolean FULL = System.getProperty("lichen.suite", "sample").equals("full");
  private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

  private final TestServer server =
      new TestServer()
          .on("/", request -> Response.text("root"))
          .on("/smuggled", request -> Response.text("smuggled"))
          .on("/echo", request -> Response.bytes(request.bodyBytes()));

  @AfterAll
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Where does the body end?
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 3\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3, 3\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -3\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x3\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.0\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
        // Chunks that are none.
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0x1\r\na\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffffffff1\r\na\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\na\r\n0\r\n\r\n",
        // Which fields are there?
        "GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n 2\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n\t2\r\n\r\n",
        "GET / HTTP/1.1\r\n Host: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX Y: 1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n: 1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: 1\rY: 2\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n",
        "GET / HTTP/1.1\nHost: a\n\n",
        "GET / HTTP/1.1\r\nHost: a\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n\n",
        // For whom is it, and what is asked?
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
        "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
        "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /\r\n\r\n",
        "GET /\rHTTP/1.1\r\nHost: a\r\n\r\n",
        "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /  HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1 \r\nHost: a\r\n\r\n",
        "GET / / HTTP/1.1\r\nHost: a\r\n\r\n",
        " GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1,1\r\nHost: a\r\n\r\n",
        "GET / http/1.1\r\nHost: a\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\r\n\r\n"
      })
  void shouldRefuseAndClose(String request) throws IOException {
    try (RawClient client = server.raw()) {
      client.send(request + SMUGGLED);
      assertEquals(400, client.read().status());
      assertEquals(0, client.rest().length);
    }
  }

  @Test
  void shouldSayWhatElseItDoesNotDo() throws IOException {
    assertEquals(505, status("GET / HTTP/2.0\r\nHost: a\r\n\r\n"));
    assertEquals(505, status("GET / HTTP/1.2\r\nHost: a\r\n\r\n"));
    String coded = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: ";
    assertTrue(status(coded + "gzip\r\n\r\n") >= 400);
    assertTrue(status(coded + "gzip, chunked\r\n\r\n0\r\n\r\n") >= 400);
    assertTrue(status(coded + "xchunked\r\n\r\n0\r\n\r\n") >= 400);
  }

  private int status(String request) throws IOException {
    try (RawClient client = server.raw()) {
      int status = client.send(request + SMUGGLED).read().status();
      assertEquals(0, client.rest().length);
      return status;
    }
  }

  @Test
  void shouldTakeUnusualRequestsThatAreRight() throws IOException {
    try (RawClient client = server.raw()) {
      client.send("\r\n\r\nPOST /echo HTTP/1.1\r\nhOST:a\r\ntransfer-encoding:\tCHUNKED \r\n\r\n");
      client.send("00002;x=y\r\nab\r\n1\r\nc\r\n0\r\nX: trailer\r\nContent-Length: 7\r\n\r\n");
      assertEquals("abc", client.read().text());
      client.send("FOO / HTTP/1.1\r\nHost:\r\nX:\u00ff\r\n\r\n");
      assertEquals("root", client.read().text());
      client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      assertEquals("close", client.read().header("Connection"));
      assertEquals(0, client.rest().length);
    }
  }

  @Test
  void shouldAnswerTheSameHoweverTheBytesAreCut() throws Exception {
    byte[] stream = stream().getBytes(StandardCharsets.ISO_8859_1);
    byte[] expected = answers(stream, List.of(stream));
    assertTrue(expected.length > 400, new String(expected, StandardCharsets.ISO_8859_1));
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < (FULL ? 1000 : 60); round++) {
      byte[] actual = answers(stream, cut(stream, random));
      assertArrayEquals(expected, actual, () -> "seed " + seed);
    }
  }

  private static String stream() {
    return "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
        + "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n12345"
        + "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        + "3\r\nabc\r\n10\r\n0123456789abcdef\r\n0\r\n\r\n"
        + "HEAD / HTTP/1.1\r\nHost: a\r\n\r\nGET /none HTTP/1.1\r\nHost: a\r\n\r\n"
        + "GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n 2\r\n\r\n"
        + SMUGGLED;
  }

  private byte[] answers(byte[] stream, List<byte[]> pieces) throws IOException {
    try (RawClient client = server.raw()) {
      for (byte[] piece : pieces) {
        client.send(piece);
      }
      assertEquals(stream.length, pieces.stream().mapToInt(piece -> piece.length).sum());
      return client.rest();
    }
  }

  private static List<byte[]> cut(byte[] stream, RandomGenerator random) {
    List<byte[]> pieces = new java.util.ArrayList<>();
    int longest = 1 + random.nextInt(60);
    for (int at = 0; at < stream.length; at += pieces.getLast().length) {
      int end = Math.min(stream.length, at + 1 + random.nextInt(longest));
      pieces.add(Arrays.copyOfRange(stream, at, end));
    }
    return pieces;
  }

  @Test
  void shouldOutliveRandomAndMutatedRequests() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int count = FULL ? 100_000 : 3_000;
    for (int i = 0; i < count; i++) {
      byte[] bytes = i % 10 == 0 ? noise(random) : mutated(random);
      try (RawClient client = server.raw()) {
        // The server closes by itself, or after the client has ended its output.
        client.send(bytes).endOutput().rest();
      } catch (SocketException e) {
        // It closed while this was still sending.
      } catch (IOException e) {
        throw new AssertionError(
            "seed " + seed + ", input " + i + ": " + Arrays.toString(bytes), e);
      }
    }
    try (RawClient client = server.raw()) {
      assertEquals("root", client.get("/").text());
    }
    Await.until(() -> server.gauge("lichen.http.connections") == 0);
  }

  private static byte[] noise(Random random) {
    byte[] bytes = new byte[random.nextInt(2000)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] mutated(Random random) {
    byte[] bytes = stream().getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    double rate = random.nextDouble() / 20;
    for (byte b : bytes) {
      if (random.nextDouble() > rate) {
        result.write(b);
      } else {
        switch (random.nextInt(4)) {
          case 0 -> result.write(random.nextInt(256));
          case 1 -> {}
          case 2 -> result.writeBytes(new byte[] {b, b});
          default -> result.write("\r\n :;,0".charAt(random.nextInt(7)));
        }
      }
    }
    return result.toByteArray();
  }
}
