// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ErrorsTest {
  private final Router router = new Router();

  @AfterEach
  void clearTheInterrupt() {
    Thread.interrupted();
  }

  @Test
  void shouldTellNothingOfWhatWentWrongInside() {
    Response response = failing(new IllegalStateException("password is swordfish"));

    assertEquals(500, response.status());
    assertEquals("application/json; charset=utf-8", response.headers().get("Content-Type"));
    String text = Ask.text(response);
    assertTrue(
        text.matches(
            "\\{\"error\":\\{\"code\":\"internal_error\",\"name\":\"INTERNAL_ERROR\","
                + "\"message\":\"[^\"]+\",\"id\":\"[0-9a-f]{16}\"}}"),
        text);
    assertFalse(text.contains("swordfish") || text.contains("Exception"), text);
  }

  @Test
  void shouldTellWhatWasWrongWithARequest() {
    Response response = failing(new HttpException(409, "already_there", "There is one \"x\"."));

    assertEquals(409, response.status());
    assertTrue(Ask.text(response).contains("\"message\":\"There is one \\\"x\\\".\""));
  }

  @Test
  void shouldSurviveWhatIsNoException() {
    assertEquals(500, failing(new StackOverflowError()).status());
  }

  @Test
  void shouldCallAnInterruptTheServersEnd() {
    assertEquals(503, failing(new InterruptedException()).status());
    assertTrue(Thread.interrupted());
  }

  @Test
  void shouldLeaveErrorsToTheUsersHandler() {
    router.onError((request, error, id) -> Response.text("own " + error.getMessage()));
    router.post("/known", request -> Response.of(204));

    assertEquals("own this", Ask.text(failing(new IllegalStateException("this"))));
    assertEquals("own Not Found", Ask.text(router.answer(Ask.get("/unknown")).response()));
    Response refused = router.answer(Ask.get("/known")).response();
    assertEquals("OPTIONS, POST", refused.headers().get("Allow"));
  }

  @Test
  void shouldSurviveErrorHandlersThatFail() {
    router.onError(
        (request, error, id) -> {
          throw new IllegalStateException();
        });

    assertEquals(418, failing(new HttpException(418, "teapot", "No coffee.")).status());
  }

  private Response failing(Throwable thrown) {
    router.get(
        "/",
        request -> {
          throw ErrorsTest.<Exception>unchecked(thrown);
        });
    return router.answer(Ask.get("/")).response();
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
