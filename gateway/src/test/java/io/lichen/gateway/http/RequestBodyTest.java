// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  /** Of a handler's own. */
  record Point(int x, List<String> names) {}

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "text/plain, c3a4, ä",
        "text/plain; charset=utf-8, c3a4, ä",
        "text/plain; CHARSET=\"UTF-8\", c3a4, ä",
        "text/plain; charset=ISO-8859-1, e4, ä",
        "text/plain; x=\"a;charset=latin1\"; charset=us-ascii, 61, a",
        "nonsense, 61, a"
      })
  void shouldReadTextInItsCharset(String type, String hex, String text) {
    assertEquals(text, body(type, HexFormat.of().parseHex(hex)).bodyText());
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain, c3, 400",
    "text/plain, c0af, 400",
    "text/plain; charset=us-ascii, e4, 400",
    "text/plain; charset=utf-16, 0061, 415"
  })
  void shouldRefuseTextThatIsNoneOfItsCharset(String type, String hex, int status) {
    Request request = body(type, HexFormat.of().parseHex(hex));

    assertEquals(status, refusal(request, Request::bodyText).status());
  }

  @Test
  void shouldReadJson() {
    Request request = json("{\"x\": 1, \"names\": [\"ä\"]}");

    assertEquals(new Point(1, List.of("ä")), request.bodyJson(Point.class));
    assertEquals("ä", request.bodyJson(JsonNode.class).at("/names/0").asText());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "{",
        "{\"x\":1}}",
        "{\"x\":1} 2",
        "[]",
        "{\"x\":\"one\"}",
        "{\"y\":1}",
        "{\"x\":1,\"x\":2}",
        "{\"x\":null}",
        "{'x':1}",
        "{\"x\":01}",
        "{\"x\":NaN}",
        "\"",
        "{\"names\":[{}]}",
        "{\"x\":1e999999999}",
        "{\"x\":1.5e1000000000000}"
      })
  void shouldRefuseJsonThatIsNoneOrDoesNotFit(String text) {
    HttpException refused = refusal(json(text), request -> request.bodyJson(Point.class));

    assertEquals(400, refused.status());
    assertEquals("invalid_body", refused.code());
    assertFalse(String.valueOf(refused.getMessage()).matches("(?s).*(lichen|jackson|java\\.).*"));
  }

  @Test
  void shouldSurviveJsonThatIsTooDeep() {
    assertJson(200, "[".repeat(100) + "]".repeat(100));
    assertJson(400, "[".repeat(101) + "]".repeat(101));
    assertJson(400, "[".repeat(1 << 20));
    assertJson(400, "{\"a\":".repeat(100_000));
  }

  @Test
  void shouldLimitNumbersStringsNamesAndTokens() {
    assertJson(200, "9".repeat(100));
    assertJson(400, "9".repeat(101));
    assertJson(400, "1." + "9".repeat(1 << 20));
    assertJson(200, '"' + "a".repeat(1 << 20) + '"');
    assertJson(400, '"' + "a".repeat((1 << 20) + 100_000) + '"');
    assertJson(400, "{\"" + "a".repeat(100_000) + "\":1}");
    assertJson(200, "[0" + ",0".repeat(199_000) + "]");
    assertJson(400, "[0" + ",0".repeat(200_000) + "]");
  }

  @Test
  void shouldReadABodyAsItsTypeSays() {
    assertInstanceOf(JsonNode.class, body("application/json; x=1", "{}").bodyAuto());
    assertEquals("a", body("text/html", "a").bodyAuto());
    assertEquals("a", body("TEXT/plain", "a").bodyAuto());
    assertArrayEquals("a".getBytes(UTF_8), (byte[]) body("image/png", "a").bodyAuto());
  }

  @Test
  void shouldReadForms() {
    Form form = body(FORM, "a=1&b=x+y%26&a=2&c&d=ä ö&=e").form();

    assertEquals("2", form.get("a"));
    assertEquals(List.of("1", "2"), form.all("a"));
    assertEquals("x y&", form.get("b"));
    assertEquals("", form.get("c"));
    assertEquals("ä ö", form.get("d"));
    assertEquals(List.of("a", "b", "c", "d"), List.copyOf(form.names()));
  }

  @Test
  void shouldRefuseFormsThatAreNone() {
    assertEquals(400, refusal(body(FORM, "a=%"), Request::form).status());
    assertEquals(400, refusal(body(FORM, "%FF=1"), Request::form).status());
    assertEquals(400, refusal(body(FORM, "\u00e4".getBytes(ISO_8859_1)), Request::form).status());
    assertEquals(415, refusal(body("text/plain", "a=1"), Request::form).status());
    assertEquals(1000, body(FORM, numbered(1000)).form().names().size());
    assertEquals(400, refusal(body(FORM, numbered(1001)), Request::form).status());
    assertEquals(400, refusal(body(FORM, "&".repeat(1 << 20)), Request::form).status());
  }

  @Test
  void shouldAnswerWith400WhenAHandlerCanNotReadTheBody() {
    Router router = new Router();
    router.post("/", request -> Response.json(request.bodyJson(Point.class)));

    Response response = router.answer(json("{")).response();

    assertEquals(400, response.status());
  }

  private static String numbered(int count) {
    StringBuilder form = new StringBuilder("f0");
    for (int i = 1; i < count; i++) {
      form.append("&f").append(i).append("=1");
    }
    return form.toString();
  }

  private static void assertJson(int status, String text) {
    Router router = new Router();
    router.post("/", request -> Response.json(request.bodyJson(JsonNode.class).size()));
    assertEquals(status, router.answer(json(text)).response().status());
  }

  private static HttpException refusal(Request request, Function<Request, ?> reader) {
    return assertThrows(HttpException.class, () -> reader.apply(request));
  }

  private static Request json(String text) {
    return body("application/json", text);
  }

  private static Request body(String type, String text) {
    return body(type, text.getBytes(UTF_8));
  }

  private static Request body(String type, byte[] bytes) {
    return Ask.with("POST", "/", Headers.none().add("Content-Type", type), bytes);
  }
}
