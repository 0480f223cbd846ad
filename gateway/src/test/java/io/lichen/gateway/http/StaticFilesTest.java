// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // JUnit sets the folder and calls makeFiles first.
class StaticFilesTest {
  private static final String SECRET = "secret";
  private static final String MODIFIED = "Fri, 02 Jan 2026 03:04:05 GMT";
  private static final String ETAG = "W/\"a-19b7ca9900a\"";

  @TempDir Path temp;
  private final Router router = new Router();

  @BeforeEach
  void makeFiles() throws IOException {
    Path root = Files.createDirectories(temp.resolve("root"));
    write(temp.resolve("outside.txt"), SECRET);
    write(temp.resolve("root2/a.txt"), SECRET);
    write(root.resolve(".hidden"), SECRET);
    write(root.resolve(".git/config"), SECRET);
    write(root.resolve("a.txt"), "0123456789");
    write(root.resolve("index.html"), "<p>root");
    write(root.resolve("docs/index.html"), "<p>docs");
    write(root.resolve("docs/a b.svg"), "<svg>");
    write(root.resolve("bare/file"), "x");
    Instant modified = Instant.parse("2026-01-02T03:04:05.898Z");
    Files.setLastModifiedTime(root.resolve("a.txt"), FileTime.from(modified));
    Files.createSymbolicLink(root.resolve("inside.txt"), Path.of("a.txt"));
    Files.createSymbolicLink(root.resolve("out.txt"), Path.of("../outside.txt"));
    Files.createSymbolicLink(root.resolve("out"), temp.resolve("root2"));
    Files.createSymbolicLink(root.resolve("shown"), Path.of(".git"));
    Files.createSymbolicLink(root.resolve("circle"), Path.of("circle"));
    router.get("/s/**", StaticFiles.directory(root));
  }

  @Test
  void shouldServeFilesWithTheirType() {
    assertEquals("<p>root", text(get("/s/")));
    assertEquals("<p>docs", text(get("/s/docs/")));
    assertEquals("text/html; charset=utf-8", get("/s/docs/").headers().get("Content-Type"));
    assertEquals("text/plain; charset=utf-8", get("/s/a.txt").headers().get("Content-Type"));
    assertEquals("image/svg+xml", get("/s/docs/a%20b.svg").headers().get("Content-Type"));
    assertEquals("application/octet-stream", get("/s/bare/file").headers().get("Content-Type"));
    assertEquals("nosniff", get("/s/a.txt").headers().get("X-Content-Type-Options"));
    assertEquals("no-cache", get("/s/a.txt").headers().get("Cache-Control"));
    assertEquals("0123456789", text(get("/s/inside.txt")));
  }

  @Test
  void shouldSendBrowsersToTheFolderOfAnIndex() {
    Response response = get("/s/docs");

    assertEquals(308, response.status());
    assertEquals("/s/docs/", response.headers().get("Location"));
    assertEquals(404, get("/s/bare").status());
    assertEquals(404, get("/s/bare/").status());
  }

  @Test
  void shouldSayWhatAFileIsWithoutSendingIt() {
    Response head = router.answer(Ask.request("HEAD", "/s/a.txt")).response();

    assertEquals(10, assertInstanceOf(Body.FileRegion.class, head.body()).length());
    Response posted = router.answer(Ask.request("POST", "/s/a.txt")).response();
    assertEquals(405, posted.status());
    assertEquals("GET, HEAD, OPTIONS", posted.headers().get("Allow"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/s/../outside.txt",
        "/s/%2e%2e/outside.txt",
        "/s/%2e%2e%2foutside.txt",
        "/s/..%2Foutside.txt",
        "/s/docs/../a.txt",
        "/s/docs/%2e%2e/%2e%2e/outside.txt",
        "/s/docs%2Findex.html",
        "/s/..\\outside.txt",
        "/s/..%5coutside.txt",
        "/s/docs%5cindex.html",
        "/s/./a.txt",
        "/s//a.txt",
        "/s/docs//index.html",
        "/s//",
        "/s/.hidden",
        "/s/%2ehidden",
        "/s/.git/config",
        "/s/shown/config",
        "/s/out.txt",
        "/s/out/a.txt",
        "/s/circle",
        "/s/a.txt/",
        "/s/a.txt/b",
        "/s/a.txt.",
        "/s/a.txt%20",
        "/s/a.txt::$DATA",
        "/s/C:/a.txt",
        "/s/NUL",
        "/s/con.txt",
        "/s/docs/Com1",
        "/s/A.TXT",
        "/s/none",
        "/s/%0a",
        "/s//etc/passwd",
        "/s/%2fetc/passwd",
        "/s/..;/outside.txt",
        "/s/%252e%252e/outside.txt",
        "/s/root2/a.txt"
      })
  void shouldNotBeLedAstray(String target) {
    assertEquals(404, get(target).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/s/%00", "/s/a.txt%00.html", "/s/%c0%ae%c0%ae/outside.txt", "/s/%u002e"})
  void shouldNotEvenReadSuchTargets(String target) {
    assertEquals(400, get(target).status());
  }

  @Test
  void shouldRefuseNamesThatAreTooLong() {
    assertEquals(404, get("/s/" + "a".repeat(5000)).status());
    assertEquals(404, get("/s" + "/a".repeat(5000)).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {ETAG, "\"a-19b7ca9900a\"", "\"x\", " + ETAG, "*"})
  void shouldNotSendWhatTheClientHas(String tag) {
    Response response = get("/s/a.txt", "If-None-Match", tag);

    assertEquals(304, response.status());
    assertInstanceOf(Body.Empty.class, response.body());
    assertEquals(ETAG, response.headers().get("ETag"));
    assertEquals(MODIFIED, response.headers().get("Last-Modified"));
  }

  @Test
  void shouldSendWhatHasChanged() {
    assertEquals(200, get("/s/a.txt", "If-None-Match", "\"x\"").status());
    assertEquals(304, get("/s/a.txt", "If-Modified-Since", MODIFIED).status());
    String before = MODIFIED.replace("05 GMT", "04 GMT");
    assertEquals(200, get("/s/a.txt", "If-Modified-Since", before).status());
    assertEquals(200, get("/s/a.txt", "If-Modified-Since", "yesterday").status());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=0-3 | 0123 | bytes 0-3/10",
        "bytes=7- | 789 | bytes 7-9/10",
        "bytes=-4 | 6789 | bytes 6-9/10",
        "bytes=5-100 | 56789 | bytes 5-9/10",
        "bytes=-100 | 0123456789 | bytes 0-9/10",
        "bytes=0-0 | 0 | bytes 0-0/10"
      })
  void shouldSendTheOnePieceThatIsAskedFor(String range, String piece, String answer) {
    Response response = get("/s/a.txt", "Range", range);

    assertEquals(206, response.status());
    assertEquals(piece, text(response));
    assertEquals(answer, response.headers().get("Content-Range"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=0-1,3-4",
        "bytes=3-1",
        "bytes=-",
        "bytes=a-b",
        "lines=1-2",
        "bytes=0",
        "bytes=--1",
        "bytes=0-99999999999999999999999"
      })
  void shouldSendTheWholeForRangesItDoesNotKnow(String range) {
    assertEquals(200, get("/s/a.txt", "Range", range).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=-0", "bytes=999999999999999999-"})
  void shouldSayThatARangeIsBehindTheEnd(String range) {
    Response response = get("/s/a.txt", "Range", range);

    assertEquals(416, response.status());
    assertEquals("bytes */10", response.headers().get("Content-Range"));
  }

  @Test
  void shouldSendTheWholeWhenTheRangeIsOfAnotherFile() {
    Headers range = Headers.none().add("Range", "bytes=0-1");
    assertEquals(206, get("/s/a.txt", range.add("If-Range", MODIFIED)).status());
    assertEquals(200, get("/s/a.txt", range.add("If-Range", ETAG)).status());
    assertEquals(200, get("/s/a.txt", range.add("If-Range", "\"x\"")).status());
    String later = MODIFIED.replace("05 GMT", "06 GMT");
    assertEquals(200, get("/s/a.txt", range.add("If-Range", later)).status());
  }

  @Test
  void shouldServeResourcesOfFoldersAndJars() {
    Router resources =
        new Router()
            .get("/own/**", StaticFiles.resources(getClass(), "/io/lichen/gateway/http"))
            .get("/jar/**", StaticFiles.resources(Test.class, "/org/junit/jupiter"));

    Response own = resources.answer(Ask.get("/own/StaticFilesTest.class")).response();
    assertEquals(200, own.status());
    Response jar = resources.answer(Ask.get("/jar/api/Test.class")).response();
    byte[] bytes = assertInstanceOf(Body.Bytes.class, jar.body()).bytes();
    assertArrayEquals(new byte[] {(byte) 0xCA, (byte) 0xFE}, new byte[] {bytes[0], bytes[1]});
    assertNull(jar.headers().get("Last-Modified"));
    Headers known = Headers.none().add("If-None-Match", "" + jar.headers().get("ETag"));
    Request again = Ask.with("GET", "/jar/api/Test.class", known, new byte[0]);
    assertEquals(304, resources.answer(again).response().status());
    for (String none : new String[] {"/own/route", "/own/", "/own/none", "/jar/api", "/jar/api/"}) {
      assertEquals(404, resources.answer(Ask.get(none)).response().status(), none);
    }
  }

  @Test
  void shouldSendResourcesInGzipToThoseWhoTakeIt() throws IOException {
    Response plain = page("Accept", "*/*");
    Response packed = page("Accept-Encoding", "deflate, GZIP;q=0.5");

    assertEquals("gzip", packed.headers().get("Content-Encoding"));
    assertEquals("text/css; charset=utf-8", packed.headers().get("Content-Type"));
    byte[] bytes = assertInstanceOf(Body.Bytes.class, packed.body()).bytes();
    byte[] whole = assertInstanceOf(Body.Bytes.class, plain.body()).bytes();
    assertTrue(bytes.length < whole.length);
    assertArrayEquals(whole, new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes());
    for (Response response : List.of(plain, packed)) {
      assertEquals("Accept-Encoding", response.headers().get("Vary"));
    }
    String plainTag = String.valueOf(plain.headers().get("ETag"));
    String packedTag = String.valueOf(packed.headers().get("ETag"));
    assertNotEquals(plainTag, packedTag);
    assertEquals(304, page("Accept-Encoding", "gzip", "If-None-Match", packedTag).status());
    assertEquals(200, page("Accept-Encoding", "gzip", "If-None-Match", plainTag).status());
    Response known = page("If-None-Match", plainTag);
    assertEquals(304, known.status());
    assertEquals("Accept-Encoding", known.headers().get("Vary"));
    Response piece = page("Accept-Encoding", "gzip", "Range", "bytes=0-1");
    assertEquals(206, piece.status(), "a piece is one of the file as it is");
    assertEquals(plainTag, piece.headers().get("ETag"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip | true",
        "br;q=1.0, gzip;q=0.001 | true",
        "* | true",
        "*;q=0.1, identity;q=0 | true",
        "'' | false",
        "identity | false",
        "gzip;q=0 | false",
        "gzip; q=0.000, * | false",
        "*;q=0 | false",
        "xgzip, gzipped, br | false",
      })
  void shouldSendGzipToNoOther(String accepted, boolean packed) {
    assertEquals(packed, page("Accept-Encoding", accepted).headers().has("Content-Encoding"));
  }

  /** A page of the dashboard, asked for with these headers. */
  private static Response page(String... headers) {
    Headers all = Headers.none();
    for (int i = 0; i < headers.length; i += 2) {
      all = all.add(headers[i], headers[i + 1]);
    }
    Handler files = StaticFiles.resources(StaticFiles.class, "/io/lichen/gateway/dashboard");
    Router router = new Router().get("/**", files);
    return router.answer(Ask.with("GET", "/layout.css", all, new byte[0])).response();
  }

  @Test
  void shouldRefuseFoldersThatAreNone() {
    Path none = temp.resolve("none");
    assertThrows(IllegalArgumentException.class, () -> StaticFiles.directory(none));
    Path file = temp.resolve("outside.txt");
    assertThrows(IllegalArgumentException.class, () -> StaticFiles.directory(file));
    assertThrows(IllegalArgumentException.class, () -> StaticFiles.resources(getClass(), "a/"));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Response get(String target) {
    return get(target, Headers.none());
  }

  private Response get(String target, String name, String value) {
    return get(target, Headers.none().add(name, value));
  }

  private Response get(String target, Headers headers) {
    return router.answer(Ask.with("GET", target, headers, new byte[0])).response();
  }

  private static String text(Response response) {
    Body.FileRegion region = assertInstanceOf(Body.FileRegion.class, response.body());
    byte[] bytes = new byte[(int) region.length()];
    try (RandomAccessFile file = new RandomAccessFile(region.file().toFile(), "r")) {
      file.seek(region.offset());
      file.readFully(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new String(bytes, UTF_8);
  }
}
