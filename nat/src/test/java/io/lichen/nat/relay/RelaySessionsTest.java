// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Asking relays for a session, granting what others ask for, and telling messages apart. */
class RelaySessionsTest {
  private static final long S = 1_000_000_000L;

  private final List<String> log = new ArrayList<>();
  private int drawn;
  private final RelaySessions<String> sessions =
      new RelaySessions<>(
          new RelayEndLimits(6, 4, 2, 3, 5),
          () -> "n" + ++drawn,
          new RelayEndOutput<>() {
            @Override
            public void request(RelaySession<String> session) {
              log.add("ask " + session.via() + " " + session.name());
            }

            @Override
            public void abandoned(RelaySession<String> session) {
              log.add("drop " + session.name());
            }

            @Override
            public void failed(String target) {
              log.add("failed " + target);
            }
          });

  @Test
  void shouldOpenASessionThatItsTargetAccepts() {
    assertTrue(sessions.begin("b", List.of("r"), S, 0));
    assertTrue(sessions.awaits("r", "b", "n1"));
    RelaySession<String> opened = sessions.accepted("r", "b", "n1").orElseThrow();
    assertEquals(new RelaySession<>("n1", "r", "b", true), opened);
    assertEquals(Optional.of(opened), sessions.find("r", "b", "n1"));
    assertEquals(Long.MAX_VALUE, sessions.nextDeadlineNs());
    assertEquals(List.of("ask r n1"), log);
  }

  @Test
  void shouldTakeNoAnswerButTheOneItWaitsFor() {
    sessions.begin("b", List.of("r"), S, 0);
    assertFalse(sessions.awaits("other", "b", "n1"));
    assertFalse(sessions.awaits("r", "other", "n1"));
    assertFalse(sessions.awaits("r", "b", "n2"));
    assertEquals(Optional.empty(), sessions.accepted("other", "b", "n1"));
    assertTrue(sessions.isAskingFor("b"));
  }

  @Test
  void shouldTryOneRelayAfterTheOtherAndFailInTheEnd() {
    sessions.begin("b", List.of("q", "r"), S, 0);
    assertEquals(S / 2, sessions.nextDeadlineNs());
    sessions.onTimer(S / 2);
    assertFalse(sessions.awaits("q", "b", "n1"), "too late");
    sessions.onTimer(S);
    assertEquals(List.of("ask q n1", "drop n1", "ask r n2", "drop n2", "failed b"), log);
    assertEquals(Long.MAX_VALUE, sessions.nextDeadlineNs());
  }

  @Test
  void shouldGiveEachCandidateThreeTenthsOfASecondAndStopInTime() {
    sessions.begin("b", List.of("p", "q", "r"), S / 2, 0);
    sessions.onTimer(RelaySessions.LEAST_WAIT_NS);
    assertEquals(S / 2, sessions.nextDeadlineNs());
    sessions.onTimer(S / 2);
    assertEquals(List.of("ask p n1", "drop n1", "ask q n2", "drop n2", "failed b"), log);
  }

  @Test
  void shouldGoOnAtOnceWhenTheRelayThatWasAskedLeaves() {
    sessions.begin("b", List.of("q", "r"), S, 0);
    sessions.left("q", 1);
    assertEquals(List.of("ask q n1", "drop n1", "ask r n2"), log);
  }

  @Test
  void shouldAskForATargetOnceAtATime() {
    assertTrue(sessions.begin("b", List.of("r"), S, 0));
    assertTrue(sessions.begin("b", List.of("r"), S, 0));
    assertEquals(1, log.size());
    assertFalse(sessions.begin("c", List.of(), S, 0), "nobody to ask");
    sessions.begin("c", List.of("r"), S, 0);
    sessions.begin("d", List.of("r"), S, 0);
    assertFalse(sessions.begin("e", List.of("r"), S, 0), "too many under way");
  }

  @Test
  void shouldGrantARequestAndItsRepetition() {
    RelaySession<String> granted = sessions.requested("r", "a", "x").orElseThrow();
    assertFalse(granted.initiator());
    assertEquals(Optional.of(granted), sessions.requested("r", "a", "x"));
    assertEquals(1, sessions.all().size());
    assertEquals(Optional.empty(), sessions.requested("r", "b", "x"), "the name is taken");
    assertEquals(Optional.empty(), sessions.requested("q", "a", "x"), "through another relay");
    assertEquals(Optional.empty(), sessions.requested("r", "r", "y"), "a relay for itself");
  }

  @Test
  void shouldNotOpenASessionOfThePastAgain() {
    RelaySession<String> session = sessions.requested("r", "a", "x").orElseThrow();
    sessions.end(session);
    assertFalse(sessions.mayGrant("r", "a", "x"), "a replayed request");
    assertEquals(Optional.empty(), sessions.find("r", "a", "x"));
    assertTrue(sessions.mayGrant("r", "a", "y"));
  }

  @Test
  void shouldBoundWhatOthersAskFor() {
    for (int i = 0; i < 4; i++) {
      assertTrue(sessions.requested("r", "a" + i, "x" + i).isPresent());
    }
    assertFalse(sessions.mayGrant("r", "b", "y"), "through one relay");
    assertTrue(sessions.requested("q", "b", "y").isPresent());
    assertTrue(sessions.requested("q", "c", "z").isPresent());
    assertFalse(sessions.mayGrant("q", "d", "w"), "in all");
    assertFalse(sessions.begin("d", List.of("q"), S, 0), "in all");
  }

  @Test
  void shouldReplaceTheOldestSessionOfAPeerThatOpensMany() {
    sessions.requested("r", "a", "x");
    sessions.requested("q", "a", "y");
    sessions.requested("r", "a", "z");
    assertEquals(List.of("drop x"), log);
    assertEquals(2, sessions.all().size());
    assertEquals(Optional.empty(), sessions.find("r", "a", "x"));
  }

  @Test
  void shouldEndWhatWentThroughARelayThatLeaves() {
    sessions.requested("r", "a", "x");
    sessions.requested("q", "b", "y");
    assertEquals(List.of(new RelaySession<>("x", "r", "a", false)), sessions.left("r", 0));
    assertEquals(1, sessions.all().size());
    assertEquals(Map.of("q", 1), sessions.load());
  }
}
