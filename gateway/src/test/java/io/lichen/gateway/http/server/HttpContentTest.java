// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.gateway.http.Cookie;
import io.lichen.gateway.http.Cookie.SameSite;
import io.lichen.gateway.http.Cors;
import io.lichen.gateway.http.Part;
import io.lichen.gateway.http.Response;
import io.lichen.gateway.http.Router;
import io.lichen.gateway.http.StaticFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Cookies, headers, bodies, files and CORS as clients see them, over sockets (M7 to M9, M12, M13).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit calls start first.
class HttpContentTest {
  private static final String FRIEND = "https://friend.example";

  private RoutedServer server;

  @BeforeAll
  void start(@TempDir Path temp) throws IOException {
    Router router = new Router();
    router.use("/api", Cors.of(FRIEND));
    router
        .get("/api/x", request -> Response.text("x"))
        .get("/plain", request -> Response.text("x"))
        .get("/cookies", request -> cookies())
        .get(
            "/headers",
            request -> Response.text("ok").withHeader("A", "1\r\nB: 2").addHeader("C D", "3"))
        .post("/echo", request -> Response.bytes(request.bodyBytes()))
        .post("/text", request -> Response.text(request.bodyText()))
        .post("/json", request -> Response.json(request.bodyJson(JsonNode.class)))
        .post("/form", request -> Response.json(request.form().all("a")))
        .post(
            "/parts",
            request -> Response.json(request.multipart().stream().map(Part::text).toList()))
        .get("/f/**", StaticFiles.directory(files(temp)));
    server = new RoutedServer(router);
  }

  private static Response cookies() {
    return Response.of(204)
        .withCookie(Cookie.of("a", "1").withSameSite(SameSite.NONE))
        .withCookie(Cookie.of("b", "2").withPath("/x").deleted())
        .withCookie(Cookie.of("b", "3"));
  }

  private static Path files(Path temp) throws IOException {
    Path root = Files.createDirectories(temp.resolve("root"));
    Files.writeString(temp.resolve("outside.txt"), "secret");
    Files.createDirectories(root.resolve("sub"));
    Files.writeString(root.resolve("index.html"), "<p>index");
    Files.writeString(root.resolve("sub/data.json"), "{\"a\":1}");
    Files.createSymbolicLink(root.resolve("link.txt"), temp.resolve("outside.txt"));
    return root;
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void shouldSetEachCookieInALineOfItsOwn() throws IOException {
    assertEquals(
        List.of("a=1; Secure; SameSite=None", "b=; Max-Age=0; Path=/x", "b=3"),
        server.get("/cookies").all("Set-Cookie"));
  }

  @Test
  void shouldSendTheResponseWithoutTheHeadersSmuggledIn() throws IOException {
    RawClient.Reply reply = server.get("/headers");

    assertEquals("ok", reply.text());
    assertEquals("1B: 2", reply.header("A"));
    assertTrue(reply.headers().stream().noneMatch(line -> line.matches("(B|C D|D):.*")));
  }

  @Test
  void shouldEchoEveryByte() throws IOException {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    RawClient.Reply reply = server.ask("POST", "/echo", new String(all, ISO_8859_1));

    assertArrayEquals(all, reply.body());
    assertEquals("application/octet-stream", reply.header("Content-Type"));
  }

  @Test
  void shouldReadBodiesOfEveryKind() throws IOException {
    String utf8 = new String("ä✓".getBytes(UTF_8), ISO_8859_1);
    assertEquals("ä✓", server.ask("POST", "/text", utf8).text());
    assertEquals("ä", post("/text", "text/plain; charset=iso-8859-1", "\u00e4").text());
    assertEquals("{\"a\":[1]}", post("/json", "application/json", " {\"a\" : [1]}").text());
    String form = "application/x-www-form-urlencoded";
    assertEquals("[\"1 2\",\"3\"]", post("/form", form, "a=1+2&a=3").text());
    String part = "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n";
    String parts = "multipart/form-data; boundary=b";
    assertEquals("[\"1\",\"1\"]", post("/parts", parts, part + part + "--b--\r\n").text());
  }

  @ParameterizedTest
  @CsvSource({
    "/text, text/plain, \u00e4, 400",
    "/text, text/plain; charset=utf-16, a, 415",
    "/json, application/json, {, 400",
    "/json, application/json, \u00e4, 400",
    "/form, application/x-www-form-urlencoded, a=%, 400",
    "/form, text/plain, a=1, 415",
    "/parts, multipart/form-data; boundary=b, --b, 400",
    "/parts, multipart/form-data, --b--, 400"
  })
  void shouldRefuseBodiesThatAreMalformed(String path, String type, String body, int status)
      throws IOException {
    RawClient.Reply reply = post(path, type, body);

    assertEquals(status, reply.status());
    String code = status == 400 ? "invalid_body" : "unsupported_body";
    assertTrue(reply.text().startsWith("{\"error\":{\"code\":\"" + code), reply.text());
  }

  @Test
  void shouldServeFiles() throws IOException {
    RawClient.Reply index = server.get("/f/");
    assertEquals("<p>index", index.text());
    assertEquals("text/html; charset=utf-8", index.header("Content-Type"));
    RawClient.Reply json = server.get("/f/sub/data.json");
    assertEquals("application/json", json.header("Content-Type"));
    RawClient.Reply known = server.get("/f/sub/data.json", "If-None-Match: " + json.header("ETag"));
    assertEquals("HTTP/1.1 304 Not Modified", known.statusLine());
    RawClient.Reply head = server.ask("HEAD", "/f/sub/data.json", "");
    assertEquals("7", head.header("Content-Length"));
    RawClient.Reply piece = server.get("/f/sub/data.json", "Range: bytes=1-3");
    assertEquals("HTTP/1.1 206 Partial Content", piece.statusLine());
    assertEquals("\"a\"", piece.text());
    assertEquals("GET, HEAD, OPTIONS", server.ask("POST", "/f/x", "").header("Allow"));
    assertEquals(405, server.ask("POST", "/f/x", "").status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/f/../outside.txt", "/f/%2e%2e/outside.txt", "/f/%2e%2e%2foutside.txt", "/f/link.txt",
        "/f/sub/../../outside.txt", "/f/..%5coutside.txt", "/f//sub/data.json", "/f/sub/",
        "/f/%2e%2e%2f%2e%2e%2fetc/passwd"
      })
  void shouldNeverServeWhatIsOutside(String target) throws IOException {
    assertEquals(404, server.get(target).status());
  }

  @Test
  void shouldLetKnownOriginsAlonePass() throws IOException {
    String method = "Access-Control-Request-Method: PUT";
    RawClient.Reply preflight = server.ask("OPTIONS", "/api/x", "", "Origin: " + FRIEND, method);
    assertEquals("HTTP/1.1 204 No Content", preflight.statusLine());
    assertEquals(FRIEND, preflight.header("Access-Control-Allow-Origin"));
    assertEquals("PUT", preflight.header("Access-Control-Allow-Methods"));
    assertEquals("Origin", preflight.header("Vary"));
    assertForeign(server.ask("OPTIONS", "/api/x", "", "Origin: https://evil.example", method));
    assertForeign(server.get("/api/x", "Origin: https://evil.example"));
    assertForeign(server.get("/plain", "Origin: " + FRIEND));
  }

  private static void assertForeign(RawClient.Reply reply) {
    assertTrue(
        reply.headers().stream().noneMatch(line -> line.startsWith("Access-")),
        () -> reply.headers().toString());
  }

  private RawClient.Reply post(String path, String type, String latin1) throws IOException {
    return server.ask("POST", path, latin1, "Content-Type: " + type);
  }
}
