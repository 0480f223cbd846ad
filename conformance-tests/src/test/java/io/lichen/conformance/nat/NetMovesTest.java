// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.conformance.Skip;
import io.lichen.conformance.child.Driver;
import io.lichen.conformance.child.Waits;
import io.lichen.conformance.net.NativePackage;
import io.lichen.conformance.net.NativeVersion;
import io.lichen.conformance.net.NetPeer;
import io.lichen.conformance.net.NetPeers;
import io.lichen.conformance.net.NetSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A node of the Net wire behind a NAT, Lichen or native, and a Lichen node outside that has a
 * session with it. What the router forgets, or becomes, shall cost them ten seconds and no event.
 */
class NetMovesTest extends InternetScenario {
  private static final boolean IS_FULL = "full".equals(System.getProperty("lichen.suite"));
  private static final Duration START = Duration.ofSeconds(15);
  private static final Duration RECOVERY = Duration.ofSeconds(10);
  private static final Duration REDIAL = Duration.ofSeconds(150);
  private static final String STREAM = "4741";
  private static final String UNREPEATED = "4742";
  private static final String SESSIONS_MADE = "handshakes.success";
  private static final int PORT = 4700;
  private static final int EVENTS = 20;

  /** What happens to a router. */
  record Mishap(String name, NatKind kind, Consumer<Router> what) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Arguments> mishaps() {
    List<Mishap> all =
        List.of(
            new Mishap("a lost mapping", NatKind.SYMMETRIC, Router::flush),
            new Mishap("a restarted router", NatKind.SYMMETRIC, NetMovesTest::restart),
            new Mishap(
                "another address",
                NatKind.PORT_RESTRICTED_CONE,
                router -> router.changeExternal()));
    Stream<Arguments> ofLichen = all.stream().map(mishap -> arguments(mishap, Driver.JAVA));
    Stream<Arguments> ofNative =
        all.stream().limit(IS_FULL ? all.size() : 1).map(one -> arguments(one, Driver.NATIVE));
    return Stream.concat(ofLichen, ofNative);
  }

  private static void restart(Router router) {
    router.unplug();
    router.replug();
  }

  private final NetPeers peers = new NetPeers(Path.of("target", "interop", "NetMovesTest"));

  @AfterEach
  void endAll() {
    peers.close();
  }

  @ParameterizedTest
  @MethodSource("mishaps")
  void shouldGoOnWithinTenSecondsAndDoubleNothing(Mishap mishap, Driver driver) {
    boolean present = NetPeers.canRun(driver, NativeVersion.V0_34);
    Skip.unless(present, NetMovesTest.class, NativePackage.howToGet(NativeVersion.V0_34));
    Router router = internet().router(mishap.kind());
    NetPeer outside = start(internet().host(), Driver.JAVA, 61);
    NetPeer inside = start(router.host(), driver, 62);
    meet(inside, outside);
    outside.announce("{\"tags\":[\"role:outside\"]}");
    inside.announce("{\"tags\":[\"role:inside\"]}");
    Waits.until("inside is known", START, () -> outside.find(tagged("role:inside")).size() == 1);
    Waits.until("outside is known", START, () -> inside.find(tagged("role:outside")).size() == 1);
    openStreams(inside, outside);
    List<String> sent = new ArrayList<>();
    talk(inside, outside, sent, START);

    mishap.what().accept(router);

    long beganNs = System.nanoTime();
    talk(inside, outside, sent, RECOVERY);
    System.out.printf(
        "net, %s, %s: %d ms%n", driver, mishap, (System.nanoTime() - beganNs) / 1_000_000);
    talk(inside, outside, sent, RECOVERY);
    assertEquals(sent, texts(inside));
    assertEquals(sent, texts(outside));
  }

  /**
   * It hears the node wherever that is, but goes on sending where the node was, and takes no other
   * session while it hears anything: the node falls silent, and dials (docs/wire/net-peers.md,
   * "Dialling again"). A session as young as this one needs the second dial.
   */
  @Test
  void shouldReachANativeAgainThatFollowsNobody() {
    assumeTrue(IS_FULL, "takes minutes");
    boolean present = NetPeers.canRun(Driver.NATIVE, NativeVersion.V0_34);
    Skip.unless(present, NetMovesTest.class, NativePackage.howToGet(NativeVersion.V0_34));
    Router router = internet().router(NatKind.SYMMETRIC);
    NetPeer outside = start(internet().host(), Driver.NATIVE, 63);
    NetPeer inside = start(router.host(), Driver.JAVA, 64);
    meet(inside, outside);
    openStreams(inside, outside);
    List<String> fromInside = new ArrayList<>();
    List<String> fromOutside = new ArrayList<>();
    send(inside, outside, STREAM, fromInside);
    send(outside, inside, STREAM, fromOutside);
    assertEquals(1, count(inside, SESSIONS_MADE), "sessions before");

    router.flush();

    long beganNs = System.nanoTime();
    // Nothing acknowledges it, and a native gives each copy of what is repeated to its application.
    inside.openStream(outside, UNREPEATED, false);
    send(inside, outside, UNREPEATED, fromInside);
    Waits.until("the native has answered a dial", REDIAL, () -> count(inside, SESSIONS_MADE) == 2);
    System.out.printf(
        "net, dialled again: %d ms, dial %d%n",
        (System.nanoTime() - beganNs) / 1_000_000, count(inside, "peers.redialled"));
    openStreams(inside, outside);
    send(inside, outside, STREAM, fromInside);
    send(outside, inside, STREAM, fromOutside);
    assertEquals(fromOutside, texts(inside));
    assertEquals(fromInside, texts(outside));
  }

  private NetPeer start(Host host, Driver driver, int identity) {
    NetSpec spec = NetSpec.of(driver, NativeVersion.V0_34, identity);
    return peers.startAt(host::command, spec.withBind(host.address() + ":" + PORT));
  }

  private static String tagged(String tag) {
    return "{\"require_tags\":[\"" + tag + "\"]}";
  }

  private static void meet(NetPeer inside, NetPeer outside) {
    CompletableFuture<Integer> accepted = outside.accept(inside);
    assertEquals(0, inside.connect(outside, outside.address()), "code of connect");
    assertEquals(0, outside.await(accepted, "reply to accept"));
    List.of(outside, inside).forEach(NetPeer::start);
  }

  private static void openStreams(NetPeer one, NetPeer other) {
    one.openStream(other, STREAM, true);
    other.openStream(one, STREAM, true);
  }

  /** Both send the same and wait for what the other sends. */
  private static void talk(NetPeer one, NetPeer other, List<String> sent, Duration limit) {
    List<byte[]> batch = batch(sent);
    CompletableFuture<JsonNode> there = one.sendAsync(other, STREAM, batch);
    CompletableFuture<JsonNode> back = other.sendAsync(one, STREAM, batch);
    for (NetPeer each : List.of(one, other)) {
      awaitLast(each, sent, limit);
    }
    assertEquals(0, one.await(there, "reply to send").path("code").asInt());
    assertEquals(0, other.await(back, "reply to send").path("code").asInt());
  }

  /** One sends and waits until the other has heard it. */
  private static void send(NetPeer from, NetPeer to, String stream, List<String> sent) {
    CompletableFuture<JsonNode> there = from.sendAsync(to, stream, batch(sent));
    awaitLast(to, sent, RECOVERY);
    assertEquals(0, from.await(there, "reply to send").path("code").asInt());
  }

  /** The next events. */
  private static List<byte[]> batch(List<String> sent) {
    List<byte[]> batch = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      sent.add("event " + sent.size());
      batch.add(sent.getLast().getBytes(StandardCharsets.UTF_8));
    }
    return batch;
  }

  private static void awaitLast(NetPeer peer, List<String> sent, Duration limit) {
    String last = sent.getLast();
    peer.events().await(event -> event.text().equals(last), last, limit);
  }

  private static long count(NetPeer peer, String counter) {
    return peer.stats().path("counters").path(counter).asLong();
  }

  private static List<String> texts(NetPeer peer) {
    return peer.events().all().stream().map(event -> event.text()).toList();
  }
}
