// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.net;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.net.Longs.u64;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.MixedCheck;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.core.net.channel.proof.ProofCodec;
import io.lichen.core.net.channel.proof.ProofMessage;
import io.lichen.core.net.channel.proof.ProofMessage.Challenge;
import io.lichen.core.net.channel.proof.ProofMessage.Proof;
import io.lichen.core.net.channel.proof.ProofMessage.Request;
import io.lichen.core.net.channel.proof.ProofMessage.Verdict;
import io.lichen.core.net.channel.proof.ProofReason;
import io.lichen.core.net.wire.NetWireException;
import io.lichen.crypto.entity.EntityId;
import io.lichen.crypto.entity.EntityKeyPair;
import io.netty.buffer.Unpooled;

/** Proofs of identity within a session. */
final class ProofChecks {
  private ProofChecks() {}

  static VectorCheck proof() {
    return new MixedCheck(
        ProofChecks::proof,
        "challenge_bytes",
        "proof_bytes",
        "request_bytes",
        "signature",
        "subject",
        "subject_node_id",
        "transcript",
        "verdict_accept_bytes",
        "verdict_pin_conflict_bytes",
        "verifier");
  }

  static VectorCheck decode() {
    return new MixedCheck(ProofChecks::decode, "decodes");
  }

  private static ObjectNode proof(JsonNode vector) {
    EntityKeyPair subject = EntityKeyPair.ofSeed(hex(vector, "subject_seed"));
    EntityId verifier = EntityKeyPair.ofSeed(hex(vector, "verifier_seed")).id();
    long nonce = u64(vector, "nonce");
    byte[] challenge = hex(vector, "challenge");
    byte[] transcript =
        ProofCodec.transcript(verifier, subject.id(), u64(vector, "session_id"), challenge);
    byte[] signature = subject.sign(transcript);
    return object()
        .put("challenge_bytes", encoded(new Challenge(nonce, verifier, challenge)))
        .put("proof_bytes", encoded(new Proof(nonce, subject.id(), challenge, signature)))
        .put("request_bytes", encoded(new Request(nonce)))
        .put("signature", hex(signature))
        .put("subject", subject.id().hex())
        .put("subject_node_id", u64(subject.id().nodeId()))
        .put("transcript", hex(transcript))
        .put("verdict_accept_bytes", encoded(new Verdict(nonce, true, ProofReason.NONE)))
        .put(
            "verdict_pin_conflict_bytes",
            encoded(new Verdict(nonce, false, ProofReason.PIN_CONFLICT)))
        .put("verifier", verifier.hex());
  }

  /** What is accepted has to come out again as it was. */
  private static ObjectNode decode(JsonNode vector) {
    byte[] bytes = hex(vector, "bytes");
    try {
      ProofMessage message = ProofCodec.decode(Unpooled.wrappedBuffer(bytes));
      return object().put("decodes", encoded(message).equals(hex(bytes)));
    } catch (NetWireException e) {
      return object().put("decodes", false);
    }
  }

  private static String encoded(ProofMessage message) {
    return hex(ProofCodec.encode(message));
  }
}
