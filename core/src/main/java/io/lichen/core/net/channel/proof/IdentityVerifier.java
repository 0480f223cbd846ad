// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel.proof;

import io.lichen.core.net.channel.AttemptThrottle;
import io.lichen.core.net.channel.PeerSender;
import io.lichen.core.net.channel.proof.ProofMessage.Challenge;
import io.lichen.core.net.channel.proof.ProofMessage.Proof;
import io.lichen.core.net.channel.proof.ProofMessage.Request;
import io.lichen.core.net.channel.proof.ProofMessage.Verdict;
import io.lichen.core.work.Offload;
import io.lichen.crypto.entity.EntityId;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Challenges peers and judges their proofs (docs/wire/net-identity.md, "Identity proof"). Belongs
 * to the node's loop; signatures are checked off it.
 */
public final class IdentityVerifier {
  /** Most peers that are remembered to know identity proofs; the oldest gives way. */
  public static final int MAX_KNOWN = 4096;

  private final EntityId self;
  private final RandomGenerator random;
  private final IdentityPins pins;
  private final AttemptThrottle throttle;
  private final Offload offload;
  private final PeerSender out;
  private final ChallengeTable challenges = new ChallengeTable();
  private final Set<Long> provers = new LinkedHashSet<>();
  private final Set<InWork> inWork = new HashSet<>();

  private long accepted;
  private long refused;

  private record InWork(long nodeId, long nonce) {}

  /** Judges for this entity; challenges are drawn from the source, which must be secure. */
  public IdentityVerifier(
      EntityId self,
      RandomGenerator random,
      IdentityPins pins,
      AttemptThrottle throttle,
      Offload offload,
      PeerSender out) {
    this.self = self;
    this.random = random;
    this.pins = pins;
    this.throttle = throttle;
    this.offload = offload;
    this.out = out;
  }

  /** Whether the peer ever asked for a challenge. */
  public boolean knowsProofs(long nodeId) {
    return provers.contains(nodeId);
  }

  /** A peer asks for a challenge; copies of one request get the same. */
  public void onRequest(long nodeId, long sessionId, Request request, long nowNs) {
    remember(nodeId);
    ChallengeTable.Given given = challenges.ofRequest(nodeId, request.nonce(), sessionId, nowNs);
    if (given == null) {
      byte[] fresh = new byte[ProofMessage.CHALLENGE_BYTES];
      random.nextBytes(fresh);
      given = new ChallengeTable.Given(request.nonce(), sessionId, fresh, nowNs);
      if (throttle.isThrottled(nodeId, nowNs) || !challenges.add(nodeId, given)) {
        judge(nodeId, request.nonce(), ProofReason.BUSY, nowNs);
        return;
      }
    }
    send(nodeId, new Challenge(request.nonce(), self, given.challenge()));
  }

  private void remember(long nodeId) {
    if (provers.add(nodeId) && provers.size() > MAX_KNOWN) {
      provers.remove(provers.iterator().next());
    }
  }

  /** A peer answers a challenge, which is used up by that whatever the answer is worth. */
  public void onProof(long nodeId, long sessionId, Proof proof, long nowNs) {
    InWork copy = new InWork(nodeId, proof.nonce());
    if (inWork.contains(copy)) {
      return;
    }
    ChallengeTable.Given given = challenges.take(nodeId, proof.challenge(), nowNs);
    if (given == null) {
      judge(nodeId, proof.nonce(), ProofReason.NO_CHALLENGE, nowNs);
    } else if (given.sessionId() != sessionId) {
      judge(nodeId, proof.nonce(), ProofReason.WRONG_SESSION, nowNs);
    } else if (proof.subject().nodeId() != nodeId) {
      judge(nodeId, proof.nonce(), ProofReason.SUBJECT_MISMATCH, nowNs);
    } else {
      checkSignature(copy, sessionId, proof, nowNs);
    }
  }

  private void checkSignature(InWork work, long sessionId, Proof proof, long nowNs) {
    byte[] transcript = ProofCodec.transcript(self, proof.subject(), sessionId, proof.challenge());
    inWork.add(work);
    boolean taken =
        offload.submit(
            () -> proof.subject().verify(transcript, proof.signature()),
            signed -> onSignature(work, sessionId, proof, signed, nowNs));
    if (!taken) {
      inWork.remove(work);
      judge(work.nodeId(), proof.nonce(), ProofReason.BUSY, nowNs);
    }
  }

  private void onSignature(InWork work, long sessionId, Proof proof, boolean signed, long nowNs) {
    if (!inWork.remove(work)) {
      return;
    }
    ProofReason reason = ProofReason.BAD_SIGNATURE;
    if (signed) {
      boolean pinned = pins.pin(work.nodeId(), sessionId, proof.subject());
      reason = pinned ? ProofReason.NONE : ProofReason.PIN_CONFLICT;
    }
    judge(work.nodeId(), proof.nonce(), reason, nowNs);
  }

  private void judge(long nodeId, long nonce, ProofReason reason, long nowNs) {
    boolean good = reason == ProofReason.NONE;
    accepted += good ? 1 : 0;
    refused += good ? 0 : 1;
    if (reason.isForgery()) {
      throttle.onFailure(nodeId, nowNs);
    }
    send(nodeId, new Verdict(nonce, good, reason));
  }

  private void send(long nodeId, ProofMessage message) {
    out.send(nodeId, ProofCodec.encode(message));
  }

  /** The peer failed, or its session ended. */
  public void onPeerGone(long nodeId) {
    challenges.removePeer(nodeId);
    inWork.removeIf(work -> work.nodeId() == nodeId);
  }

  /** Proofs accepted. */
  public long accepted() {
    return accepted;
  }

  /** Requests and proofs refused. */
  public long refused() {
    return refused;
  }
}
