// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.core.net.NetNode;
import io.lichen.gateway.api.EventReader.Event;
import io.lichen.redex.RedexException;
import io.lichen.redex.RedexFile;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** M21: logs over real sockets. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // JUnit sets them.
class LogRoutesTest {
  private static final String LOG = "/v1/redex/lab%2Fmetrics";
  private static final long SOON_MS = 100;

  @TempDir Path directory;
  private NetNode node;
  private Gateway gateway;
  private ApiClient client;

  @BeforeEach
  void open() {
    node = NetNode.builder().psk(new byte[32]).build();
    gateway = Gateway.builder().net(node).redex(directory.resolve("logs")).start();
    client = new ApiClient(gateway);
  }

  @AfterEach
  void close() {
    close(gateway);
    node.close();
  }

  private void close(Gateway old) {
    client.close();
    old.close();
  }

  private void append(String log, String payload, long seq) {
    HttpResponse<String> answer = client.post(log + "/events", payload);
    assertEquals(201, answer.statusCode(), answer.body());
    assertEquals("{\"seq\":" + seq + "}", answer.body());
  }

  private void makeWithFive() {
    assertEquals(201, client.put(LOG, "").statusCode());
    for (int i = 0; i < 5; i++) {
      append(LOG, "r" + i, i);
    }
  }

  @Test
  void shouldMakeAppendAndReadARange() {
    makeWithFive();
    assertEquals(200, client.put(LOG, "").statusCode());
    assertEquals(
        "{\"name\":\"lab/metrics\",\"len\":5,\"next_seq\":5}", client.json(LOG).toString());
    JsonNode range = client.json(LOG + "/events?start=1&end=3");
    assertEquals(2, range.size());
    assertEquals(1, range.get(0).get("seq").asLong());
    assertEquals("7231", range.get(0).get("payload_hex").asText());
    assertEquals("7232", range.get(1).get("payload_hex").asText());
    List<String> names = new ArrayList<>();
    range.get(0).fieldNames().forEachRemaining(names::add);
    assertEquals(List.of("seq", "payload_hex", "checksum", "is_inline"), names);
    assertEquals(5, client.json(LOG + "/events").size());
    assertEquals(
        "{\"files\":[{\"name\":\"lab/metrics\",\"len\":5}]}", client.json("/v1/redex").toString());
  }

  @Test
  void shouldSendHistoryThenWhatIsLiveAndGoOnBehindTheLastEvent() throws IOException {
    makeWithFive();
    try (EventReader tail = client.events(LOG + "/tail?from=0")) {
      for (int i = 0; i < 5; i++) {
        assertSeq(i, Objects.requireNonNull(tail.next()));
      }
      assertSoon(LOG, tail, 5);
    }
    try (EventReader tail = client.events(LOG + "/tail?from=0", "Last-Event-ID", "3")) {
      assertSeq(4, Objects.requireNonNull(tail.next()));
    }
    try (EventReader tail = client.events(LOG + "/tail")) {
      assertSeq(0, Objects.requireNonNull(tail.next()));
    }
  }

  private static void assertSeq(long seq, Event event) {
    assertEquals("redex", event.name());
    assertEquals(Long.toString(seq), event.id());
    assertTrue(event.data().startsWith("{\"seq\":" + seq + ",\"payload_hex\":\""), event.data());
  }

  /** Of several appends the quickest counts: this machine may be busy, the gateway is not. */
  private void assertSoon(String log, EventReader tail, long from) throws IOException {
    long bestNs = Long.MAX_VALUE;
    for (long seq = from; seq < from + 20; seq++) {
      long begunNs = System.nanoTime();
      append(log, "live", seq);
      assertSeq(seq, Objects.requireNonNull(tail.next()));
      bestNs = Math.min(bestNs, System.nanoTime() - begunNs);
    }
    assertTrue(bestNs < TimeUnit.MILLISECONDS.toNanos(SOON_MS), bestNs + " ns");
  }

  @Test
  void shouldHaveNeitherGapNorCopyWhereHistoryMeetsWhatIsLive() {
    RedexFile file = openAtNode("busy", "{}");
    int count = 3000;
    List<CompletableFuture<List<Long>>> tails = new ArrayList<>();
    List<TextListener> sockets = new ArrayList<>();
    for (int seq = 0; seq < count; seq++) {
      file.append(new byte[3]);
      if (seq % 1000 == 500) {
        tails.add(CompletableFuture.supplyAsync(() -> read("/v1/redex/busy/tail", count)));
        TextListener socket = new TextListener();
        var unused = client.webSocket("/v1/redex/busy/tail", socket);
        sockets.add(socket);
      }
    }
    List<Long> all = LongStream.range(0, count).boxed().toList();
    tails.forEach(tail -> assertEquals(all, tail.join()));
    sockets.forEach(socket -> assertEquals(all, seqs(socket.await(count))));
  }

  private static List<Long> seqs(List<String> records) {
    return records.stream().map(r -> ApiClient.parse(r).get("seq").asLong()).toList();
  }

  private List<Long> read(String path, int count) {
    List<Long> seqs = new ArrayList<>();
    try (EventReader tail = client.events(path)) {
      while (seqs.size() < count) {
        seqs.add(Long.valueOf(Objects.requireNonNull(tail.next()).id()));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return seqs;
  }

  /** From now on the gateway shows the node's logs, which the test can evict from and close. */
  private RedexFile openAtNode(String name, String config) {
    close(gateway);
    gateway = Gateway.builder().net(node).start();
    client = new ApiClient(gateway);
    return node.logs().open(name, config);
  }

  @Test
  void shouldTellOfRecordsThatWereEvictedUnread() throws IOException {
    RedexFile file = openAtNode("short", "{\"retention_max_events\":2}");
    for (int i = 0; i < 5; i++) {
      append("/v1/redex/short", "x", i);
    }
    file.sweepRetention();
    try (EventReader tail = client.events("/v1/redex/short/tail?from=1")) {
      assertEquals(new Event("2", "gap", "{\"from\":1,\"to\":3}"), tail.next());
      assertSeq(3, Objects.requireNonNull(tail.next()));
    }
    try (EventReader tail = client.events("/v1/redex/short/tail")) {
      assertSeq(3, Objects.requireNonNull(tail.next()));
    }
    TextListener socket = new TextListener();
    var unused = client.webSocket("/v1/redex/short/tail?from=1", socket);
    assertEquals("{\"gap\":{\"from\":1,\"to\":3}}", socket.await(1).getFirst());
  }

  @Test
  void shouldEndTailsWhenTheLogIsClosed() throws IOException {
    RedexFile file = openAtNode("over", "{}");
    append("/v1/redex/over", "last", 0);
    TextListener socket = new TextListener();
    var unused = client.webSocket("/v1/redex/over/tail?from=0", socket);
    try (EventReader tail = client.events("/v1/redex/over/tail?from=0")) {
      assertSeq(0, Objects.requireNonNull(tail.next()));
      file.close();
      assertEquals(new Event("", "end", "{}"), tail.next());
      assertNull(tail.next());
    }
    assertEquals(1000, socket.closed().join());
    assertEquals(1, socket.await(1).size());
    HttpResponse<String> late = client.post("/v1/redex/over/events", "x");
    assertEquals(409, late.statusCode());
    assertEquals(-103, ApiClient.json(late).at("/error/code").asInt());
    assertEquals(1, client.json("/v1/redex/over/events").size());
  }

  @Test
  void shouldNotSayThatALogHasEndedWhenTheGatewayDoes() throws IOException {
    makeWithFive();
    TextListener socket = new TextListener();
    var unused = client.webSocket(LOG + "/tail?from=4", socket);
    assertEquals(1, socket.await(1).size());
    try (EventReader tail = client.events(LOG + "/tail?from=4")) {
      assertSeq(4, Objects.requireNonNull(tail.next()));
      gateway.close();
      assertNull(tail.next());
    }
    assertEquals(1001, socket.closed().join());
  }

  @Test
  void shouldNotStartOnADirectoryThatIsInUse() {
    GatewayBuilder second = Gateway.builder().redex(directory.resolve("logs"));
    assertThrows(RedexException.class, second::start);
  }

  @Test
  void shouldFindAgainOnDiskWhatAnEarlierGatewayKept() {
    makeWithFive();
    close(gateway);
    gateway = Gateway.builder().redex(directory.resolve("logs")).start();
    client = new ApiClient(gateway);
    assertEquals(
        "{\"files\":[{\"name\":\"lab/metrics\",\"len\":null}]}",
        client.json("/v1/redex").toString());
    append(LOG, "r5", 5);
    assertEquals(6, client.json(LOG).get("len").asInt());
    assertEquals(200, client.put(LOG, "").statusCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..%2Fout",
        "a%2F..%2F..%2Fout",
        "%2e%2e",
        ".",
        "%2Ftmp%2Fout",
        "a%2F%2Fb",
        "a%5C..%5Cb",
        "A",
        "a%00b",
        "%2E%2E%2F%2E%2E%2Fout",
        "manifest",
        "a%2Fv0000000001"
      })
  void shouldKeepToItsDirectoryWhateverTheName(String name) throws IOException {
    List<Path> before = listed();
    for (HttpResponse<String> answer :
        List.of(
            client.put("/v1/redex/" + name, ""),
            client.post("/v1/redex/" + name + "/events", "x"),
            client.get("/v1/redex/" + name),
            client.get("/v1/redex/" + name + "/tail"))) {
      assertTrue(
          answer.statusCode() == 400 || answer.statusCode() == 404,
          () -> answer.statusCode() + " " + answer.body());
    }
    assertEquals(before, listed());
  }

  private List<Path> listed() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.sorted().toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/redex/none, 404",
    "GET, /v1/redex/none/tail, 404",
    "POST, /v1/redex/none/events, 404",
    "GET, /v1/redex/none/events, 404",
    "GET, /v1/redex/lab%2Fmetrics/events?start=x, 400",
    "GET, /v1/redex/lab%2Fmetrics/events?start=-1, 400",
    "GET, /v1/redex/lab%2Fmetrics/events?start=0&end=1001, 400",
    "GET, /v1/redex/lab%2Fmetrics/events?start=3&end=1, 400",
    "GET, /v1/redex/lab%2Fmetrics/events?start=18446744073709551616, 400",
    "GET, /v1/redex/lab%2Fmetrics/tail?from=99999999999999999999, 400",
  })
  void shouldRefuseWhatIsNotThereAndWhatIsNoNumber(String method, String path, int status) {
    client.put(LOG, "");
    HttpResponse<String> answer = client.send(method, path, new byte[0]);
    assertEquals(status, answer.statusCode(), answer.body());
    assertFalse(ApiClient.json(answer).at("/error/message").asText().isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{; 400; -3",
        "{\"persistent\":7}; 400; -3",
        "{\"fsync_every_n\":1,\"fsync_interval_ms\":1}; 409; -103",
        "{\"replication\":{}}; 409; -103",
      })
  void shouldRefuseBadConfigurations(String config, int status, int code) {
    HttpResponse<String> answer = client.put("/v1/redex/new", config);
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals(code, ApiClient.json(answer).at("/error/code").asInt());
    assertEquals(404, client.get("/v1/redex/new").statusCode());
  }

  @Test
  void shouldSayWhyByTheCloseCodeOfATailOverWebSocket() {
    TextListener none = new TextListener();
    var unused = client.webSocket("/v1/redex/none/tail", none);
    assertEquals(4404, none.closed().join());
    client.put(LOG, "");
    TextListener bad = new TextListener();
    unused = client.webSocket(LOG + "/tail?from=x", bad);
    assertEquals(4400, bad.closed().join());
  }
}
