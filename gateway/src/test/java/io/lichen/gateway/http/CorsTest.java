// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorsTest {
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
  private static final String FRIEND = "https://friend.example:8443";
  private int handled;

  @Test
  void shouldAnswerPreflightsOfKnownOrigins() {
    Response response = preflight(Cors.of(FRIEND), FRIEND);

    assertEquals(204, response.status());
    assertEquals(FRIEND, response.headers().get(ALLOW_ORIGIN));
    assertEquals("PUT", response.headers().get("Access-Control-Allow-Methods"));
    assertEquals("x-a, authorization", response.headers().get("Access-Control-Allow-Headers"));
    assertEquals("86400", response.headers().get("Access-Control-Max-Age"));
    assertEquals("Origin", response.headers().get("Vary"));
    assertNull(response.headers().get("Access-Control-Allow-Credentials"));
    assertEquals(0, handled);
  }

  @Test
  void shouldSayWhatIsAllowedWhenThatIsLimited() {
    Cors cors =
        Cors.of(FRIEND)
            .withMethods("GET", "PUT")
            .withHeaders("X-A")
            .withMaxAge(Duration.ofMinutes(1))
            .withCredentials();

    Response response = preflight(cors, FRIEND);

    assertEquals("GET, PUT", response.headers().get("Access-Control-Allow-Methods"));
    assertEquals("X-A", response.headers().get("Access-Control-Allow-Headers"));
    assertEquals("60", response.headers().get("Access-Control-Max-Age"));
    assertEquals("true", response.headers().get("Access-Control-Allow-Credentials"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://friend.example",
        "http://friend.example:8443",
        "null",
        "",
        "https://friend.example:8443.evil.example",
        "https://x.friend.example:8443"
      })
  void shouldSayNothingToOtherOrigins(String origin) {
    Response response = preflight(Cors.of(FRIEND), origin);
    assertEquals(200, response.status());
    assertEquals("Origin", response.headers().get("Vary"));
    response.headers().forEach((name, value) -> assertFalse(name.startsWith("Access-"), name));
    assertEquals(1, handled);
  }

  @Test
  void shouldLetKnownOriginsReadAnswers() {
    Cors cors = Cors.of(FRIEND).withExposedHeaders("X-B", "ETag");

    Response response = ask(cors, "GET", Headers.none().add("Origin", FRIEND));

    assertEquals(200, response.status());
    assertEquals(FRIEND, response.headers().get(ALLOW_ORIGIN));
    assertEquals("X-B, ETag", response.headers().get("Access-Control-Expose-Headers"));
    assertEquals("Accept, Origin", response.headers().get("Vary"));
  }

  @Test
  void shouldLetEverybodyReadAnswersWhenAsked() {
    Response response = ask(Cors.anyOrigin(), "GET", Headers.none().add("Origin", "null"));

    assertEquals("*", response.headers().get(ALLOW_ORIGIN));
    assertThrows(IllegalStateException.class, () -> Cors.anyOrigin().withCredentials());
  }

  @Test
  void shouldLeaveRequestsWithoutAnOriginAlone() {
    assertNull(ask(Cors.anyOrigin(), "GET", Headers.none()).headers().get(ALLOW_ORIGIN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "null", "", "example.org", "https://a/", "https://u@a", "https://"})
  void shouldRefuseWhatIsNoOrigin(String origin) {
    assertThrows(IllegalArgumentException.class, () -> Cors.of(origin));
  }

  private Response preflight(Cors cors, String origin) {
    Headers headers =
        Headers.none()
            .add("Origin", origin)
            .add("Access-Control-Request-Method", "PUT")
            .add("Access-Control-Request-Headers", "x-a, authorization");
    return ask(cors, "OPTIONS", headers);
  }

  private Response ask(Cors cors, String method, Headers headers) {
    Router router = new Router().use(cors);
    router.all("/", request -> Response.text("" + handled++).withHeader("Vary", "Accept"));
    if (method.equals("OPTIONS")) {
      router.options("/", request -> Response.text("" + handled++));
    }
    return router.answer(Ask.with(method, "/", headers, new byte[0])).response();
  }
}
