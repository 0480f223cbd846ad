// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.conformance.Skip;
import io.lichen.conformance.child.Driver;
import io.lichen.conformance.child.Waits;
import io.lichen.conformance.matrix.InMatrix;
import io.lichen.conformance.matrix.MatrixExtension;
import io.lichen.conformance.matrix.Scenario;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two nodes that only a third can bring together: A – R – B. A opens a session over R, and what a
 * Lichen node sends over it arrives, whichever runtime R and the other end are. What a native sends
 * over a relay it does not wrap: it arrives if R is a Lichen node, which does that for it.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("cells")
@ExtendWith(MatrixExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelayTest implements InMatrix {
  private static final Numbered EVENTS = Numbered.brief(200);
  private static final String STAYING = "{\"auto_direct_upgrade\":false}";
  private static final String STREAM = "4741";

  /** Who stands where. */
  record Places(NativeVersion version, Driver a, Driver relay, Driver b) {
    @Override
    public String toString() {
      String places = a + " – " + relay + " – " + b;
      return drivers().contains(Driver.NATIVE) ? version + " " + places : places;
    }

    private List<Driver> drivers() {
      return List.of(a, relay, b);
    }
  }

  /** Java everywhere; each place once native. */
  static Stream<Places> cells() {
    Driver java = Driver.JAVA;
    Driver other = Driver.NATIVE;
    return Stream.concat(
        Stream.of(new Places(NativeVersion.V0_34, java, java, java)),
        NetCell.versions()
            .flatMap(
                version ->
                    Stream.of(
                        new Places(version, other, java, java),
                        new Places(version, java, other, java),
                        new Places(version, java, java, other))));
  }

  @Parameter
  @SuppressWarnings("NullAway.Init") // JUnit sets it before every invocation of the class.
  Places places;

  private final NetPeers peers = new NetPeers(Path.of("target", "interop", "RelayTest"));

  @Override
  public String wire() {
    return "net-relay";
  }

  @Override
  public Object cell() {
    return places;
  }

  @AfterEach
  void endAll() {
    peers.close();
  }

  @Test
  @Scenario("announcements of both ends found at the other; a session over R; events both ways")
  void shouldReachANodeThroughARelay() {
    for (Driver driver : places.drivers()) {
      boolean present = NetPeers.canRun(driver, places.version());
      Skip.unless(present, places, NativePackage.howToGet(places.version()));
    }
    NetPeer a = start(0);
    NetPeer relay = start(1);
    NetPeer b = start(2);
    meet(b, relay, relay.address());
    try (SymmetricNat nat = new SymmetricNat()) {
      if (places.a() == Driver.JAVA) {
        meet(a, relay, relay.address());
        List.of(a, relay).forEach(NetPeer::start);
      } else {
        meetBehind(nat, a, relay);
      }
      b.start();
      NetTalk.announce(a, b, "role:a", NetTalk.LIMIT);
      NetTalk.announce(b, a, "role:b", NetTalk.LIMIT);
      assertEquals(0, a.connectThrough(relay, b), "code of connect");
      sendThrough(a, b);
      sendThrough(b, a);
    }
  }

  /**
   * A native dials over a relay only if it takes itself for out of reach, which it does when two
   * peers see it at different addresses.
   */
  private void meetBehind(SymmetricNat nat, NetPeer a, NetPeer relay) {
    NetPeer another = peers.start(NetSpec.of(Driver.JAVA, places.version(), 33));
    meet(a, relay, nat.towards(relay));
    meet(a, another, nat.towards(another));
    List.of(a, relay, another).forEach(NetPeer::start);
    Waits.until("a symmetric NAT", NetTalk.LIMIT, () -> a.natType().equals("symmetric"));
  }

  private NetPeer start(int place) {
    Driver driver = places.drivers().get(place);
    NetSpec spec = NetSpec.of(driver, places.version(), 30 + place);
    // Two Lichen ends would soon do without the relay.
    return peers.start(driver == Driver.JAVA ? spec.withConfig(STAYING) : spec);
  }

  private static void meet(NetPeer dialer, NetPeer listener, String address) {
    CompletableFuture<Integer> accepted = listener.accept(dialer);
    assertEquals(0, dialer.connect(listener, address), "code of connect");
    assertEquals(0, listener.await(accepted, "reply to accept"));
  }

  private static void sendThrough(NetPeer from, NetPeer to) {
    from.openStream(to, STREAM, true);
    NetTalk.send(from, to, STREAM, EVENTS, 5);
    List<NetEvent> events = NetTalk.awaitDistinct(to, EVENTS.count(), NetTalk.LIMIT);
    assertTrue(
        new HashSet<>(NetTalk.texts(events)).containsAll(EVENTS.texts()),
        () -> "events of " + from);
  }
}
