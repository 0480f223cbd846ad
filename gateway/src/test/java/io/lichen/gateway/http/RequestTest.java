// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestTest {
  @Test
  void shouldReadQueriesThatAreOddlyWritten() {
    Request request = Ask.get("/p?q=a+b&x&x=2&%zz=1&=3&y=%zz&z=%E2%9C%93%26=1#f&w=1");

    assertEquals("/p", request.path());
    assertEquals("a b", request.query("q"));
    assertEquals("2", request.query("x"));
    assertEquals(List.of("", "2"), request.queryAll("x"));
    assertEquals("", request.query("y"));
    assertEquals("✓&=1", request.query("z"));
    assertNull(request.query("w"));
    assertEquals(List.of(), request.queryAll("w"));
    assertEquals(Set.of("q", "x", "y", "z"), request.query().names());
  }

  @Test
  void shouldHaveNoQueryWithoutAQuestionMark() {
    assertEquals(Set.of(), Ask.get("/a=b&c").query().names());
  }

  @Test
  void shouldTakeEveryPairForACookie() {
    Headers headers =
        Headers.none().add("Cookie", "a=1; Path=/x; b=\"2 3\"; c; =4;;a=5").add("cookie", "d=a=b");
    Request request = Ask.with("GET", "/", headers, new byte[0]);

    assertEquals("1", request.cookie("a"));
    assertEquals("/x", request.cookie("Path"));
    assertEquals("2 3", request.cookie("b"));
    assertEquals("", request.cookie("c"));
    assertEquals("a=b", request.cookie("d"));
    assertEquals(Set.of("a", "Path", "b", "c", "d"), request.cookies().keySet());
  }

  @Test
  void shouldHandNotesOfMiddlewareToTheHandler() {
    Router router = new Router();
    router.use((request, next) -> next.handle(request.withNote(String.class, "me")));
    router.get("/:x", request -> Response.text(request.param("x") + request.note(String.class)));

    assertEquals("ame", Ask.text(router.answer(Ask.get("/a")).response()));
    assertNull(Ask.get("/").note(String.class));
  }

  @Test
  void shouldSayWhichParameterARouteLacks() {
    var e = assertThrows(IllegalArgumentException.class, () -> Ask.get("/").param("id"));
    assertTrue(String.valueOf(e.getMessage()).contains("'id'"), e.getMessage());
  }

  @Test
  void shouldKnowUpgradesByBothFields() {
    assertTrue(Ask.upgrade("/").isUpgrade());
    assertFalse(Ask.get("/").isUpgrade());
    Headers half = Headers.none().add("Upgrade", "websocket").add("Connection", "keep-alive");
    assertFalse(Ask.with("GET", "/", half, new byte[0]).isUpgrade());
    Headers whole = half.set("Connection", "upgrade");
    assertFalse(Ask.with("POST", "/", whole, new byte[0]).isUpgrade());
  }
}
