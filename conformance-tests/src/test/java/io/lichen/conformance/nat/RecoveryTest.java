// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import static io.lichen.conformance.child.Driver.JAVA;
import static io.lichen.conformance.child.Driver.NATIVE;
import static io.lichen.conformance.nat.NatKind.FULL_CONE;
import static io.lichen.conformance.nat.NatKind.PORT_RESTRICTED_CONE;
import static io.lichen.conformance.nat.NatKind.RESTRICTED_CONE;
import static io.lichen.conformance.nat.NatKind.SYMMETRIC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lichen.conformance.Skip;
import io.lichen.conformance.child.Driver;
import io.lichen.conformance.child.Waits;
import io.lichen.conformance.moss.MeshPeer;
import io.lichen.conformance.moss.MeshPeers;
import io.lichen.conformance.moss.ffi.MossLibraries;
import io.lichen.transport.moss.Era;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two nodes behind routers talk to each other; then something happens to the router of one of them.
 * Messages flow again within two of the intervals at which nodes look at what they are behind, and
 * none comes twice.
 */
class RecoveryTest {
  private static final boolean IS_FULL = "full".equals(System.getProperty("lichen.suite"));

  /** How often the nodes look at what they are behind: {@code lichen.nat_probe_ms}. */
  private static final Duration PROBE = Duration.ofSeconds(8);

  private static final Duration LIMIT = PROBE.multipliedBy(2);

  /**
   * A native behind a strict NAT whose peer's address has changed: it sends to where the peer was,
   * lets nothing in that comes from where it is, and fires at no peer that it thinks it has, until
   * it has missed six pings.
   */
  private static final Duration LIMIT_OF_NATIVE = Duration.ofSeconds(75);

  private static final Duration MEETING_LIMIT = Duration.ofSeconds(25);

  private static final Path FOLDER = Path.of("target", "interop", "Recovery");

  @BeforeEach
  void assumeInternet() {
    InternetScenario.assumePossible("RecoveryTest");
  }

  @Test
  void shouldTalkOnSoonWhateverHappensToTheRouter() {
    if (IS_FULL) {
      play(cell(PORT_RESTRICTED_CONE, FULL_CONE), Mishap.values());
      play(cell(FULL_CONE, PORT_RESTRICTED_CONE), Mishap.values());
      play(cell(RESTRICTED_CONE, RESTRICTED_CONE), Mishap.values());
      play(cell(PORT_RESTRICTED_CONE, PORT_RESTRICTED_CONE), Mishap.values());
    } else {
      play(
          cell(PORT_RESTRICTED_CONE, FULL_CONE),
          Mishap.LOST_MAPPINGS,
          Mishap.RESTART,
          Mishap.OTHER_ADDRESS_OUTSIDE);
    }
  }

  @Test
  void shouldTalkOnSoonWhenASymmetricNatHasForgottenThem() {
    if (IS_FULL) {
      play(cell(SYMMETRIC, FULL_CONE), Mishap.values());
      play(cell(FULL_CONE, SYMMETRIC), Mishap.values());
      play(cell(SYMMETRIC, RESTRICTED_CONE), Mishap.values());
    } else {
      play(cell(SYMMETRIC, RESTRICTED_CONE), Mishap.LOST_MAPPINGS);
    }
  }

  @Test
  void shouldTalkOnSoonThroughTheRelayWhereNothingElseIsPossible() {
    assumeTrue(IS_FULL, "full suite only");
    play(cell(SYMMETRIC, SYMMETRIC), Mishap.values());
    play(cell(SYMMETRIC, PORT_RESTRICTED_CONE), Mishap.values());
  }

  @Test
  void shouldTalkOnWithANativeAtOneEnd() {
    Skip.unless(
        MeshPeers.canRun(NATIVE, Era.C), RecoveryTest.class, MossLibraries.howToName(Era.C));
    assumeTrue(IS_FULL, "full suite only");
    play(new NatCell(SYMMETRIC, FULL_CONE, JAVA, NATIVE, JAVA), Mishap.values());
    play(new NatCell(SYMMETRIC, FULL_CONE, NATIVE, JAVA, JAVA), Mishap.values());
  }

  /** As nodes are without being told anything: all of it, whatever a native makes of it. */
  @Test
  void shouldTalkOnWithinTwoOfTheUsualIntervalsWithANativeAtOneEnd() {
    Skip.unless(
        MeshPeers.canRun(NATIVE, Era.C), RecoveryTest.class, MossLibraries.howToName(Era.C));
    assumeTrue(IS_FULL, "full suite only");
    NatCell cell = new NatCell(SYMMETRIC, FULL_CONE, NATIVE, JAVA, JAVA);
    play(cell, Meeting.USUAL_PROBE, Mishap.values());
  }

  /** Both ends hear nothing, no reset and no answer. Static peers are dialled over TCP. */
  @Test
  void shouldMissAPeerOverTcpThatARouterHasSwallowed() {
    assumeTrue(IS_FULL, "full suite only");
    try (Meeting meeting = new Meeting(JAVA, FOLDER, PROBE)) {
      Line line = new Line(meeting.internet(), FULL_CONE);
      MeshPeer relay = meeting.relay();
      MeshPeer inside = meeting.join(line.host(), JAVA);

      line.router().unplug();

      long beganNs = System.nanoTime();
      Waits.until(
          "both miss the other",
          LIMIT,
          () -> !relay.isConnectedTo(inside.id()) && !inside.isConnectedTo(relay.id()));
      System.out.printf(
          "a TCP session swallowed by a router: missed by both after %.1f s%n",
          (System.nanoTime() - beganNs) / 1e9);
    }
  }

  private static NatCell cell(NatKind left, NatKind right) {
    return new NatCell(left, right, JAVA, JAVA, JAVA);
  }

  private static void play(NatCell cell, Mishap... mishaps) {
    play(cell, PROBE, mishaps);
  }

  /** All happens on the left and, if there is time, then on the right. */
  private static void play(NatCell cell, Duration probe, Mishap... mishaps) {
    try (Meeting meeting = new Meeting(cell.relay(), FOLDER, probe)) {
      Line one = new Line(meeting.internet(), cell.left());
      Line other = new Line(meeting.internet(), cell.right());
      MeshPeer left = meeting.join(one.host(), cell.starter());
      MeshPeer right = meeting.join(other.host(), cell.other());
      Conversation conversation = new Conversation(left, right);
      left.connectTo(right.id());
      conversation.settle(cell.expected(), cell.toString(), MEETING_LIMIT);
      for (Mishap mishap : mishaps) {
        mishap.strike(one, conversation);
        Duration limit = limit(probe, mishap, cell.other(), cell.right());
        recover(cell, "left, " + mishap, conversation, limit);
        if (IS_FULL) {
          mishap.strike(other, conversation);
          limit = limit(probe, mishap, cell.starter(), cell.left());
          recover(cell, "right, " + mishap, conversation, limit);
        }
      }
    }
  }

  /** For how long messages may not flow, by what has become of the other end's peer. */
  private static Duration limit(Duration probe, Mishap mishap, Driver otherEnd, NatKind otherNat) {
    Duration limit = probe.multipliedBy(2);
    boolean isLostToNative =
        mishap == Mishap.OTHER_ADDRESS_OUTSIDE && otherEnd == NATIVE && otherNat != FULL_CONE;
    return isLostToNative && limit.compareTo(LIMIT_OF_NATIVE) < 0 ? LIMIT_OF_NATIVE : limit;
  }

  private static void recover(
      NatCell cell, String mishap, Conversation conversation, Duration limit) {
    String what = cell + ", " + mishap;
    Duration flows = conversation.flows(what, limit);
    Duration settled = flows.plus(conversation.settle(cell.expected(), what, MEETING_LIMIT));
    System.out.printf(
        "%s: messages flow after %.1f s, %s after %.1f s%n",
        what, flows.toMillis() / 1e3, cell.expected(), settled.toMillis() / 1e3);
    assertEquals(List.of(), conversation.doubled(), what);
  }
}
