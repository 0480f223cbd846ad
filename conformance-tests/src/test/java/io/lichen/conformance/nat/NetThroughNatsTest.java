// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.conformance.Skip;
import io.lichen.conformance.child.Driver;
import io.lichen.conformance.child.Waits;
import io.lichen.conformance.net.NativePackage;
import io.lichen.conformance.net.NativeVersion;
import io.lichen.conformance.net.NetPeer;
import io.lichen.conformance.net.NetPeers;
import io.lichen.conformance.net.NetSpec;
import io.lichen.testkit.nat.Dependence;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two nodes of the Net wire, each behind a NAT of its own, which a third one outside introduces to
 * each other: who dials, who introduces and who is dialled are Lichen or native.
 */
class NetThroughNatsTest extends InternetScenario {
  private static final boolean IS_FULL = "full".equals(System.getProperty("lichen.suite"));
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final String QUICK = "{\"heartbeat_ms\":500}";
  private static final String STREAM = "4741";
  private static final int PORT = 4700;

  /** Who dials whom by way of whom, and what both are behind. */
  record Meeting(NatKind mine, NatKind theirs, Driver a, Driver relay, Driver b) {
    @Override
    public String toString() {
      return a + " " + word(mine) + " – " + relay + " – " + b + " " + word(theirs);
    }

    private static String word(NatKind kind) {
      return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  private static Stream<Meeting> of(NatKind mine, NatKind theirs) {
    Driver java = Driver.JAVA;
    Driver other = Driver.NATIVE;
    Stream<Meeting> always =
        Stream.of(
            new Meeting(mine, theirs, java, other, other),
            new Meeting(mine, theirs, other, java, java));
    Stream<Meeting> often =
        Stream.of(
            new Meeting(mine, theirs, java, java, java),
            new Meeting(mine, theirs, java, java, other),
            new Meeting(mine, theirs, other, other, java),
            new Meeting(mine, theirs, other, other, other));
    return IS_FULL ? Stream.concat(always, often) : always;
  }

  static Stream<Meeting> cones() {
    Stream<Meeting> narrow = of(NatKind.PORT_RESTRICTED_CONE, NatKind.PORT_RESTRICTED_CONE);
    return IS_FULL ? Stream.concat(narrow, of(NatKind.RESTRICTED_CONE, NatKind.FULL_CONE)) : narrow;
  }

  /** Natives do not follow the other end to the port that its NAT has chosen. */
  static Stream<Meeting> oneSymmetric() {
    Driver java = Driver.JAVA;
    Stream<Meeting> always =
        Stream.of(
            new Meeting(NatKind.SYMMETRIC, NatKind.RESTRICTED_CONE, java, Driver.NATIVE, java));
    Stream<Meeting> often =
        Stream.of(
            new Meeting(NatKind.RESTRICTED_CONE, NatKind.SYMMETRIC, java, java, java),
            new Meeting(NatKind.FULL_CONE, NatKind.SYMMETRIC, java, java, Driver.NATIVE));
    return IS_FULL ? Stream.concat(always, often) : always;
  }

  /**
   * Lichen nodes tell each other which ports they expect, over whomever; a native that is asked
   * sends to the one port that it is told.
   */
  static Stream<Meeting> inOrder() {
    NatKind ordered = NatKind.SEQUENTIAL_SYMMETRIC;
    NatKind narrow = NatKind.PORT_RESTRICTED_CONE;
    Driver java = Driver.JAVA;
    Driver other = Driver.NATIVE;
    Stream<Meeting> always = Stream.of(new Meeting(ordered, ordered, java, other, java));
    Stream<Meeting> often =
        Stream.of(
            new Meeting(ordered, ordered, java, java, java),
            new Meeting(narrow, ordered, java, other, java),
            new Meeting(narrow, ordered, java, java, java),
            new Meeting(ordered, narrow, java, other, java),
            new Meeting(ordered, narrow, java, java, other));
    return IS_FULL ? Stream.concat(always, often) : always;
  }

  private final NetPeers peers = new NetPeers(Path.of("target", "interop", "NetThroughNatsTest"));

  @AfterEach
  void endAll() {
    peers.close();
  }

  @ParameterizedTest
  @MethodSource({"cones", "oneSymmetric", "inOrder"})
  void shouldMeetWithoutARelay(Meeting meeting) {
    assumeRunnable();
    Router theirs = internet().router(meeting.theirs());
    NetPeer relay = start(internet().host(), meeting.relay(), 51);
    NetPeer helper = start(internet().host(), Driver.JAVA, 52);
    NetPeer a = start(internet().router(meeting.mine()).host(), meeting.a(), 53);
    NetPeer b = start(theirs.host(), meeting.b(), 54);
    for (NetPeer inside : List.of(a, b)) {
      meet(inside, relay);
      meet(inside, helper);
    }
    List.of(relay, helper, a, b).forEach(NetPeer::start);
    learn(meeting, a, b);

    JsonNode reply = a.connectDirect(b, relay);

    assertEquals(0, reply.path("code").asInt(), () -> "reply " + reply);
    assertEquals(1, a.traversal("punches_succeeded"), () -> meeting + ": " + reply);
    assertEquals(0, a.traversal("relay_fallbacks"));
    System.out.printf(
        "net %s: direct in %d ms%n", meeting, reply.path("elapsedNs").asLong() / 1_000_000);
    if (meeting.a() == Driver.JAVA) {
      assertFalse(reply.path("viaRelay").asBoolean());
      assertTrue(reply.path("address").asText().startsWith(theirs.external() + ":"));
    }
    relay.stop();
    talk(a, b, "there");
    talk(b, a, "back");
  }

  /** Random ports on both sides: nobody can aim. */
  @Test
  void shouldMeetOnTheRelayWhereNobodyCanAim() {
    Driver java = Driver.JAVA;
    Meeting meeting = new Meeting(NatKind.SYMMETRIC, NatKind.SYMMETRIC, java, java, java);
    NetPeer relay = start(internet().host(), java, 51);
    NetPeer helper = start(internet().host(), java, 52);
    NetPeer a = start(internet().router(NatKind.SYMMETRIC).host(), java, 53);
    NetPeer b = start(internet().router(NatKind.SYMMETRIC).host(), java, 54);
    for (NetPeer inside : List.of(a, b)) {
      meet(inside, relay);
      meet(inside, helper);
    }
    List.of(relay, helper, a, b).forEach(NetPeer::start);
    learn(meeting, a, b);

    JsonNode reply = a.connectDirect(b, relay);

    assertEquals(0, reply.path("code").asInt(), () -> "reply " + reply);
    assertTrue(reply.path("viaRelay").asBoolean());
    assertEquals(1, a.traversal("relay_fallbacks"));
    talk(a, b, "there");
    talk(b, a, "back");
  }

  private static void assumeRunnable() {
    boolean present = NetPeers.canRun(Driver.NATIVE, NativeVersion.V0_34);
    Skip.unless(present, NetThroughNatsTest.class, NativePackage.howToGet(NativeVersion.V0_34));
  }

  private NetPeer start(Host host, Driver driver, int identity) {
    NetSpec spec = NetSpec.of(driver, NativeVersion.V0_34, identity).withConfig(QUICK);
    return peers.startAt(host::command, spec.withBind(host.address() + ":" + PORT));
  }

  private static void meet(NetPeer inside, NetPeer outside) {
    CompletableFuture<Integer> accepted = outside.accept(inside);
    assertEquals(0, inside.connect(outside, outside.address()), "code of connect");
    assertEquals(0, outside.await(accepted, "reply to accept"));
  }

  /** Each finds out what it is behind, and tells the other. */
  private static void learn(Meeting meeting, NetPeer a, NetPeer b) {
    announce(a, type(meeting.mine()));
    announce(b, type(meeting.theirs()));
    Waits.until("a knows of b", LIMIT, () -> a.natTypeOf(b).equals(type(meeting.theirs())));
    Waits.until("b knows of a", LIMIT, () -> b.natTypeOf(a).equals(type(meeting.mine())));
  }

  private static void announce(NetPeer inside, String type) {
    Waits.until(type, LIMIT, () -> inside.natType().equals(type));
    inside.announce("{\"tags\":[\"role:inside\"]}");
  }

  private static String type(NatKind kind) {
    return kind.rules().mapping() == Dependence.ENDPOINT_INDEPENDENT ? "cone" : "symmetric";
  }

  private static void talk(NetPeer from, NetPeer to, String text) {
    from.openStream(to, STREAM, true);
    byte[] event = text.getBytes(StandardCharsets.UTF_8);
    JsonNode reply = from.await(from.sendAsync(to, STREAM, List.of(event)), "reply to send");
    assertEquals(0, reply.path("code").asInt(), () -> "reply " + reply);
    to.events().await(each -> each.text().equals(text), text, LIMIT);
  }
}
