// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import static io.lichen.conformance.child.Driver.JAVA;
import static io.lichen.conformance.nat.NatKind.FULL_CONE;
import static io.lichen.conformance.nat.NatKind.PORT_RESTRICTED_CONE;
import static io.lichen.conformance.nat.NatKind.RESTRICTED_CONE;
import static io.lichen.conformance.nat.NatKind.SYMMETRIC;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.conformance.moss.MeshPeer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two nodes behind NATs whose firewalls drop UDP: they connect to each other at the same time. */
class StreamPunchTest {
  private static final boolean IS_FULL = "full".equals(System.getProperty("lichen.suite"));
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final int EXCHANGES = 20;

  private final Path folder = Path.of("target", "interop", "StreamPunch");

  @BeforeEach
  void assumeInternet() {
    InternetScenario.assumePossible("StreamPunchTest");
  }

  static Stream<Arguments> cones() {
    List<NatKind> kinds = List.of(FULL_CONE, RESTRICTED_CONE, PORT_RESTRICTED_CONE);
    return IS_FULL
        ? kinds.stream().flatMap(left -> kinds.stream().map(right -> Arguments.of(left, right)))
        : Stream.of(Arguments.of(PORT_RESTRICTED_CONE, PORT_RESTRICTED_CONE));
  }

  @ParameterizedTest(name = "{0} and {1}")
  @MethodSource("cones")
  void shouldMeetOverTcpWhereNoUdpGetsThrough(NatKind one, NatKind other) {
    try (Meeting meeting = new Meeting(JAVA, folder)) {
      MeshPeer left = meeting.join(walled(meeting, one).host(), JAVA);
      MeshPeer right = meeting.join(walled(meeting, other).host(), JAVA);
      meetAndTalk(left, right, Reach.DIRECT);
    }
  }

  @Test
  void shouldMoveFromTheRelayToTcpWithoutLosingOrDoublingMessages() {
    try (Meeting meeting = new Meeting(JAVA, folder)) {
      Router wall = meeting.internet().router(PORT_RESTRICTED_CONE);
      wall.keepTo(meeting.relayHost());
      MeshPeer left = meeting.join(wall.host(), JAVA);
      MeshPeer right = meeting.join(walled(meeting, PORT_RESTRICTED_CONE).host(), JAVA);
      Migration migration = Migration.fromRelay(left, right, LIMIT);
      wall.dropUdp(true);
      migration.awaitDirect();
    }
  }

  /** A port of its own for every destination is known to nobody before: the relay it is. */
  @Test
  void shouldStayWithTheRelayWhereNobodyCanKnowThePorts() {
    try (Meeting meeting = new Meeting(JAVA, folder)) {
      MeshPeer left = meeting.join(walled(meeting, SYMMETRIC).host(), JAVA);
      MeshPeer right = meeting.join(walled(meeting, SYMMETRIC).host(), JAVA);
      meetAndTalk(left, right, Reach.RELAYED);
    }
  }

  private static Router walled(Meeting meeting, NatKind kind) {
    Router router = meeting.internet().router(kind);
    router.dropUdp(true);
    return router;
  }

  /** Both reach each other this way and no other until they have talked. */
  private static void meetAndTalk(MeshPeer left, MeshPeer right, Reach reach) {
    left.connectTo(right.id());
    Meeting.awaitBoth(reach, left, right, LIMIT);
    NumberedTalk.begin(left, right, LIMIT).assertHearing(EXCHANGES, LIMIT);
    assertTrue(Meeting.areBoth(reach, left, right));
  }
}
