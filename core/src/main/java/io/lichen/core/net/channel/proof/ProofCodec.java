// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel.proof;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lichen.core.net.channel.proof.ProofMessage.Challenge;
import io.lichen.core.net.channel.proof.ProofMessage.Proof;
import io.lichen.core.net.channel.proof.ProofMessage.Request;
import io.lichen.core.net.channel.proof.ProofMessage.Verdict;
import io.lichen.core.net.wire.NetWireException;
import io.lichen.crypto.Ed25519;
import io.lichen.crypto.entity.EntityId;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Identity proof messages as octets, all lengths exact, and what is signed
 * (docs/wire/net-identity.md, "Identity proof"). Stateless.
 */
public final class ProofCodec {
  private static final byte[] LABEL = "net-identity-proof-v1".getBytes(US_ASCII);
  private static final int TRANSCRIPT_BYTES = 133;

  private static final int REQUEST = 0;
  private static final int CHALLENGE = 1;
  private static final int PROOF = 2;
  private static final int VERDICT = 3;

  private static final int REQUEST_BYTES = 9;
  private static final int CHALLENGE_BYTES = 73;
  private static final int PROOF_BYTES = 137;
  private static final int VERDICT_BYTES = 11;

  private ProofCodec() {}

  /** The message's octets. */
  public static byte[] encode(ProofMessage message) {
    return switch (message) {
      case Request request -> start(REQUEST, request.nonce(), REQUEST_BYTES).array();
      case Challenge challenge ->
          start(CHALLENGE, challenge.nonce(), CHALLENGE_BYTES)
              .put(challenge.verifier().bytes())
              .put(challenge.challenge())
              .array();
      case Proof proof ->
          start(PROOF, proof.nonce(), PROOF_BYTES)
              .put(proof.subject().bytes())
              .put(proof.challenge())
              .put(proof.signature())
              .array();
      case Verdict verdict ->
          start(VERDICT, verdict.nonce(), VERDICT_BYTES)
              .put((byte) (verdict.accepted() ? 1 : 0))
              .put((byte) verdict.reason().code())
              .array();
    };
  }

  private static ByteBuffer start(int type, long nonce, int bytes) {
    return littleEndian(bytes).put((byte) type).putLong(nonce);
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** What the subject signs: that it holds this session with this verifier, now. */
  public static byte[] transcript(
      EntityId verifier, EntityId subject, long sessionId, byte[] challenge) {
    return littleEndian(TRANSCRIPT_BYTES)
        .put(LABEL)
        .put(verifier.bytes())
        .put(subject.bytes())
        .putLong(subject.nodeId())
        .putLong(sessionId)
        .put(challenge)
        .array();
  }

  /**
   * Reads the readable octets to their end.
   *
   * @throws NetWireException if they are no message
   */
  public static ProofMessage decode(ByteBuf in) throws NetWireException {
    int bytes = in.readableBytes();
    if (bytes < REQUEST_BYTES) {
      throw new NetWireException("an identity proof message ends inside its nonce");
    }
    int type = in.readUnsignedByte();
    if (bytes != bytesOf(type)) {
      throw new NetWireException(
          "an identity proof message of type " + type + " does not have " + bytes + " octets");
    }
    long nonce = in.readLongLE();
    return switch (type) {
      case REQUEST -> new Request(nonce);
      case CHALLENGE -> new Challenge(nonce, entity(in), octets(in, ProofMessage.CHALLENGE_BYTES));
      case PROOF ->
          new Proof(
              nonce,
              entity(in),
              octets(in, ProofMessage.CHALLENGE_BYTES),
              octets(in, Ed25519.SIGNATURE_BYTES));
      default -> verdict(in, nonce);
    };
  }

  private static int bytesOf(int type) throws NetWireException {
    return switch (type) {
      case REQUEST -> REQUEST_BYTES;
      case CHALLENGE -> CHALLENGE_BYTES;
      case PROOF -> PROOF_BYTES;
      case VERDICT -> VERDICT_BYTES;
      default -> throw new NetWireException("identity proof type " + type + " is not 0 to 3");
    };
  }

  private static Verdict verdict(ByteBuf in, long nonce) throws NetWireException {
    int accepted = in.readUnsignedByte();
    ProofReason reason = ProofReason.ofCode(in.readUnsignedByte());
    if (accepted > 1 || reason == null) {
      throw new NetWireException("a verdict accepts with 0 or 1, and has a reason up to 6");
    }
    return new Verdict(nonce, accepted == 1, reason);
  }

  private static EntityId entity(ByteBuf in) {
    return EntityId.of(octets(in, EntityId.BYTES));
  }

  private static byte[] octets(ByteBuf in, int bytes) {
    byte[] octets = new byte[bytes];
    in.readBytes(octets);
    return octets;
  }
}
