// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import static io.lichen.conformance.child.Driver.JAVA;
import static io.lichen.conformance.child.Driver.NATIVE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.conformance.Skip;
import io.lichen.conformance.child.Driver;
import io.lichen.conformance.moss.MeshPeer;
import io.lichen.conformance.moss.MeshPeers;
import io.lichen.conformance.moss.Relayed;
import io.lichen.conformance.moss.ffi.MossLibraries;
import io.lichen.transport.moss.Era;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two nodes that reach each other through a relay only, or at first. */
class RelayedEndsTest {
  private static final boolean IS_FULL = "full".equals(System.getProperty("lichen.suite"));
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final int EXCHANGES = 40;

  /** Who of the two opens the session that stays is a matter of chance. */
  private static final int RUNS = 10;

  private final Path folder = Path.of("target", "interop", "RelayedEnds");

  @BeforeEach
  void assumeInternet() {
    InternetScenario.assumePossible("RelayedEndsTest");
  }

  static Stream<Driver> relays() {
    return IS_FULL ? Stream.of(JAVA, NATIVE) : Stream.of(JAVA);
  }

  @ParameterizedTest(name = "{0} relays")
  @MethodSource("relays")
  void shouldCarryDataAndMessagesBetweenALichenNodeAndANative(Driver relay) {
    Skip.unless(
        MeshPeers.canRun(NATIVE, Era.C), RelayedEndsTest.class, MossLibraries.howToName(Era.C));
    try (Meeting meeting = new Meeting(relay, folder)) {
      MeshPeer theirs = join(meeting, NatKind.SYMMETRIC, NATIVE);
      MeshPeer ours = join(meeting, NatKind.SYMMETRIC, JAVA);
      ours.connectTo(theirs.id());
      Meeting.awaitBoth(Reach.RELAYED, ours, theirs, LIMIT);

      assertCarried(ours, theirs, "to a native");
      assertCarried(theirs, ours, "of a native");
      NumberedTalk.begin(ours, theirs, LIMIT).assertHearing(EXCHANGES, LIMIT);
      assertCarried(ours, theirs, "to a native again");
      assertCarried(theirs, ours, "of a native again");
      assertTrue(Meeting.areBoth(Reach.RELAYED, ours, theirs));
    }
  }

  static Stream<Driver> others() {
    int natives = IS_FULL ? RUNS : 1;
    return Stream.concat(Stream.of(JAVA), Collections.nCopies(natives, NATIVE).stream());
  }

  /** Only TCP with the relay gets through at first. */
  @ParameterizedTest(name = "with {0}")
  @MethodSource("others")
  void shouldMoveToADirectPathWithoutLosingOrDoublingMessages(Driver other) {
    Skip.unless(
        MeshPeers.canRun(other, Era.C), RelayedEndsTest.class, MossLibraries.howToName(Era.C));
    try (Meeting meeting = new Meeting(JAVA, folder)) {
      Router wall = meeting.internet().router(NatKind.PORT_RESTRICTED_CONE);
      wall.keepTo(meeting.relayHost());
      MeshPeer left = meeting.join(wall.host(), JAVA);
      MeshPeer right = join(meeting, NatKind.PORT_RESTRICTED_CONE, other);
      Migration migration = Migration.fromRelay(left, right, LIMIT);
      wall.dropUdp(false);
      migration.awaitDirect();
    }
  }

  private static MeshPeer join(Meeting meeting, NatKind nat, Driver driver) {
    return meeting.join(meeting.internet().router(nat).host(), driver);
  }

  private static void assertCarried(MeshPeer from, MeshPeer to, String text) {
    to.relayed().clear();
    assertEquals(0, from.relay(to.id(), text.getBytes(UTF_8)), "code of relay " + text);
    Relayed came = to.relayed().awaitCount(1, LIMIT).getFirst();
    assertEquals(from.id(), came.sender());
    assertArrayEquals(text.getBytes(UTF_8), came.data());
  }
}
