// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MiddlewareTest {
  private final List<String> order = new ArrayList<>();
  private final Router router = new Router();

  @Test
  void shouldEnterInTheOrderOfTheCallsAndLeaveTheOtherWayRound() {
    router.use(note("1"));
    router.group("/api", api -> api.use(note("api")));
    router.use(note("2"));
    router.group("/api", api -> api.group("/users", users -> users.use(note("users"))));
    router.get("/api/users", request -> Response.text("" + order.add("handler")));

    answer("/api/users");

    assertEquals(
        List.of("+1", "+api", "+2", "+users", "handler", "-users", "-2", "-api", "-1"), order);
  }

  @Test
  void shouldStopAtTheBoundaryOfASegment() {
    router.use("/api", note("api")).use("/c/:name", note("name")).use("/", note("all"));

    answer("/apix");
    assertEquals(List.of("+all", "-all"), order);
    order.clear();
    answer("/api/");
    answer("/%61pi");
    answer("/c/x/y");
    assertEquals(2, order.stream().filter("+api"::equals).count());
    assertEquals(1, order.stream().filter("+name"::equals).count());
  }

  @Test
  void shouldRunForWhatHasNoRoute() {
    router.use(note("all")).use("/a", note("a")).post("/a", request -> Response.of(204));

    assertEquals(404, answer("/b").status());
    assertEquals(405, answer("/a").status());
    assertEquals(400, answer("/%").status());
    assertEquals(404, router.answer(Ask.upgrade("/a")).response().status());
    assertEquals(4, order.stream().filter("-all"::equals).count());
    assertEquals(2, order.stream().filter("-a"::equals).count());
  }

  @Test
  void shouldAnswerInPlaceOfWhatIsFurtherInside() {
    router.use((request, next) -> Response.of(401)).use(note("inside"));
    router.webSocket("/ws", (peer, message) -> {});

    assertEquals(401, answer("/").status());
    assertEquals(401, router.answer(Ask.upgrade("/ws")).response().status());
    assertTrue(order.isEmpty());
  }

  @Test
  void shouldCallWhatIsFurtherInsideOnce() {
    router.use(note("outside"));
    router.use(
        (request, next) -> {
          Response first = next.handle(request);
          next.handle(request);
          return first;
        });
    router.get("/", request -> Response.text("" + order.add("handler")));

    assertEquals(500, answer("/").status());
    assertEquals(List.of("+outside", "handler", "-outside"), order);
  }

  @Test
  void shouldSeeErrorsAsAnswers() {
    router.use((request, next) -> next.handle(request).withHeader("X-Seen", "yes"));
    router.get(
        "/",
        request -> {
          throw new IllegalStateException("a secret");
        });
    router.use("/a", (request, next) -> missing());

    Response response = answer("/");
    assertEquals(500, response.status());
    assertEquals("yes", response.headers().get("X-Seen"));
    assertFalse(Ask.text(response).contains("secret"));
    assertEquals("yes", answer("/a").headers().get("X-Seen"));
    assertEquals(500, answer("/a").status());
  }

  /** What Java allows and the annotations do not. */
  @SuppressWarnings("NullAway")
  private static Response missing() {
    return null;
  }

  private Middleware note(String name) {
    return (request, next) -> {
      order.add("+" + name);
      Response response = next.handle(request);
      order.add("-" + name);
      return response;
    };
  }

  private Response answer(String target) {
    return router.answer(Ask.get(target)).response();
  }
}
