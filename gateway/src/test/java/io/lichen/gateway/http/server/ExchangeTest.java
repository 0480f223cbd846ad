// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.gateway.http.Body;
import io.lichen.gateway.http.Cookie;
import io.lichen.gateway.http.Cookie.SameSite;
import io.lichen.gateway.http.Request;
import io.lichen.gateway.http.Response;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests and responses as they go over the wire (M7 to M11). */
final class ExchangeTest {
  private static final int MEGABYTE = 1024 * 1024;

  private TestServer server;

  @BeforeEach
  void start() {
    server =
        new TestServer()
            .on("/hello", request -> Response.text("hello"))
            .on("/echo", request -> Response.bytes(request.bodyBytes()))
            .on("/slow", ExchangeTest::slow);
  }

  private static Response slow(Request request) {
    LockSupport.parkNanos(200_000_000L);
    return Response.text("slow");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void shouldAnswerManyRequestsOnOneConnection() throws Exception {
    try (RawClient client = server.raw()) {
      for (int i = 0; i < 10; i++) {
        RawClient.Reply reply = client.get("/hello");
        assertEquals("HTTP/1.1 200 OK", reply.statusLine());
        assertEquals("hello", reply.text());
        assertEquals("text/plain; charset=utf-8", reply.header("Content-Type"));
        assertEquals(2, reply.headers().size());
      }
    }
  }

  @Test
  void shouldEchoEveryByte() throws Exception {
    byte[] all = new byte[256];
    IntStream.range(0, all.length).forEach(i -> all[i] = (byte) i);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(server.uri("/echo")).POST(BodyPublishers.ofByteArray(all)).build();
      assertArrayEquals(all, client.send(request, BodyHandlers.ofByteArray()).body());
    }
  }

  @Test
  void shouldAnswerPipelinedRequestsInTheirOrder() throws Exception {
    try (RawClient client = server.raw()) {
      client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\nPOST /echo HTTP/1.1\r\nHost: a\r\n");
      client.send("Content-Length: 3\r\n\r\nabcGET /hello HTTP/1.1\r\nHost: a\r\n\r\n");
      assertEquals("slow", client.read().text());
      assertEquals("abc", client.read().text());
      assertEquals("hello", client.read().text());
    }
  }

  @Test
  void shouldSendTheHeaderAloneToHead() throws Exception {
    try (RawClient client = server.raw()) {
      client.send("HEAD /hello HTTP/1.1\r\nHost: a\r\n\r\n");
      assertEquals("5", client.readHead().header("Content-Length"));
      assertEquals("hello", client.get("/hello").text());
    }
  }

  @Test
  void shouldTakeAWholeMegabyte() throws Exception {
    byte[] body = new byte[MEGABYTE];
    new Random(1).nextBytes(body);
    try (RawClient client = server.raw()) {
      client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: " + MEGABYTE + "\r\n\r\n");
      assertArrayEquals(body, client.send(body).read().body());
      client.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      client.send(Integer.toHexString(MEGABYTE) + "\r\n").send(body).send("\r\n0\r\n\r\n");
      assertArrayEquals(body, client.read().body());
    }
  }

  @Test
  void shouldRefuseABodyThatIsTooLargeAndTakeTheNextConnection() throws Exception {
    byte[] body = new byte[MEGABYTE + 1];
    try (RawClient client = server.raw()) {
      client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length + "\r\n\r\n");
      assertRefused(413, client.send(body));
    }
    try (RawClient client = server.raw()) {
      client.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      client.send(Integer.toHexString(body.length) + "\r\n").send(body).send("\r\n0\r\n\r\n");
      assertRefused(413, client);
    }
    try (RawClient client = server.raw()) {
      assertEquals("hello", client.get("/hello").text());
    }
  }

  @Test
  void shouldRefuseWhatIsTooLong() throws Exception {
    try (RawClient client = server.raw()) {
      assertRefused(414, client.send("GET /" + "a".repeat(8192) + " HTTP/1.1\r\nHost: a\r\n\r\n"));
    }
    try (RawClient client = server.raw()) {
      client.send("GET /hello HTTP/1.1\r\nHost: a\r\nX: " + "b".repeat(16384) + "\r\n\r\n");
      assertRefused(431, client);
    }
  }

  private static void assertRefused(int status, RawClient client) throws IOException {
    RawClient.Reply reply = client.read();
    assertEquals(status, reply.status());
    assertEquals("close", reply.header("Connection"));
    assertEquals(0, client.rest().length);
  }

  @Test
  void shouldTellAClientToSendTheBodyThatItAnnounced() throws Exception {
    String head = "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: ";
    try (RawClient client = server.raw()) {
      assertEquals(100, client.send(head + "3\r\n\r\n").readHead().status());
      assertEquals("abc", client.send("abc").read().text());
    }
    try (RawClient client = server.raw()) {
      assertRefused(413, client.send(head + (MEGABYTE + 1) + "\r\n\r\n"));
    }
    try (RawClient client = server.raw()) {
      assertRefused(417, client.send("GET / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n"));
    }
  }

  @Test
  void shouldSetEachCookieInALineOfItsOwn() throws Exception {
    Cookie plain = new Cookie("a", "1", Duration.ZERO, "/x", null, false, true, SameSite.LAX);
    Cookie foreign = new Cookie("b", "2;x\r\n", null, null, null, false, false, SameSite.NONE);
    server.on("/cookies", request -> Response.of(204).withCookie(plain).withCookie(foreign));
    try (RawClient client = server.raw()) {
      RawClient.Reply reply = client.get("/cookies");
      assertEquals(
          List.of("a=1; Max-Age=0; Path=/x; HttpOnly; SameSite=Lax", "b=2x; Secure; SameSite=None"),
          reply.all("Set-Cookie"));
      assertEquals("", reply.header("Content-Length"));
    }
  }

  @Test
  void shouldNotLetAHeaderAddAnother() throws Exception {
    server.on(
        "/headers",
        request ->
            Response.text("ok")
                .addHeader("X-A", "1\r\nX-B: 2\013\0")
                .addHeader("bad name", "3")
                .addHeader("Content-Length", "99"));
    try (RawClient client = server.raw()) {
      RawClient.Reply reply = client.get("/headers");
      assertEquals("1X-B: 2", reply.header("X-A"));
      assertEquals(3, reply.headers().size());
      assertEquals("ok", reply.text());
    }
  }

  @Test
  void shouldSendAPartOfAFile(@TempDir Path folder) throws Exception {
    byte[] content = new byte[3 * MEGABYTE];
    new Random(2).nextBytes(content);
    Path file = Files.write(folder.resolve("file"), content);
    Body part = new Body.FileRegion(file, 7, content.length - 10);
    server.on("/file", request -> Response.of(200).with(part));
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(server.uri("/file")).build();
      byte[] expected = java.util.Arrays.copyOfRange(content, 7, content.length - 3);
      assertArrayEquals(expected, client.send(request, BodyHandlers.ofByteArray()).body());
    }
    try (RawClient client = server.raw()) {
      client.send("HEAD /file HTTP/1.1\r\nHost: a\r\n\r\n");
      assertEquals("" + part(content), client.readHead().header("Content-Length"));
      Files.delete(file);
      assertEquals(500, client.get("/file").status());
    }
  }

  private static int part(byte[] content) {
    return content.length - 10;
  }

  @Test
  void shouldAnswerAClientThatHasEndedItsOutput() throws Exception {
    try (RawClient client = server.raw()) {
      client.send("GET /slow HTTP/1.0\r\n\r\n").endOutput();
      assertEquals("slow", client.read().text());
      assertEquals(0, client.rest().length);
    }
  }
}
