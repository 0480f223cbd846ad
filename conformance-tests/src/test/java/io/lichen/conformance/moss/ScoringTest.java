// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.lichen.conformance.child.Waits;
import io.lichen.conformance.matrix.Scenario;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the application says of a peer counts (docs/wire/moss-gossip.md, "Scores"). Both sides judge
 * in turn; the one that is judged thinks well of the judge all the while.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lichen.conformance.moss.Cell#symmetricOfEraC")
class ScoringTest extends PairScenario {
  /** Below the gossip threshold: gets nothing, and is heard. */
  private static final double SILENT = -50;

  /** Below the graylist threshold: neither gets anything nor is heard. */
  private static final double GRAYLISTED = -200;

  private static final double FORGIVEN = 5;

  /** A judge whose function is asked at each heartbeat knows by then. */
  private static final Duration LIMIT = Duration.ofSeconds(8);

  /** Longer than a message takes on a busy machine. */
  private static final Duration SILENCE = Duration.ofSeconds(1);

  private final AtomicInteger probe = new AtomicInteger();

  @AfterEach
  void endPeers() {
    endAll();
  }

  @Test
  @Scenario("scoring callback: no messages below −10, no hearing below −100, and back")
  void shouldTreatAPeerAsTheApplicationSays() {
    assumeRunnable();
    MeshPeer listener = peers.start(listener());
    MeshPeer dialer = peers.start(dialer());
    Talk.connect(cell(), dialer, listener, listener.address());
    Talk.bothWays(dialer, listener);
    judge(dialer, listener);
    judge(listener, dialer);
  }

  private void judge(MeshPeer judge, MeshPeer other) {
    judge.score(other.id(), SILENT);
    Waits.until("a low score silences the judge", LIMIT, () -> !reaches(judge, other));
    Talk.oneWay(other, judge, Talk.LIMIT);

    judge.score(other.id(), GRAYLISTED);
    Waits.until("a lower one deafens it", LIMIT, () -> !reaches(other, judge));
    assertFalse(reaches(judge, other), "who is graylisted was sent a message");

    judge.score(other.id(), FORGIVEN);
    Talk.bothWays(judge, other);
  }

  /** Publishes once; whether it arrives. */
  private boolean reaches(MeshPeer from, MeshPeer to) {
    String text = "reaches " + probe.incrementAndGet() + " of " + from.id();
    from.publish(Talk.CHANNEL, text.getBytes(UTF_8));
    return Waits.holdsWithin(
        SILENCE,
        () -> to.messages().stream().anyMatch(m -> new String(m.data(), UTF_8).equals(text)));
  }
}
