// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel.proof;

import static io.lichen.core.net.channel.proof.ProofTalk.PROVER;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.net.channel.AttemptThrottle;
import io.lichen.core.net.channel.Rig;
import io.lichen.core.net.channel.proof.ProofMessage.Challenge;
import io.lichen.core.net.channel.proof.ProofMessage.Proof;
import io.lichen.core.net.channel.proof.ProofMessage.Request;
import io.lichen.core.net.channel.proof.ProofMessage.Verdict;
import io.lichen.core.net.wire.NetWireException;
import io.lichen.crypto.entity.EntityKeyPair;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What a verifier says to proofs of all kinds. */
class IdentityVerifierTest {
  private static final long SESSION = 77;

  private final ProofTalk talk = new ProofTalk();
  private long nonce;

  @Test
  void shouldAcceptAProofOnce() throws NetWireException {
    Proof proof = proof(Rig.SUBSCRIBER, challenge());
    assertEquals(ProofReason.NONE, judge(proof));
    assertEquals(ProofReason.NO_CHALLENGE, judge(proof));
    assertEquals(1, talk.verifier.accepted());
  }

  @Test
  void shouldSpendTheChallengeOnABadProofToo() throws NetWireException {
    byte[] challenge = challenge();
    Proof right = proof(Rig.SUBSCRIBER, challenge);
    byte[] signature = right.signature().clone();
    signature[5] ^= 1;
    assertEquals(
        ProofReason.BAD_SIGNATURE, judge(new Proof(1, right.subject(), challenge, signature)));
    assertEquals(ProofReason.NO_CHALLENGE, judge(right));
    assertFalse(talk.pins.containsKey(PROVER));
  }

  @Test
  void shouldRefuseTheProofOfAnotherEntity() throws NetWireException {
    assertEquals(ProofReason.SUBJECT_MISMATCH, judge(proof(Rig.ROOT, challenge())));
  }

  @Test
  void shouldRefuseProofsForAnotherSessionOrVerifier() throws NetWireException {
    byte[] challenge = challenge();
    Proof proof = proof(Rig.SUBSCRIBER, challenge);
    assertEquals(ProofReason.WRONG_SESSION, judge(proof, SESSION + 1));
    byte[] again = challenge();
    byte[] elsewhere = ProofCodec.transcript(Rig.ROOT.id(), Rig.SUBSCRIBER.id(), SESSION, again);
    Proof relayed = new Proof(9, Rig.SUBSCRIBER.id(), again, Rig.SUBSCRIBER.sign(elsewhere));
    assertEquals(ProofReason.BAD_SIGNATURE, judge(relayed));
  }

  @Test
  void shouldNeverReplaceAPin() throws NetWireException {
    talk.pins.put(PROVER, Rig.ROOT.id());
    assertEquals(ProofReason.PIN_CONFLICT, judge(proof(Rig.SUBSCRIBER, challenge())));
    assertEquals(Rig.ROOT.id(), talk.pins.get(PROVER));
  }

  @Test
  void shouldForgetAChallengeAfterThirtySeconds() throws NetWireException {
    Proof late = proof(Rig.SUBSCRIBER, challenge());
    talk.nowNs += 30 * Rig.SECOND;
    assertEquals(ProofReason.NO_CHALLENGE, judge(late));
    Proof inTime = proof(Rig.SUBSCRIBER, challenge());
    talk.nowNs += 30 * Rig.SECOND - 1;
    assertEquals(ProofReason.NONE, judge(inTime));
  }

  @Test
  void shouldKeepTheFourNewestChallengesOfAPeer() throws NetWireException {
    byte[] first = challenge();
    byte[] second = challenge();
    challenge();
    challenge();
    challenge();
    assertEquals(ProofReason.NO_CHALLENGE, judge(proof(Rig.SUBSCRIBER, first)));
    assertEquals(ProofReason.NONE, judge(proof(Rig.SUBSCRIBER, second)));
  }

  @Test
  void shouldGiveCopiesOfARequestTheSameChallenge() throws NetWireException {
    byte[] first = challenge();
    nonce--;
    assertArrayEquals(first, challenge());
    talk.verifier.onRequest(PROVER, SESSION + 1, new Request(nonce), talk.nowNs);
    Challenge inAnotherSession = assertInstanceOf(Challenge.class, talk.lastAnswer());
    assertFalse(Arrays.equals(first, inAnotherSession.challenge()));
    assertFalse(Arrays.equals(first, challenge()));
  }

  @Test
  void shouldBeBusyBeyondItsRoomUntilChallengesAreOver() throws NetWireException {
    for (long peer = 1; peer <= ChallengeTable.MAX_PEERS; peer++) {
      talk.verifier.onRequest(peer, SESSION, new Request(1), talk.nowNs);
    }
    talk.verifier.onRequest(PROVER, SESSION, new Request(5), talk.nowNs);
    assertEquals(new Verdict(5, false, ProofReason.BUSY), talk.lastAnswer());
    talk.nowNs += 30 * Rig.SECOND;
    talk.verifier.onRequest(PROVER, SESSION, new Request(5), talk.nowNs);
    assertInstanceOf(Challenge.class, talk.lastAnswer());
    assertFalse(talk.verifier.knowsProofs(1), "the oldest gave way");
  }

  /** Only lies count, not bad luck. */
  @Test
  void shouldThrottleForgersAlone() throws NetWireException {
    for (int attempt = 0; attempt < 100; attempt++) {
      judge(proof(Rig.SUBSCRIBER, new byte[32]));
    }
    assertFalse(talk.rig.throttle.isThrottled(PROVER, talk.nowNs));
    for (int attempt = 0; attempt < AttemptThrottle.MAX_FAILURES; attempt++) {
      judge(proof(Rig.ROOT, challenge()));
    }
    assertTrue(talk.rig.throttle.isThrottled(PROVER, talk.nowNs));
    talk.verifier.onRequest(PROVER, SESSION, new Request(5), talk.nowNs);
    assertEquals(new Verdict(5, false, ProofReason.BUSY), talk.lastAnswer());
  }

  @Test
  void shouldCheckSignaturesOffTheLoopAndCopiesNotAtAll() throws NetWireException {
    Proof proof = proof(Rig.SUBSCRIBER, challenge());
    talk.rig.delayedRoom = 1;
    int answers = talk.toProver.size();
    talk.verifier.onProof(PROVER, SESSION, proof, talk.nowNs);
    talk.verifier.onProof(PROVER, SESSION, proof, talk.nowNs);
    assertEquals(answers, talk.toProver.size());
    assertEquals(ProofReason.BUSY, judge(proof(Rig.SUBSCRIBER, challenge())));
    talk.rig.delayed.removeFirst().run();
    assertEquals(new Verdict(proof.nonce(), true, ProofReason.NONE), talk.lastAnswer());
  }

  @Test
  void shouldDropWhatIsJudgedAfterThePeerIsGone() throws NetWireException {
    Proof proof = proof(Rig.SUBSCRIBER, challenge());
    talk.rig.delayedRoom = 1;
    talk.verifier.onProof(PROVER, SESSION, proof, talk.nowNs);
    talk.verifier.onPeerGone(PROVER);
    talk.rig.delayed.removeFirst().run();
    assertFalse(talk.pins.containsKey(PROVER));
  }

  @Test
  void shouldCountWhatIsNoMessageAndNotAnswer() {
    talk.engine.onEvent(PROVER, SESSION, Unpooled.wrappedBuffer(new byte[8]), talk.nowNs);
    assertEquals(1, talk.engine.undecodable());
    assertEquals(0, talk.toProver.size());
  }

  private byte[] challenge() throws NetWireException {
    nonce++;
    talk.verifier.onRequest(PROVER, SESSION, new Request(nonce), talk.nowNs);
    return assertInstanceOf(Challenge.class, talk.lastAnswer()).challenge();
  }

  private Proof proof(EntityKeyPair keys, byte[] challenge) {
    byte[] transcript = ProofCodec.transcript(Rig.PUBLISHER.id(), keys.id(), SESSION, challenge);
    nonce++;
    return new Proof(1000 + nonce, keys.id(), challenge, keys.sign(transcript));
  }

  private ProofReason judge(Proof proof) throws NetWireException {
    return judge(proof, SESSION);
  }

  private ProofReason judge(Proof proof, long sessionId) throws NetWireException {
    talk.verifier.onProof(PROVER, sessionId, proof, talk.nowNs);
    Verdict verdict = assertInstanceOf(Verdict.class, talk.lastAnswer());
    assertEquals(proof.nonce(), verdict.nonce());
    assertEquals(verdict.reason() == ProofReason.NONE, verdict.accepted());
    return verdict.reason();
  }
}
