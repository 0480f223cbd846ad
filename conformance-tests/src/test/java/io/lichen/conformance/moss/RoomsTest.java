// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.lichen.conformance.child.Driver;
import io.lichen.conformance.child.Waits;
import io.lichen.conformance.matrix.Scenario;
import io.lichen.transport.moss.Carrier;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Two rooms with the same channel on one network: one with a secret of odd length, one open. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lichen.conformance.moss.Cell#coreOfEraC")
class RoomsTest extends PairScenario {
  private static final String SECRET_ROOM = "blue";
  private static final String OPEN_ROOM = "green";
  private static final byte[] PSK = "odd one".getBytes(UTF_8);
  private static final byte[] OTHER_PSK = "odd two".getBytes(UTF_8);
  private static final byte[] NO_PSK = {};

  private static final AtomicInteger PROBE = new AtomicInteger();

  @AfterEach
  void endPeers() {
    endAll();
  }

  @Test
  @Scenario("rooms: both ways, not to whoever has another PSK, nothing after leaving")
  void shouldReachMembersOnlyAndNobodyWhoLeft() {
    assumeRunnable();
    MeshPeer listener = peers.start(listener());
    MeshPeer dialer = peers.start(dialer());
    MeshPeer outsider = peers.start(listener());
    join(listener, PSK);
    join(dialer, PSK);
    join(outsider, OTHER_PSK);
    Talk.connect(cell(), dialer, listener, listener.address());
    Talk.connect(outsider, listener, listener.address(), Carrier.TCP);

    for (String room : new String[] {SECRET_ROOM, OPEN_ROOM}) {
      oneWay(dialer, listener, room);
      oneWay(listener, dialer, room);
    }
    oneWay(listener, outsider, OPEN_ROOM);
    assertFalse(hasHeard(outsider, SECRET_ROOM), "the outsider understands the secret room");

    listener.clearMessages();
    listener.leave(SECRET_ROOM);
    outsider.publish(SECRET_ROOM, Talk.CHANNEL, SECRET_ROOM.getBytes(UTF_8));
    dialer.publish(SECRET_ROOM, Talk.CHANNEL, SECRET_ROOM.getBytes(UTF_8));
    oneWay(dialer, listener, OPEN_ROOM);
    assertFalse(
        Waits.holdsWithin(Duration.ofMillis(300), () -> hasHeard(listener, SECRET_ROOM)),
        "a room that was left is still heard");
  }

  private static void join(MeshPeer peer, byte[] psk) {
    peer.join(SECRET_ROOM, psk);
    peer.join(OPEN_ROOM, NO_PSK);
    peer.subscribe(SECRET_ROOM, Talk.CHANNEL);
    peer.subscribe(OPEN_ROOM, Talk.CHANNEL);
  }

  /** Publishes probes in a room until one has arrived, in that room where the receiver says so. */
  private static void oneWay(MeshPeer from, MeshPeer to, String room) {
    String mark = room + " probe " + PROBE.incrementAndGet() + " of " + from.id();
    Waits.until(
        "a probe in " + room + " from " + from.spec().driver() + " to " + to.spec().driver(),
        Talk.LIMIT,
        () -> {
          from.publish(room, Talk.CHANNEL, mark.getBytes(UTF_8));
          return Waits.holdsWithin(Duration.ofMillis(150), () -> hasHeard(to, mark));
        });
    Received heard =
        to.messages().stream().filter(m -> text(m).equals(mark)).findFirst().orElseThrow();
    assertEquals(from.id(), heard.sender());
    assertEquals(Talk.CHANNEL, heard.channel());
    assertEquals(to.spec().driver() == Driver.JAVA ? room : "", heard.room());
  }

  private static boolean hasHeard(MeshPeer peer, String beginning) {
    return peer.messages().stream().anyMatch(message -> text(message).startsWith(beginning));
  }

  private static String text(Received message) {
    return new String(message.data(), UTF_8);
  }
}
