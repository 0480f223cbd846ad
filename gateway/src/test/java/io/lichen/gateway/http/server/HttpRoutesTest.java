// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.gateway.http.Handler;
import io.lichen.gateway.http.HttpException;
import io.lichen.gateway.http.Middleware;
import io.lichen.gateway.http.Request;
import io.lichen.gateway.http.Response;
import io.lichen.gateway.http.Router;
import io.lichen.gateway.http.WebSocketMessage;
import io.lichen.gateway.http.WebSocketPeer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routing as clients see it, over sockets (M1 to M6, M14). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit calls start first.
class HttpRoutesTest {
  private final List<String> order = new CopyOnWriteArrayList<>();
  private RoutedServer server;

  @BeforeAll
  void start() {
    Router router = new Router();
    router.use(note("global-1"));
    router.use("/api", note("api"));
    router.use(note("global-2"));
    router.use("/api/users", note("users"));
    router
        .get("/static", say("static"))
        .get("/u/:id", request -> Response.text("u " + request.param("id")))
        .get("/u/me", say("me"))
        .get("/u/:a/p/:b", request -> Response.text(request.param("a") + "+" + request.param("b")))
        .get("/files/*", request -> Response.text("files " + request.param("_")))
        .get("/all/**", request -> Response.text("all [" + request.param("_") + "]"))
        .get("/admin/**/settings", request -> Response.text("[" + request.param("_") + "]"))
        .get("/two/:first", say("first"))
        .get("/two/*", say("second"))
        .get("/three/*", say("first"))
        .get("/three/:second", say("second"))
        .post("/static", say("posted"))
        .get("/q", request -> Response.json(query(request)))
        .get("/api/users", say("users"))
        .get("/apix", say("apix"))
        .get("/fails", request -> throwing(new IllegalStateException("swordfish")))
        .group("/g", group -> group.webSocket("/:name", HttpRoutesTest::sayName))
        .get("/teapot", request -> throwing(new HttpException(418, "teapot", "No coffee.")));
    server = new RoutedServer(router);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/static, static",
    "/static?x=/u/1, static",
    "/u/7, u 7",
    "/u/me, me",
    "/u/1/p/2, 1+2",
    "/files/a.txt, files a.txt",
    "/all, all []",
    "/all/, all []",
    "/all/x/y/z, all [x/y/z]",
    "/admin/x/y/settings, [x/y]",
    "/admin/settings, []",
    "/two/x, first",
    "/three/x, first",
    "/u/a%2Fb, u a/b",
    "/u/%E2%9C%93, u ✓",
    "/u/a+b, u a+b",
    "/u/a%2Bb%20c, u a+b c"
  })
  void shouldFindRoutesAndTheirParameters(String target, String text) throws IOException {
    RawClient.Reply reply = server.get(target);
    assertEquals(200, reply.status());
    assertEquals(text, reply.text());
  }

  @ParameterizedTest
  @CsvSource({
    "/files/a/b, 404",
    "/files/, 404",
    "/u/, 404",
    "/static/, 404",
    "/STATIC, 404",
    "/u/%, 400",
    "/u/%4, 400",
    "/u/%zz, 400",
    "/u/%ff, 400",
    "/u/%00, 400",
    "x, 400",
    "http://a/static, 400",
    "*, 400"
  })
  void shouldRefuseOtherPaths(String target, int status) throws IOException {
    assertEquals(status, server.get(target).status());
  }

  @Test
  void shouldReadAnyQuery() throws IOException {
    RawClient.Reply reply = server.get("/q?q=a+b&x&x=2&%zz=1&y=%f");

    assertEquals("{\"q\":[\"a b\"],\"x\":[\"\",\"2\"],\"y\":[\"\"]}", reply.text());
  }

  @Test
  void shouldAnswerHeadWithTheLengthOfTheBody() throws IOException {
    RawClient.Reply head = server.ask("HEAD", "/static", "");

    assertEquals("HTTP/1.1 200 OK", head.statusLine());
    assertEquals("6", head.header("Content-Length"));
  }

  @Test
  void shouldOpenWebSocketsOfGroupsAndOfNoUnknownPath() throws IOException {
    try (RawWebSocket socket = new RawWebSocket(server.raw(), "/g/a%2Fb?x=1")) {
      assertEquals("a/b", socket.text("who?").readData().text());
    }
    String[] upgrade = {
      "Upgrade: websocket",
      "Connection: Upgrade",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    };
    assertEquals(404, server.get("/g/a/b", upgrade).status());
    assertEquals(404, server.get("/static", upgrade).status());
  }

  @Test
  void shouldTellTheMethodsOfAPath() throws IOException {
    RawClient.Reply refused = server.ask("DELETE", "/static", "");
    assertEquals("HTTP/1.1 405 Method Not Allowed", refused.statusLine());
    assertEquals("GET, HEAD, OPTIONS, POST", refused.header("Allow"));
    RawClient.Reply options = server.ask("OPTIONS", "/u/1", "");
    assertEquals("HTTP/1.1 204 No Content", options.statusLine());
    assertEquals("GET, HEAD, OPTIONS", options.header("Allow"));
    assertEquals("posted", server.ask("POST", "/static", "").text());
  }

  @Test
  void shouldPassMiddlewareInAndOutAgain() throws IOException {
    order.clear();
    server.get("/api/users");
    assertEquals(
        "+global-1 +api +global-2 +users -users -global-2 -api -global-1", String.join(" ", order));
    order.clear();
    assertEquals("apix", server.get("/apix").text());
    assertEquals("+global-1 +global-2 -global-2 -global-1", String.join(" ", order));
    order.clear();
    assertEquals(404, server.get("/api/none").status());
    assertEquals("+global-1 +api +global-2 -global-2 -api -global-1", String.join(" ", order));
  }

  @Test
  void shouldHideWhatWentWrongInside() throws IOException {
    RawClient.Reply reply = server.get("/fails");

    assertEquals("HTTP/1.1 500 Internal Server Error", reply.statusLine());
    assertEquals("application/json; charset=utf-8", reply.header("Content-Type"));
    assertTrue(reply.text().matches("\\{\"error\":\\{.*\"id\":\"[0-9a-f]{16}\"}}"), reply.text());
    assertFalse(reply.text().matches(".*(swordfish|Exception|lichen|at ).*"), reply.text());
    assertEquals(418, server.get("/teapot").status());
  }

  @Test
  void shouldLetAProgramSayItsErrorsItself() throws IOException {
    Router router =
        new Router()
            .get("/", request -> throwing(new IllegalStateException("a")))
            .onError((request, e, id) -> Response.text("own " + e.getMessage()).withStatus(502));
    try (RoutedServer own = new RoutedServer(router)) {
      assertEquals("own a", own.get("/").text());
      assertEquals(502, own.get("/").status());
    }
  }

  private static Map<String, List<String>> query(Request request) {
    Map<String, List<String>> all = new TreeMap<>();
    request.query().names().forEach(name -> all.put(name, request.queryAll(name)));
    return all;
  }

  private static Response throwing(RuntimeException e) {
    throw e;
  }

  private static void sayName(WebSocketPeer peer, WebSocketMessage message) {
    peer.sendText(peer.request().param("name"));
  }

  private static Handler say(String text) {
    return request -> Response.text(text);
  }

  private Middleware note(String name) {
    return (request, next) -> {
      order.add("+" + name);
      Response response = next.handle(request);
      order.add("-" + name);
      return response;
    };
  }
}
