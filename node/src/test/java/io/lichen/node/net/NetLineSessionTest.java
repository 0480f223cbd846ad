// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.net.NetError;
import io.lichen.core.net.NetException;
import io.lichen.core.net.NetNat;
import io.lichen.core.net.NetStats;
import io.lichen.core.net.PublishReport;
import io.lichen.core.net.TraversalStats;
import io.lichen.nat.path.Openness;
import io.lichen.node.lines.LineObject;
import io.lichen.node.lines.LineOutput;
import io.lichen.node.lines.LineReader;
import io.lichen.transport.net.SendVerdict;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetLineSessionTest {
  private static final String LARGEST = "18446744073709551615";

  private final List<String> calls = new ArrayList<>();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @Test
  void shouldReplyInTheOrderOfTheOperationsWithTheirIds() throws IOException {
    run(
        """
        {"op":"start","id":1}
        {"op":"publish","channel":"c","data":"AQI=","id":"two"}

        {"op":"find","filter":{"require_tags":["x"]},"id":[3]}
        {"op":"stats"}
        """);
    assertEquals(
        """
        {"type":"reply","op":"start","code":0,"id":1}
        {"type":"reply","op":"publish","code":0,"report":{"attempted":2,"delivered":1,\
        "errors":[{"nodeId":"%s","message":"full"}]},"id":"two"}
        {"type":"reply","op":"find","code":0,"nodes":["7","%s"],"id":[3]}
        {"type":"reply","op":"stats","code":0,"stats":{"peers":1,"eventsReceived":2,\
        "eventsDelivered":3,"eventsDropped":4,"counters":{"a":5}}}
        """
            .formatted(LARGEST, LARGEST),
        said.toString(UTF_8));
  }

  @Test
  void shouldPassOnWhatEveryOperationSays() throws IOException {
    run(
        """
        {"op":"connect","address":"127.0.0.1:9","publicKey":"0a0b","nodeId":"5"}
        {"op":"connect","relay":"6","address":"127.0.0.1:9","publicKey":"0a0b","nodeId":"5"}
        {"op":"channel","name":"c","config":{"reliable":true}}
        {"op":"subscribe","publisher":"5","channel":"c","token":"ff"}
        {"op":"unsubscribe","publisher":"5","channel":"c"}
        {"op":"openStream","peer":"5","stream":"%s","reliability":"reliable","windowBytes":9}
        {"op":"openStream","peer":"5","stream":"8"}
        {"op":"send","peer":"5","stream":"8","events":["AQI=",""]}
        {"op":"announce","capabilities":{"tags":[]}}
        """
            .formatted(LARGEST));
    assertEquals(
        List.of(
            "connect /127.0.0.1:9 0a0b 5",
            "connectVia /127.0.0.1:9 0a0b 5",
            "channel c {\"reliable\":true}",
            "subscribe 5 c ff null",
            "unsubscribe 5 c",
            "openStream 5 -1 true 9",
            "openStream 5 8 false 65536",
            "send 5 8 [0102, ]",
            "announce {\"tags\":[]}"),
        calls);
  }

  @Test
  void shouldSayWhatTheNodeIsBehindAndReachOthersThroughIt() throws IOException {
    run(
        """
        {"op":"natType"}
        {"op":"natType","nodeId":"5"}
        {"op":"probeReflex","nodeId":"5"}
        {"op":"reflexOverride","address":"192.0.2.7:9"}
        {"op":"reflexOverride"}
        {"op":"connectDirect","publicKey":"0a0b","nodeId":"5","coordinator":"6"}
        {"op":"traversalStats"}
        """);
    List<String> lines = said.toString(UTF_8).lines().toList();
    assertTrue(
        lines.get(0).endsWith("\"natType\":\"cone\",\"reflexAddress\":\"192.0.2.7:9\"}"),
        lines.get(0));
    assertTrue(lines.get(1).endsWith("\"natType\":\"symmetric\"}"), lines.get(1));
    assertTrue(lines.get(2).endsWith("\"address\":\"192.0.2.7:9\"}"), lines.get(2));
    assertTrue(lines.get(5).contains("\"code\":-134"), lines.get(5));
    assertTrue(lines.get(6).contains("\"punches_failed\":1,\"relay_fallbacks\":3"), lines.get(6));
    assertEquals(
        List.of(
            "reclassify",
            "reflexAddress",
            "natType 5",
            "probeReflex 5",
            "overrideReflex /192.0.2.7:9",
            "clearReflexOverride",
            "connectDirect 5 0a0b 6",
            "stats"),
        calls);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"op\":\"dance\"} | unknown op",
        "{\"op\":\"accept\"} | \"nodeId\" is missing",
        "{\"op\":\"accept\",\"nodeId\":5} | \"nodeId\" is missing",
        "{\"op\":\"accept\",\"nodeId\":\"-5\"} | no unsigned 64-bit number",
        "{\"op\":\"accept\",\"nodeId\":\"18446744073709551616\"} | no unsigned 64-bit number",
        "{\"op\":\"connect\",\"address\":\"nowhere\"} | is not host:port",
        "{\"op\":\"connect\",\"address\":\"127.0.0.1:0\"} | is not host:port",
        "{\"op\":\"connect\",\"address\":\"127.0.0.1:9\",\"publicKey\":\"xy\"} | not hexadecimal",
        "{\"op\":\"channel\",\"name\":\"c\",\"config\":[]} | \"config\" is no JSON object",
        "{\"op\":\"publish\",\"channel\":\"c\",\"data\":\"AA\"} | padding",
        "{\"op\":\"publish\",\"channel\":\"c\",\"data\":\"\",\"reliability\":\"x\"} | neither",
        "{\"op\":\"openStream\",\"peer\":\"5\",\"stream\":\"6\",\"windowBytes\":-1} | no number",
        "{\"op\":\"send\",\"peer\":\"5\",\"stream\":\"6\"} | \"events\" is missing",
        "{\"op\":\"send\",\"peer\":\"5\",\"stream\":\"6\",\"events\":[7]} | is no string",
      })
  void shouldReplyWhatIsWrongWithAnOperation(String line, String reason) throws IOException {
    run(line + "\n");
    String reply = said.toString(UTF_8).replace("\\\"", "\"");
    assertTrue(reply.startsWith("{\"type\":\"reply\",\"op\":"), reply);
    assertTrue(reply.contains("\"code\":-12") && reply.contains(reason), reply);
    assertEquals(List.of(), calls);
  }

  @Test
  void shouldAnswerWhatIsNoOperationWithAnErrorAndGoOn() throws IOException {
    run("nonsense\n{\"op\":7,\"id\":1}\n{\"op\":\"start\"}\n");
    List<String> lines = said.toString(UTF_8).lines().toList();
    assertTrue(lines.get(0).startsWith("{\"type\":\"error\",\"code\":-3,"), lines.get(0));
    assertTrue(lines.get(1).endsWith("\"id\":1}"), lines.get(1));
    assertEquals("{\"type\":\"reply\",\"op\":\"start\",\"code\":0}", lines.get(2));
  }

  @Test
  void shouldAnswerARefusalWithItsCodeAndReason() throws IOException {
    run("{\"op\":\"accept\",\"nodeId\":\"5\",\"id\":9}\n");
    assertEquals(
        "{\"type\":\"reply\",\"op\":\"accept\",\"code\":-111,\"message\":\"nobody\",\"id\":9}\n",
        said.toString(UTF_8));
  }

  @Test
  void shouldEndAtStopAndLeaveItsReplyToTheCaller() throws IOException {
    LineObject stop = run("{\"op\":\"stop\",\"id\":5}\n{\"op\":\"start\"}\n");
    assertNotNull(stop);
    assertEquals("5", String.valueOf(stop.id()));
    assertEquals("", said.toString(UTF_8));
    assertNull(run(""));
  }

  private @Nullable LineObject run(String input) throws IOException {
    try (LineOutput out = new LineOutput(said, () -> {})) {
      LineReader in = new LineReader(new ByteArrayInputStream(input.getBytes(UTF_8)), 1_000);
      return new NetLineSession(recorder(), in, out).run();
    }
  }

  /** Notes what it is asked for; accepts nobody. */
  private NetTarget recorder() {
    return (NetTarget)
        Proxy.newProxyInstance(
            NetTarget.class.getClassLoader(),
            new Class<?>[] {NetTarget.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "accept" -> throw new NetException(NetError.MESH_HANDSHAKE, "nobody");
                  case "publish" -> new PublishReport(2, Map.of(-1L, SendVerdict.FULL));
                  case "find" -> List.of(7L, -1L);
                  case "stats" -> new NetStats(1, 2, 3, 4, Map.of("a", 5L));
                  case "nat" -> nat();
                  default -> note(method.getName(), args);
                });
  }

  /** Notes likewise; a coordinator refuses. */
  private NetNat nat() {
    InetSocketAddress seen = new InetSocketAddress("192.0.2.7", 9);
    return (NetNat)
        Proxy.newProxyInstance(
            NetNat.class.getClassLoader(),
            new Class<?>[] {NetNat.class},
            (proxy, method, args) -> {
              note(method.getName(), args);
              return switch (method.getName()) {
                case "reclassify" -> Openness.CONE;
                case "natType" -> Openness.SYMMETRIC;
                case "reflexAddress" -> Optional.of(seen);
                case "probeReflex" -> seen;
                case "stats" -> new TraversalStats(2, 1, 3, 4, 5, 6, 7, 8);
                case "connectDirect" ->
                    throw new NetException(NetError.TRAVERSAL_RENDEZVOUS_REJECTED, "no");
                default -> null;
              };
            });
  }

  private @Nullable Object note(String call, Object @Nullable [] args) {
    Stream<String> shown =
        args == null ? Stream.of() : Arrays.stream(args).map(NetLineSessionTest::shown);
    calls.add(Stream.concat(Stream.of(call), shown).collect(Collectors.joining(" ")));
    return null;
  }

  private static String shown(@Nullable Object argument) {
    return switch (argument) {
      case byte[] octets -> HexFormat.of().formatHex(octets);
      case List<?> list -> list.stream().map(NetLineSessionTest::shown).toList().toString();
      case null, default -> String.valueOf(argument);
    };
  }
}
