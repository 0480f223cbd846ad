// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.gateway.http.Body;
import io.lichen.gateway.http.Headers;
import io.lichen.gateway.http.Request;
import io.lichen.gateway.http.Response;
import io.lichen.gateway.http.Router;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageRoutesTest {
  private static final InetSocketAddress SOMEBODY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
  private static final Pattern ELSEWHERE =
      Pattern.compile("(?:https?:)?//[a-z0-9.]+\\.[a-z]{2,}", Pattern.CASE_INSENSITIVE);
  private static final Pattern INLINE = Pattern.compile("<script>|<style| style=| on[a-z]+=\"");

  private final PageRoutes routes = new PageRoutes();
  private final Router router = new Router();

  PageRoutesTest() {
    routes.addTo(router);
  }

  @Test
  void shouldServeEveryFileOfTheFolder() throws IOException, URISyntaxException {
    List<Path> files = files();
    assertTrue(files.size() > 20, files::toString);
    for (Path file : files) {
      Response response = get("/dashboard/" + file.getFileName(), Headers.none());
      assertEquals(200, response.status(), file.toString());
      assertEquals(Files.readString(file), text(response));
      assertNotEquals("application/octet-stream", response.headers().get("Content-Type"));
    }
  }

  @Test
  void shouldServeThePageInGzipToThoseWhoTakeIt() throws IOException {
    Response plain = get("/", Headers.none());
    Response packed = get("/", Headers.none().add("Accept-Encoding", "br, gzip"));

    assertEquals("gzip", packed.headers().get("Content-Encoding"));
    byte[] bytes = assertInstanceOf(Body.Bytes.class, packed.body()).bytes();
    assertTrue(2 * bytes.length < text(plain).length(), "it has " + bytes.length + " bytes");
    byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
    assertEquals(text(plain), new String(unpacked, UTF_8));
    assertTrue(packed.headers().has("Content-Security-Policy"));
  }

  @Test
  void shouldServeThePageAtTheRootUnderAStrictPolicy() {
    Response page = get("/", Headers.none());

    assertEquals(200, page.status());
    assertEquals("text/html; charset=utf-8", page.headers().get("Content-Type"));
    String policy =
        Objects.requireNonNull(page.headers().get("Content-Security-Policy"), "a policy");
    assertTrue(policy.startsWith("default-src 'none'"), policy);
    assertFalse(policy.contains("unsafe"), policy);
    assertTrue(text(page).contains("<h1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"base.css", "main.js", "icon.svg"})
  void shouldServeItsPartsWithTheirTypes(String name) {
    String type = get("/dashboard/" + name, Headers.none()).headers().get("Content-Type");
    assertTrue(
        type != null && type.matches("text/(css|javascript); charset=utf-8|image/svg.xml"), type);
  }

  @Test
  void shouldSayWhenTheBrowserHasAFileAlready() {
    String tag = Objects.requireNonNull(get("/", Headers.none()).headers().get("ETag"));

    assertEquals(304, get("/", Headers.none().add("If-None-Match", tag)).status());
    assertEquals(200, get("/", Headers.none().add("If-None-Match", "\"other\"")).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/dashboard/none.js", "/dashboard/..%2Findex.html", "/dashboard/PageFile.class"})
  void shouldServeNothingElse(String target) {
    assertEquals(404, get(target, Headers.none()).status());
  }

  @Test
  void shouldNeedNoTokenForItselfAlone() {
    assertTrue(routes.isPublic("/"));
    assertTrue(routes.isPublic("/dashboard/main.js"));
    assertFalse(routes.isPublic("/v1/info"));
  }

  @Test
  void shouldNameNothingElsewhereAndHoldNothingInline() throws IOException, URISyntaxException {
    for (Path file : files()) {
      String text = Files.readString(file).replace("http://www.w3.org/2000/svg", "");
      assertFalse(ELSEWHERE.matcher(text).find(), file::toString);
      boolean isPage = file.toString().endsWith(".html");
      assertFalse(isPage && INLINE.matcher(text).find(), file::toString);
    }
  }

  private static List<Path> files() throws IOException, URISyntaxException {
    URL page =
        Objects.requireNonNull(
            PageRoutesTest.class.getResource("/io/lichen/gateway/dashboard/index.html"));
    try (Stream<Path> files = Files.list(Path.of(page.toURI()).resolveSibling(""))) {
      return files.toList();
    }
  }

  private Response get(String target, Headers headers) {
    return router.answer(Request.of("GET", target, headers, new byte[0], SOMEBODY)).response();
  }

  private static String text(Response response) {
    return new String(assertInstanceOf(Body.Bytes.class, response.body()).bytes(), UTF_8);
  }
}
