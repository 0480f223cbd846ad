// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
  private static final WebSocketHandler DEAF = (peer, message) -> {};

  private final Router router = new Router();

  @Test
  void shouldPreferStaticRoutesThenTheMethodThenTheEarlierOne() {
    router
        .get("/a/:x", say("pattern"))
        .get("/a/*", say("later pattern"))
        .all("/a/all", say("static of all"))
        .all("/:x/:y", say("pattern of all"))
        .get("/a/b", say("replaced"))
        .get("/a/b", say("static"));

    assertEquals("static", body("GET", "/a/b"));
    assertEquals("static of all", body("GET", "/a/all"));
    assertEquals("pattern", body("GET", "/a/c"));
    assertEquals("pattern of all", body("POST", "/a/c"));
    assertEquals("pattern of all", body("POST", "/a/b"));
  }

  @Test
  void shouldReplaceAPatternWhereItStands() {
    router.get("/:x", say("first")).get("/*", say("second")).get("/:x", say("first, again"));

    assertEquals("first, again", body("GET", "/a"));
  }

  @Test
  void shouldGiveHandlersThePatternAndItsParameters() {
    router.get("/u/:id/**/end", r -> Response.text(r.route() + " " + r.param("id") + r.param("_")));

    Answer answer = router.answer(Ask.get("/u/7/x/y/end?q=1"));

    assertEquals("/u/:id/**/end", answer.route());
    assertEquals("/u/:id/**/end 7x/y", Ask.text(answer.response()));
  }

  @ParameterizedTest
  @CsvSource({"/v/a%2Fb,a/b", "/v/%E2%9C%93,✓", "/v/a+b,a+b", "/v/a%20b,a b", "/v/%25,%"})
  void shouldDecodeParametersAfterSplitting(String target, String value) {
    router.get("/v/:v", r -> Response.text(r.param("v")));

    assertEquals(value, body("GET", target));
  }

  @Test
  void shouldCompareDecodedSegments() {
    router.get("/käse/a", say("cheese")).get("/a/b", say("two segments"));

    assertEquals("cheese", body("GET", "/k%C3%A4se/%61"));
    assertEquals(404, status("GET", "/a%2Fb"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "a", "http://x/a", "/%", "/%z1", "/%1", "/%FF", "/%C0%AF"})
  void shouldRefuseTargetsThatCanNotBeDecoded(String target) {
    router.get("/**", say("found"));

    assertEquals(400, status("GET", target));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%00", "/a\0b", "/a b", "/a\r\nb", "/ü", "/%+1", "/%1²"})
  void shouldRefuseTargetsWithNulsAndRawCharacters(String target) {
    router.get("/**", say("found"));

    assertEquals(400, status("GET", target));
  }

  @Test
  void shouldAnswerHeadByGetUnlessThereIsAHead() {
    router.get("/a", say("get")).get("/b", say("get")).head("/b", say("head"));
    router.all("/**", say("all"));

    assertEquals("get", body("HEAD", "/a"));
    assertEquals("head", body("HEAD", "/b"));
    assertEquals("all", body("HEAD", "/c"));
  }

  @Test
  void shouldTellWhichMethodsAPathHas() {
    router.get("/a", say("get")).post("/:x", say("post")).delete("/b", say("delete"));

    Response refused = router.answer(Ask.request("PUT", "/a")).response();
    assertEquals(405, refused.status());
    assertEquals("GET, HEAD, OPTIONS, POST", refused.headers().get("Allow"));
    Response options = router.answer(Ask.request("OPTIONS", "/b")).response();
    assertEquals(204, options.status());
    assertEquals("DELETE, OPTIONS, POST", options.headers().get("Allow"));
    assertEquals(404, status("OPTIONS", "/a/b"));
  }

  @Test
  void shouldLeaveOptionsToItsOwnRoute() {
    router.get("/a", say("get")).options("/a", say("options"));

    assertEquals("options", body("OPTIONS", "/a"));
  }

  @Test
  void shouldTakeSlashesAtTheEndSeriously() {
    router.get("/a", say("without")).get("/b/", say("with")).get("/c/:x", say("parameter"));

    assertEquals(404, status("GET", "/a/"));
    assertEquals(404, status("GET", "/b"));
    assertEquals("with", body("GET", "/b/"));
    assertEquals(404, status("GET", "/c/"));
  }

  @Test
  void shouldPutGroupsBelowGroups() {
    router.group(
        "/v1",
        v1 ->
            v1.get("", say("base"))
                .get("/", say("base/"))
                .group("/c/:name", c -> c.get("/m", r -> Response.text(r.param("name")))));

    assertEquals("base", body("GET", "/v1"));
    assertEquals("base/", body("GET", "/v1/"));
    assertEquals("x", body("GET", "/v1/c/x/m"));
    assertEquals(404, status("GET", "/c/x/m"));
  }

  @Test
  void shouldKeepWebSocketRoutesBesideTheOthers() {
    router.get("/both", say("page")).get("/page", say("page")).webSocket("/both", DEAF);
    router.group("/g", g -> g.webSocket("/:name", DEAF));

    Answer answer = router.answer(Ask.upgrade("/g/n?q=1"));
    assertEquals("/g/:name", answer.route());
    assertEquals(101, answer.response().status());
    assertInstanceOf(Body.Upgrade.class, answer.response().body());
    assertEquals(101, router.answer(Ask.upgrade("/both")).response().status());
    assertEquals("page", body("GET", "/both"));
    assertEquals(404, router.answer(Ask.upgrade("/page")).response().status());
    assertEquals(404, router.answer(Ask.upgrade("/")).response().status());
  }

  @Test
  void shouldTellOthersThatAWebSocketIsThere() {
    router.webSocket("/ws", DEAF);

    Response plain = router.answer(Ask.get("/ws")).response();
    assertEquals(426, plain.status());
    assertEquals("websocket", plain.headers().get("Upgrade"));
    Response posted = router.answer(Ask.request("POST", "/ws")).response();
    assertEquals(405, posted.status());
    assertEquals("GET, OPTIONS", posted.headers().get("Allow"));
  }

  @Test
  void shouldUpgradeOnlyWhoAsksForIt() {
    router.get("/a", r -> Response.webSocket(DEAF)).get("/b", r -> Response.of(101));

    assertEquals(500, status("GET", "/a"));
    assertEquals(500, status("GET", "/b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "/a*", "/**/a/**", "/*/*", "/:", "/:a/:a", "/:1", "/a?b", "/a%20b"})
  void shouldRefuseBadPatterns(String pattern) {
    var e = assertThrows(IllegalArgumentException.class, () -> router.get(pattern, say("")));
    assertTrue(String.valueOf(e.getMessage()).contains("'" + pattern + "'"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "/a/", "/**", "/a/**/b"})
  void shouldRefuseBadBases(String base) {
    assertThrows(
        IllegalArgumentException.class, () -> router.use(base, (r, next) -> next.handle(r)));
  }

  @Test
  void shouldNameEveryRouteThatWasAdded() {
    router.get("/a", say("")).all("/a", say("")).get("/a", say("again"));
    router.group("/g", group -> group.put("/:x", say("")).webSocket("/:x", DEAF));

    assertEquals(List.of("* /a", "GET /a", "PUT /g/:x", "WS /g/:x"), List.copyOf(router.routes()));
  }

  @Test
  void shouldRefuseRoutesOnceItAnswers() {
    assertEquals(404, status("GET", "/a"));

    assertThrows(IllegalStateException.class, () -> router.get("/a", say("")));
    assertThrows(IllegalStateException.class, () -> router.use((r, next) -> next.handle(r)));
  }

  @Test
  void shouldGiveNoNameToRequestsWithoutARoute() {
    assertEquals("", router.answer(Ask.get("/secret")).route());
    assertFalse(body("GET", "/secret").contains("secret"));
  }

  private static Handler say(String text) {
    return request -> Response.text(text);
  }

  private String body(String method, String target) {
    return Ask.text(router.answer(Ask.request(method, target)).response());
  }

  private int status(String method, String target) {
    return router.answer(Ask.request(method, target)).response().status();
  }
}
