// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel.proof;

import static io.lichen.core.net.channel.proof.ProofTalk.PROVER;
import static io.lichen.core.net.channel.proof.ProofTalk.VERIFIER;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.net.channel.Rig;
import io.lichen.core.net.channel.SessionIds;
import io.lichen.core.net.channel.proof.ProofMessage.Challenge;
import io.lichen.core.net.channel.proof.ProofMessage.Verdict;
import io.lichen.core.net.wire.NetWireException;
import org.junit.jupiter.api.Test;

class IdentityProverTest {
  private final ProofTalk talk = new ProofTalk();

  @Test
  void shouldBeKnownAfterAProof() {
    talk.prove(false);
    talk.deliverAll();
    assertEquals(1, talk.done);
    assertEquals(1, talk.prover.proved());
    assertEquals(1, talk.verifier.accepted());
    assertEquals(Rig.SUBSCRIBER.id(), talk.pins.get(PROVER));
    assertTrue(talk.verifier.knowsProofs(PROVER));
    assertEquals(IdentityProver.NEVER, talk.prover.nextDeadlineNs());
  }

  @Test
  void shouldProveOnceForASessionUnlessAskedAgain() {
    talk.prove(false);
    talk.deliverAll();
    talk.prove(false);
    assertEquals(2, talk.done, "at once");
    assertEquals(0, talk.toVerifier.size());
    talk.prove(true);
    talk.deliverAll();
    assertEquals(2, talk.prover.proved());
    talk.sessionId = 78;
    talk.prove(false);
    talk.deliverAll();
    assertEquals(3, talk.prover.proved());
  }

  @Test
  void shouldServeAllWhoWaitByOneProof() {
    talk.prove(false);
    talk.prove(false);
    talk.prove(true);
    assertEquals(1, talk.toVerifier.size());
    talk.deliverAll();
    assertEquals(3, talk.done);
    assertEquals(1, talk.prover.proved());
  }

  /** As every native below 0.40. */
  @Test
  void shouldGoOnAfterHalfASecondWithoutAnswer() {
    talk.prove(false);
    long sleptNs = talk.sleep() + talk.sleep();
    assertEquals(3, talk.toVerifier.size());
    assertArrayEquals(talk.toVerifier.get(0), talk.toVerifier.get(2));
    assertEquals(0, talk.done);
    sleptNs += talk.sleep();
    assertEquals(Rig.SECOND / 2, sleptNs);
    assertEquals(1, talk.done);
    assertEquals(1, talk.prover.unanswered());
    talk.prove(false);
    assertEquals(2, talk.done, "it is not tried again in this session");
  }

  @Test
  void shouldSucceedWithMostPacketsLost() {
    talk.prove(false);
    talk.toVerifier.clear();
    talk.sleep();
    talk.deliverToVerifier();
    talk.toProver.clear();
    talk.sleep();
    talk.deliverToVerifier();
    talk.deliverToProver();
    talk.toVerifier.clear();
    talk.sleep();
    talk.deliverAll();
    assertEquals(1, talk.prover.proved());
  }

  /** The verifier answers a copy of a used proof with "no challenge". */
  @Test
  void shouldStartOverWhenTheVerdictWasLost() {
    talk.prove(false);
    talk.deliverToVerifier();
    talk.deliverToProver();
    talk.deliverToVerifier();
    talk.toProver.clear();
    talk.sleep();
    talk.deliverAll();
    assertEquals(1, talk.done);
    assertEquals(1, talk.prover.proved());
    assertEquals(2, talk.verifier.accepted());
  }

  @Test
  void shouldNeedTwoSecondsAtMost() {
    talk.prove(false);
    long startNs = talk.nowNs;
    while (talk.done == 0) {
      talk.deliverToVerifier();
      talk.toProver.removeIf(event -> event[0] == 3);
      talk.deliverToProver();
      talk.sleep();
    }
    assertTrue(talk.nowNs - startNs <= 2 * Rig.SECOND, talk.nowNs - startNs + " ns");
    assertEquals(1, talk.prover.unanswered());
  }

  @Test
  void shouldSignOnlyForWhomItAsked() throws NetWireException {
    talk.prove(false);
    talk.deliverToVerifier();
    Challenge right = (Challenge) talk.lastAnswer();
    Challenge stray = new Challenge(right.nonce() + 1, right.verifier(), right.challenge());
    Challenge borrowed = new Challenge(right.nonce(), Rig.ROOT.id(), right.challenge());
    talk.prover.onChallenge(VERIFIER, stray, talk.nowNs);
    talk.prover.onChallenge(VERIFIER, borrowed, talk.nowNs);
    talk.prover.onChallenge(PROVER, right, talk.nowNs);
    assertEquals(0, talk.toVerifier.size());
    talk.prover.onChallenge(VERIFIER, right, talk.nowNs);
    assertEquals(1, talk.toVerifier.size());
  }

  @Test
  void shouldTakeARefusalForAnAnswer() {
    talk.pins.put(PROVER, Rig.ROOT.id());
    talk.prove(false);
    talk.deliverAll();
    assertEquals(1, talk.done);
    assertEquals(1, talk.prover.refused());
    assertEquals(Rig.ROOT.id(), talk.pins.get(PROVER));
  }

  @Test
  void shouldIgnoreVerdictsThatNobodyWaitsFor() {
    talk.prover.onVerdict(VERIFIER, new Verdict(1, true, ProofReason.NONE), talk.nowNs);
    talk.prove(false);
    talk.prover.onVerdict(VERIFIER, new Verdict(1, true, ProofReason.NONE), talk.nowNs);
    assertEquals(0, talk.done);
    assertEquals(0, talk.prover.proved());
  }

  @Test
  void shouldNotHangWithoutASessionOrWithoutRoomToSign() {
    talk.sessionId = SessionIds.NONE;
    talk.prove(false);
    assertEquals(1, talk.done);
    talk.sessionId = 5;
    talk.prove(false);
    talk.deliverToVerifier();
    talk.rig.delayedRoom = 1;
    talk.rig.delayed.add(() -> {});
    talk.deliverToProver();
    assertEquals(2, talk.done);
    assertEquals(1, talk.prover.unanswered());
  }

  @Test
  void shouldReleaseWhoWaitsWhenTheSessionEnds() {
    talk.prove(false);
    talk.engine.onPeerGone(VERIFIER, talk.nowNs);
    assertEquals(1, talk.done);
    assertEquals(IdentityProver.NEVER, talk.prover.nextDeadlineNs());
  }

  @Test
  void shouldReleaseWhoWaitsWhenTheSessionIsReplaced() {
    talk.prove(false);
    talk.sessionId++;
    talk.prove(false);
    assertEquals(1, talk.done);
    talk.toVerifier.removeFirst();
    talk.deliverAll();
    assertEquals(2, talk.done);
    assertEquals(1, talk.prover.proved());
  }

  @Test
  void shouldForgetWhatWasProvedToAPeerThatIsGone() {
    talk.prove(false);
    talk.deliverAll();
    talk.engine.onPeerGone(VERIFIER, talk.nowNs);
    talk.prove(false);
    talk.deliverAll();
    assertEquals(2, talk.prover.proved());
  }

  /** The leg is over by then, and another challenge asked for. */
  @Test
  void shouldNotSendAProofThatWasSignedTooLate() {
    talk.prove(false);
    talk.deliverToVerifier();
    talk.rig.delayedRoom = 1;
    talk.deliverToProver();
    talk.sleep();
    assertEquals(1, talk.toVerifier.size());
    talk.rig.delayed.removeFirst().run();
    assertEquals(1, talk.toVerifier.size());
    assertEquals(0, talk.toVerifier.getFirst()[0], "a request");
  }
}
