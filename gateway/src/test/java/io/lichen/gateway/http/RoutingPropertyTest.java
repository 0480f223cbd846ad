// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.gateway.http.body.CookiePairs;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Random routes against a simple reference, and random bytes against everything. */
class RoutingPropertyTest {
  private static final int INPUTS =
      "full".equals(System.getProperty("lichen.suite")) ? 1_000_000 : 100_000;

  /** Characters that mean something to somebody. */
  private static final String ALPHABET = "/:*%?#&=+;,.\\\"' \t\r\n\0aA0-_~^<>{}|\u007f\u00e4\u2713";

  @Property(tries = 5000)
  void shouldRouteLikeTheReference(
      @ForAll("patterns") List<String> patterns, @ForAll("paths") String path) {
    Router router = new Router();
    patterns.forEach(
        pattern ->
            router.get(pattern, request -> Response.text(request.route() + values(request))));

    Answer answer = router.answer(Ask.get(path));

    String expected = ReferenceRoutes.answer(patterns, path);
    String given = answer.response().status() == 404 ? "none" : Ask.text(answer.response());
    assertEquals(expected, given);
  }

  private static String values(Request request) {
    StringBuilder values = new StringBuilder();
    for (String name : List.of("p", "q", "_")) {
      if (request.route().matches(name.equals("_") ? ".*\\*.*" : ".*:" + name + ".*")) {
        values.append(' ').append(name).append('=').append(request.param(name));
      }
    }
    return values.toString();
  }

  @Provide
  Arbitrary<List<String>> patterns() {
    Arbitrary<String> segments = Arbitraries.of("a", "b", "", ":p", ":q", "*", "**");
    return segments
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .filter(parts -> parts.stream().filter(part -> part.startsWith("*")).count() < 2)
        .filter(parts -> count(parts, ":p") < 2 && count(parts, ":q") < 2)
        .map(parts -> "/" + String.join("/", parts))
        .list()
        .uniqueElements()
        .ofMinSize(1)
        .ofMaxSize(6);
  }

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.of("a", "b", "", "c")
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(parts -> "/" + String.join("/", parts));
  }

  private static long count(List<String> parts, String wanted) {
    return parts.stream().filter(wanted::equals).count();
  }

  @Test
  void shouldAnswerAnyTargetAndHeader() {
    Router router = new Router();
    router.use("/a", (request, next) -> next.handle(request));
    router.use(Cors.of("https://a.example"));
    router.get("/a/:x", request -> Response.text("" + request.query().names() + request.cookies()));
    router.get("/**", request -> Response.text(request.param("_") + request.cookie("a")));
    router.webSocket("/a/**", (peer, message) -> {});
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < INPUTS; i++) {
      String target = (random.nextInt(8) == 0 ? "" : "/") + text(random);
      Headers headers = Headers.none().add("Cookie", text(random)).add(text(random), text(random));
      headers = headers.add("Origin", text(random)).add("Range", "bytes=" + text(random));
      int status =
          router.answer(Ask.with(method(random), target, headers, new byte[0])).response().status();
      assertTrue(
          List.of(200, 204, 400, 404, 405).contains(status), () -> status + ", seed " + seed);
    }
  }

  @Test
  void shouldReadAnyBody() {
    List<String> types =
        List.of("application/json", "text/plain", "application/x-www-form-urlencoded", "x");
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < INPUTS / 4; i++) {
      Headers headers = Headers.none();
      headers = headers.add("Content-Type", types.get(random.nextInt(4)) + text(random));
      byte[] body = text(random).getBytes(StandardCharsets.UTF_8);
      Request request = Ask.with("POST", "/", headers, Arrays.copyOf(body, body.length / 2));
      for (Handler reader : readers()) {
        assertReadsOrRefuses(reader, request, seed);
      }
      CookiePairs.parse(text(random));
    }
  }

  private static List<Handler> readers() {
    return List.of(
        request -> Response.text("" + request.bodyAuto()),
        request -> Response.text("" + request.form().names()),
        request -> Response.text("" + request.multipart().size()));
  }

  private static void assertReadsOrRefuses(Handler reader, Request request, long seed) {
    try {
      reader.handle(request);
    } catch (BodyException refused) {
      assertTrue(List.of(400, 415).contains(refused.status()), () -> "seed " + seed);
    } catch (Exception e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  private static String method(Random random) {
    return List.of("GET", "HEAD", "POST", "OPTIONS", "*").get(random.nextInt(5));
  }

  private static String text(Random random) {
    int[] chars =
        IntStream.range(0, random.nextInt(24))
            .map(i -> ALPHABET.charAt(random.nextInt(ALPHABET.length())))
            .toArray();
    return new String(chars, 0, chars.length);
  }
}
