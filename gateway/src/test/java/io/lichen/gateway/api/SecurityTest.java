// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.MossNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is let in (check M23). */
final class SecurityTest {
  private static final String UPGRADE =
      "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
          + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

  private final MossNode node = TwoNodes.node("");

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void shouldAskForTheTokenEverywhereButForHealth() throws IOException {
    try (Gateway gateway = Gateway.builder().moss(node).token("s3cret").start()) {
      int port = gateway.address().getPort();
      String host = "Host: 127.0.0.1:" + port;
      String refused = ask(port, "GET /v1/mesh", host);
      assertEquals(401, status(refused));
      assertTrue(refused.contains("Bearer realm"), refused);
      assertEquals(401, status(ask(port, "GET /%76%31/mesh", host)), "the same path");
      assertEquals(401, status(ask(port, "GET /nowhere", host)), "tells nobody what there is");
      assertEquals(401, status(ask(port, "GET /v1/mesh", host, "Authorization: Bearer s3cre")));
      assertEquals(401, status(ask(port, "GET /v1/mesh", host, "Authorization: Basic s3cret")));
      assertEquals(401, status(ask(port, "GET /v1/mesh?token=s3cret", host)), "not in a query");
      assertEquals(200, status(ask(port, "GET /v1/mesh", host, "authorization: bearer s3cret")));
      assertEquals(200, status(ask(port, "GET /healthz", host)));
      assertEquals(503, status(ask(port, "GET /readyz", host)), "the node has not been started");
      node.start();
      assertEquals(200, status(ask(port, "GET /readyz", host)));
      assertEquals(401, status(ask(port, "GET /v1/ws?token=x", host, UPGRADE)));
      assertEquals(101, status(ask(port, "GET /v1/ws?token=s3cret", host, UPGRADE)));
    }
  }

  @Test
  void shouldAnswerToNamesOfLoopbackOnlyUnlessOthersAreAllowed() throws IOException {
    try (Gateway gateway =
        Gateway.builder().moss(node).allowedHosts(List.of("Lab.example")).start()) {
      int port = gateway.address().getPort();
      for (String host :
          List.of("localhost", "127.0.0.1:1", "[::1]:80", "LOCALHOST", "lab.example")) {
        assertEquals(200, status(ask(port, "GET /v1/mesh", "Host: " + host)), host);
      }
      for (String host :
          List.of("evil.example", "localhost.evil", "127.0.0.1.nip.io:80", "[::2]")) {
        assertEquals(421, status(ask(port, "GET /v1/mesh", "Host: " + host)), host);
      }
    }
  }

  @Test
  void shouldLetPagesOfOthersNeitherOpenWebSocketsNorChangeAnything() throws IOException {
    try (Gateway gateway =
        Gateway.builder().moss(node).allowedOrigins(List.of("https://lab.example")).start()) {
      int port = gateway.address().getPort();
      String host = "Host: localhost:" + port;
      for (String origin : List.of("http://evil.example", "null", "http://localhost:1")) {
        String header = "Origin: " + origin;
        assertEquals(403, status(ask(port, "GET /v1/ws", host, UPGRADE, header)), origin);
        assertEquals(403, status(ask(port, "PUT /v1/channels/c", host, header)), origin);
        assertEquals(403, status(ask(port, "DELETE /v1/channels/c", host, header)), origin);
        assertEquals(200, status(ask(port, "GET /v1/mesh", host, header)), "it cannot read it");
      }
      for (String origin : List.of("http://localhost:" + port, "https://lab.example")) {
        String header = "Origin: " + origin;
        assertEquals(101, status(ask(port, "GET /v1/ws", host, UPGRADE, header)), origin);
        assertEquals(204, status(ask(port, "PUT /v1/channels/c", host, header)), origin);
      }
    }
  }

  @Test
  void shouldLetPagesOfListedOriginsReadAnswers() throws IOException {
    List<String> pages = List.of("https://lab.example");
    try (Gateway gateway = Gateway.builder().token("secret").allowedOrigins(pages).start()) {
      int port = gateway.address().getPort();
      String host = "Host: localhost:" + port;
      String asked = "Access-Control-Request-Method: PUT";
      String listed = "Origin: https://lab.example";
      String preflight = ask(port, "OPTIONS /v1/channels/c", host, listed, asked);
      assertEquals(204, status(preflight), "it comes without the token");
      String allowed = "Access-Control-Allow-Origin: https://lab.example";
      assertTrue(preflight.contains(allowed), preflight);
      assertTrue(ask(port, "GET /v1/info", host, listed).contains(allowed), "the refusal, too");
      String other = "Origin: https://other.example";
      assertFalse(ask(port, "GET /v1/info", host, other).contains("Access-Control"), other);
    }
  }

  @Test
  void shouldRefuseToListenWhereOthersCanReachItWithoutAToken() {
    InetSocketAddress everywhere = new InetSocketAddress("0.0.0.0", 0);
    GatewayBuilder open = Gateway.builder().moss(node).bind(everywhere);
    IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, open::start);
    assertTrue(String.valueOf(refused.getMessage()).contains("token"), refused.getMessage());
    assertThrows(IllegalArgumentException.class, () -> open.token(" "));
    try (Gateway gateway = open.token("s3cret").start()) {
      assertTrue(gateway.address().getPort() > 0);
    }
  }

  private static int status(String answer) {
    return Integer.parseInt(answer.split(" ", 3)[1]);
  }

  /** The head of the answer to a request with exactly these headers. */
  private static String ask(int port, String line, String... headers) throws IOException {
    String request = line + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      StringBuilder answer = new StringBuilder();
      InputStream in = socket.getInputStream();
      while (answer.indexOf("\r\n\r\n") < 0) {
        int c = in.read();
        assertTrue(c >= 0, () -> "ended in the head of its answer: " + answer);
        answer.append((char) c);
      }
      return answer.toString();
    }
  }
}
