// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel.proof;

import io.lichen.crypto.entity.EntityId;

/**
 * A message of subprotocol 0x0A01, one event each (docs/wire/net-identity.md, "Identity proof").
 * Immutable; arrays are not to be changed.
 */
public sealed interface ProofMessage {
  /** The subprotocol's id, and its stream's. */
  int SUBPROTOCOL = 0x0A01;

  /** Length of a challenge in octets. */
  int CHALLENGE_BYTES = 32;

  /** The number by which a message and its answer find each other. */
  long nonce();

  /**
   * The prover asks for a challenge.
   *
   * @param nonce chosen by the prover
   */
  record Request(long nonce) implements ProofMessage {}

  /**
   * The verifier's challenge.
   *
   * @param nonce the request's
   * @param verifier who asks for the proof
   * @param challenge 32 random octets, good once
   */
  record Challenge(long nonce, EntityId verifier, byte[] challenge) implements ProofMessage {}

  /**
   * The prover's proof.
   *
   * @param nonce chosen by the prover
   * @param subject who it claims to be
   * @param challenge the challenge it answers
   * @param signature 64 octets, over {@link ProofCodec#transcript}
   */
  record Proof(long nonce, EntityId subject, byte[] challenge, byte[] signature)
      implements ProofMessage {}

  /**
   * The verifier's judgement.
   *
   * @param nonce the proof's, or the request's if there is no challenge to be had
   * @param accepted whether the peer is now known as the subject
   * @param reason why not
   */
  record Verdict(long nonce, boolean accepted, ProofReason reason) implements ProofMessage {}
}
