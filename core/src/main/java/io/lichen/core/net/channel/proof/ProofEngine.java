// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel.proof;

import io.lichen.core.net.channel.proof.ProofMessage.Challenge;
import io.lichen.core.net.channel.proof.ProofMessage.Proof;
import io.lichen.core.net.channel.proof.ProofMessage.Request;
import io.lichen.core.net.channel.proof.ProofMessage.Verdict;
import io.lichen.core.net.wire.NetWireException;
import io.netty.buffer.ByteBuf;

/** Reads what comes in under subprotocol 0x0A01 and gives it to the side it is for. */
public final class ProofEngine {
  private final IdentityProver prover;
  private final IdentityVerifier verifier;
  private long undecodable;

  /** Joins the two sides of one node. */
  public ProofEngine(IdentityProver prover, IdentityVerifier verifier) {
    this.prover = prover;
    this.verifier = verifier;
  }

  /**
   * An event came in from a peer. What cannot be read is counted and not answered.
   *
   * @param sessionId the session it came in
   * @param event read to its end; stays the caller's
   */
  public void onEvent(long nodeId, long sessionId, ByteBuf event, long nowNs) {
    try {
      switch (ProofCodec.decode(event)) {
        case Request request -> verifier.onRequest(nodeId, sessionId, request, nowNs);
        case Challenge challenge -> prover.onChallenge(nodeId, challenge, nowNs);
        case Proof proof -> verifier.onProof(nodeId, sessionId, proof, nowNs);
        case Verdict verdict -> prover.onVerdict(nodeId, verdict, nowNs);
      }
    } catch (NetWireException e) {
      undecodable++;
    }
  }

  /** The peer failed, or its session ended or was replaced. */
  public void onPeerGone(long nodeId, long nowNs) {
    prover.onPeerGone(nodeId, nowNs);
    verifier.onPeerGone(nodeId);
  }

  /** Events that were no identity proof message. */
  public long undecodable() {
    return undecodable;
  }
}
