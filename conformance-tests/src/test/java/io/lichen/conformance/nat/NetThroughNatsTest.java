// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
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
      return kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
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
    return Stream.concat(
        of(NatKind.PORT_RESTRICTED_CONE, NatKind.PORT_RESTRICTED_CONE),
        of(NatKind.RESTRICTED_CONE, NatKind.FULL_CONE));
  }

  private final NetPeers peers = new NetPeers(Path.of("target", "interop", "NetThroughNatsTest"));

  @AfterEach
  void endAll() {
    peers.close();
  }

  @ParameterizedTest
  @MethodSource("cones")
  void shouldMeetWithoutARelay(Meeting meeting) {
    assumeTrue(
        NetPeers.canRun(Driver.NATIVE, NativeVersion.V0_34),
        NativePackage.howToGet(NativeVersion.V0_34));
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
    learn(a, b);

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
  private static void learn(NetPeer a, NetPeer b) {
    for (NetPeer each : List.of(a, b)) {
      Waits.until("a cone", LIMIT, () -> each.natType().equals("cone"));
      each.announce("{\"tags\":[\"role:inside\"]}");
    }
    Waits.until("a knows of b", LIMIT, () -> a.natTypeOf(b).equals("cone"));
    Waits.until("b knows of a", LIMIT, () -> b.natTypeOf(a).equals("cone"));
  }

  private static void talk(NetPeer from, NetPeer to, String text) {
    from.openStream(to, STREAM, true);
    byte[] event = text.getBytes(StandardCharsets.UTF_8);
    JsonNode reply = from.await(from.sendAsync(to, STREAM, List.of(event)), "reply to send");
    assertEquals(0, reply.path("code").asInt(), () -> "reply " + reply);
    to.events().await(each -> each.text().equals(text), text, LIMIT);
  }
}
